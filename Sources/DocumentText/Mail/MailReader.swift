/// Reads a message (.eml) with its attachments, or a web page that a browser or Word saved as one file (.mht).
///
/// The subject is the title, and the sender and the date are a paragraph. The text follows, as HTML where the message
/// has both, and each attachment of a supported format, under a heading with its name.
struct MailReader: Sendable {
    /// The limits of reading.
    let limits: ExtractionLimits
    /// The number of files that the message is nested in.
    let depth: Int
    /// Reads an attachment, whose name decides the format.
    let readAttachment:
        @Sendable (_ content: [UInt8], _ filename: String) async throws(ExtractionError) ->
            ExtractedDocument

    /// The maximum depth of nested messages and attachments.
    private static let maximumDepth = 3
    /// The maximum number of attachments that are read.
    private static let maximumAttachments = 50
    /// The maximum number of parts of a part.
    private static let maximumParts = 200
    /// The maximum depth of nested parts.
    private static let maximumPartDepth = 10

    /// The document of a message.
    ///
    /// - Throws: `ExtractionError` if the bytes are not a message, or its text exceeds the limits.
    func document(from bytes: [UInt8]) async throws(ExtractionError) -> ExtractedDocument {
        let message = MailPart(bytes[...])
        guard message.fields.contains(where: { Self.fieldsOfMessages.contains($0.name) }) else {
            throw .invalid("The file is not a message: it has none of the header fields of one.")
        }
        var document = DocumentBuilder(limits: limits)
        try head(of: message, into: &document)
        var found = Found()
        try collect(message, into: &found, depth: 0)
        let subject = message.field("subject").map { EncodedWords.decode($0).onOneLine } ?? ""
        for (text, quoted) in found.texts {
            let text = MailQuotations.labelled(text, quoted: quoted, subject: subject)
            // The subject is the only title.
            try document.append(document.blocks.isEmpty ? text : text.demoted(by: 1))
        }
        try await append(found.attachments, to: &document)
        if found.isSealed {
            guard !found.texts.isEmpty else {
                throw .invalid("The message is encrypted or sealed by S/MIME or PGP: save it without.")
            }
            document.warn("A part of the message is encrypted or sealed by S/MIME or PGP, and was left out.")
        }
        return document.document
    }

    private static let fieldsOfMessages: Set<String> = [
        "from", "to", "subject", "date", "mime-version", "content-type", "received", "message-id",
    ]

    /// Adds the subject, the sender and the date.
    private func head(of message: MailPart, into document: inout DocumentBuilder) throws(ExtractionError) {
        func text(ofField name: String) -> String? {
            message.field(name).map { EncodedWords.decode($0).onOneLine }.flatMap { $0.isEmpty ? nil : $0 }
        }
        if let subject = text(ofField: "subject") { try document.append(.heading(level: 1, text: subject)) }
        // A saved web page has no sender.
        guard let sender = text(ofField: "from"), !sender.hasPrefix("<Saved by") else { return }
        let date = text(ofField: "date").map { " Date: \($0)" } ?? ""
        try document.append(.paragraph("From: \(sender)." + date))
    }

    /// The texts and attachments of a message.
    private struct Found {
        /// The texts, and which of their blocks are quoted.
        var texts: [(text: ExtractedDocument, quoted: [Range<Int>])] = []
        var attachments: [MailPart] = []
        var isSealed = false
    }

    private func collect(_ part: MailPart, into found: inout Found, depth: Int) throws(ExtractionError) {
        guard depth <= Self.maximumPartDepth else { return }
        let type = part.contentType.value
        if depth > 0, part.isAttachment || type == "message/rfc822" { return found.attachments.append(part) }
        switch type {
        case "multipart/alternative":
            // The last readable alternative is the best one.
            for alternative in part.parts(upTo: Self.maximumParts).reversed() {
                var inner = Found()
                try collect(alternative, into: &inner, depth: depth + 1)
                guard inner.texts.contains(where: { !$0.text.blocks.isEmpty }) else { continue }
                found.texts += inner.texts
                found.attachments += inner.attachments
                return
            }
        case "multipart/related":
            // The other parts are images and styles of the first.
            let parts = part.parts(upTo: Self.maximumParts)
            let root = part.contentType["start"].flatMap { id in parts.first { $0.field("content-id") == id } }
            if let main = root ?? parts.first { try collect(main, into: &found, depth: depth + 1) }
            found.attachments += parts.dropFirst().filter { $0.contentType.value != "text/html" && $0.isDocument }
        case "multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime": found.isSealed = true
        case _ where type.hasPrefix("multipart/"):
            for inner in part.parts(upTo: Self.maximumParts) { try collect(inner, into: &found, depth: depth + 1) }
        case "text/html", "application/xhtml+xml":
            let text = try self.text(of: part, isMarkup: true)
            found.texts.append(try HTMLReader.message(from: text, limits: limits))
        case "text/plain", "":
            let text = try text(of: part)
            let isFlowed = part.contentType["format"]?.lowercased() == "flowed"
            let deletesBlanks = part.contentType["delsp"]?.lowercased() == "yes"
            found.texts.append(
                try plainText(isFlowed ? FlowedText.joined(text, deletesBlanks: deletesBlanks) : text)
            )
        default: break
        }
    }

    /// The document of a plain text, and which of its blocks are on lines with quotation marks.
    private func plainText(_ text: String) throws(ExtractionError) -> (text: ExtractedDocument, quoted: [Range<Int>]) {
        var document = DocumentBuilder(limits: limits)
        var quoted: [Range<Int>] = []
        var rest = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        while let first = rest.first {
            let isQuoted = first.isQuoted
            // Blank lines belong to the lines before them.
            let run = rest.prefix { $0.isQuoted == isQuoted || $0.allSatisfy(\.isWhitespace) }
            rest = rest[run.endIndex...]
            let start = document.blocks.count
            var lines = run.map(\.withoutQuoteMarks)
            if !isQuoted, !rest.isEmpty { Self.separateIntroduction(in: &lines) }
            try document.append(try LayoutReader.document(from: lines.joined(separator: "\n"), limits: limits))
            if isQuoted { quoted.append(start..<document.blocks.count) }
        }
        return (document.document, quoted)
    }

    /// Puts a blank line before the line, or the two, with which mail programs introduce an earlier message, such as `On Monday
    /// Tom wrote:`.
    private static func separateIntroduction(in lines: inout [Substring]) {
        guard let last = lines.lastIndex(where: { !$0.allSatisfy(\.isWhitespace) }), last > 0,
            MailQuotations.isIntroduction(String(lines[last].trimmingBlanks))
        else { return }
        // The line with the date may be above that with the sender.
        let isWrapped =
            lines[last].split(separator: " ").count <= maximumWordsOfSender && last > 1
            && lines[last - 1].contains(where: \.isNumber) && lines[last - 1].last.map { !".!?".contains($0) } == true
        lines.insert("", at: isWrapped ? last - 1 : last)
    }

    /// The maximum number of words of the second of two such lines.
    private static let maximumWordsOfSender = 4

    private func text(of part: MailPart, isMarkup: Bool = false) throws(ExtractionError) -> String {
        guard let charset = part.contentType["charset"] else {
            return try TextDecoder.text(from: part.content, isMarkup: isMarkup)
        }
        return MailText.text(from: part.content, charset: charset).replacing("\r\n", with: "\n")
    }

    private func append(_ attachments: [MailPart], to document: inout DocumentBuilder) async throws(ExtractionError) {
        for attachment in attachments.prefix(Self.maximumAttachments) {
            let isMessage = attachment.contentType.value == "message/rfc822"
            let name = attachment.filename ?? (isMessage ? "message.eml" : "attachment")
            guard depth < Self.maximumDepth else {
                document.warn("The attachment \(name) is too deep within others and was left out.")
                continue
            }
            do throws(ExtractionError) {
                let filename = isMessage && !name.lowercased().hasSuffix(".eml") ? name + ".eml" : name
                let read = try await readAttachment(attachment.content, filename)
                try document.append(.heading(level: 2, text: name))
                try document.append(read.demoted(by: 2))
            } catch {
                // Images are usually a signature's.
                guard attachment.contentType.value.hasPrefix("image/") == false else { continue }
                document.warn("The attachment \(name.shortened(toBytes: 80)) was left out. \(error.message)")
            }
        }
        if attachments.count > Self.maximumAttachments {
            document.warn("Only the first \(Self.maximumAttachments) attachments of a message are read.")
        }
    }
}

extension MailPart {
    /// Whether the part's name is of a supported format.
    fileprivate var isDocument: Bool {
        guard let filename else { return false }
        return (try? DocumentFormat(filename: filename)) != nil
    }
}

extension Substring {
    /// Whether the line is quoted, and is not one that begins with `From`, to which mailboxes add a mark.
    fileprivate var isQuoted: Bool { first == ">" && !hasPrefix(">From ") }

    /// The line without its quotation marks.
    fileprivate var withoutQuoteMarks: Substring {
        guard first == ">" else { return self }
        return drop { $0 == ">" || $0 == " " }
    }
}

extension ExtractedDocument {
    /// The document with its headings lowered by some levels.
    func demoted(by levels: Int) -> ExtractedDocument {
        var document = self
        document.blocks = blocks.map { block in
            guard case .heading(let level, let text) = block else { return block }
            return .heading(level: min(level + levels, 6), text: text)
        }
        return document
    }
}
