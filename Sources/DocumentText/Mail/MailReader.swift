/// Reads a message (.eml) with its attachments, or a web page that a browser or Word saved as one file (.mht).
///
/// The subject is the title, the sender and the date are a paragraph, then comes the text, as HTML where the message has
/// both. Each attachment of a format that is read follows under a heading with its name.
struct MailReader: Sendable {
    /// Reads attachments.
    let extractor: TextExtractor
    /// What reading may cost.
    let limits: ExtractionLimits
    /// How many messages and attachments this one is in.
    var depth = 0

    /// Messages within messages are followed no more deeply than this.
    private static let deepest = 3
    /// No more attachments of a message than this are read.
    private static let mostAttachments = 50
    /// No more parts of a part than this are looked at.
    private static let mostParts = 200
    /// Parts within parts are followed no more deeply than this.
    private static let deepestPart = 10

    /// The document in a message.
    ///
    /// - Throws: `ExtractionError` if the bytes are no message, or it becomes more text than allowed.
    func document(from bytes: [UInt8]) async throws(ExtractionError) -> ExtractedDocument {
        let message = MailPart(bytes[...])
        guard message.fields.contains(where: { Self.fieldsOfMessages.contains($0.name) }) else {
            throw .invalid("The file is not a message: it has none of the header fields of one.")
        }
        var document = DocumentBuilder(limits: limits)
        try head(of: message, into: &document)
        var found = Found()
        try collect(message, into: &found, depth: 0)
        for text in found.texts {
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

    /// Tells the subject, the sender and the date.
    private func head(of message: MailPart, into document: inout DocumentBuilder) throws(ExtractionError) {
        func told(_ name: String) -> String? {
            message.field(name).map { EncodedWords.decode($0).onOneLine }.flatMap { $0.isEmpty ? nil : $0 }
        }
        if let subject = told("subject") { try document.append(.heading(level: 1, text: subject)) }
        // A page that was saved has no sender.
        guard let sender = told("from"), !sender.hasPrefix("<Saved by") else { return }
        let date = told("date").map { " Date: \($0)" } ?? ""
        try document.append(.paragraph("From: \(sender)." + date))
    }

    /// What a message holds.
    private struct Found {
        var texts: [ExtractedDocument] = []
        var attachments: [MailPart] = []
        var isSealed = false
    }

    private func collect(_ part: MailPart, into found: inout Found, depth: Int) throws(ExtractionError) {
        guard depth <= Self.deepestPart else { return }
        let type = part.contentType.value
        if depth > 0, part.isAttachment || type == "message/rfc822" { return found.attachments.append(part) }
        switch type {
        case "multipart/alternative":
            // The last of them that can be read is the best.
            for alternative in part.parts(upTo: Self.mostParts).reversed() {
                var inner = Found()
                try collect(alternative, into: &inner, depth: depth + 1)
                guard inner.texts.contains(where: { !$0.blocks.isEmpty }) else { continue }
                found.texts += inner.texts
                found.attachments += inner.attachments
                return
            }
        case "multipart/related":
            // All but the first part are pictures and styles of it.
            let parts = part.parts(upTo: Self.mostParts)
            let root = part.contentType["start"].flatMap { id in parts.first { $0.field("content-id") == id } }
            if let main = root ?? parts.first { try collect(main, into: &found, depth: depth + 1) }
            found.attachments += parts.dropFirst().filter { $0.contentType.value != "text/html" && $0.isDocument }
        case "multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime": found.isSealed = true
        case _ where type.hasPrefix("multipart/"):
            for inner in part.parts(upTo: Self.mostParts) { try collect(inner, into: &found, depth: depth + 1) }
        case "text/html", "application/xhtml+xml":
            let text = try self.text(of: part, isMarkup: true)
            found.texts.append(try HTMLReader.document(from: text, limits: limits))
        case "text/plain", "":
            let lines = try text(of: part).split(separator: "\n", omittingEmptySubsequences: false).map(
                \.withoutQuoteMarks
            )
            found.texts.append(try LayoutReader.document(from: lines.joined(separator: "\n"), limits: limits))
        default: break
        }
    }

    private func text(of part: MailPart, isMarkup: Bool = false) throws(ExtractionError) -> String {
        guard let charset = part.contentType["charset"] else {
            return try TextDecoder.text(from: part.content, isMarkup: isMarkup)
        }
        return MailText.text(from: part.content, charset: charset).replacing("\r\n", with: "\n")
    }

    private func append(_ attachments: [MailPart], to document: inout DocumentBuilder) async throws(ExtractionError) {
        for attachment in attachments.prefix(Self.mostAttachments) {
            let isMessage = attachment.contentType.value == "message/rfc822"
            let name = attachment.filename ?? (isMessage ? "message.eml" : "attachment")
            guard depth < Self.deepest else {
                document.warn("The attachment \(name) is too deep within others and was left out.")
                continue
            }
            do throws(ExtractionError) {
                let filename = isMessage && !name.lowercased().hasSuffix(".eml") ? name + ".eml" : name
                let read = try await extractor.extract(attachment.content, filename: filename, depth: depth + 1)
                try document.append(.heading(level: 2, text: name))
                try document.append(read.demoted(by: 2))
            } catch {
                // Pictures of a signature are no loss.
                guard attachment.contentType.value.hasPrefix("image/") == false else { continue }
                document.warn("The attachment \(name.shortened(toBytes: 80)) was left out. \(error.message)")
            }
        }
        if attachments.count > Self.mostAttachments {
            document.warn("Only the first \(Self.mostAttachments) attachments of a message are read.")
        }
    }
}

extension MailPart {
    /// Whether the part is a document by its name.
    fileprivate var isDocument: Bool {
        guard let filename else { return false }
        return (try? DocumentFormat(filename: filename)) != nil
    }
}

extension Substring {
    /// A line without the marks of what it quotes.
    fileprivate var withoutQuoteMarks: Substring {
        guard first == ">" else { return self }
        return drop { $0 == ">" || $0 == " " }
    }
}

extension ExtractedDocument {
    /// The document with its headings some levels lower.
    func demoted(by levels: Int) -> ExtractedDocument {
        var document = self
        document.blocks = blocks.map { block in
            guard case .heading(let level, let text) = block else { return block }
            return .heading(level: min(level + levels, 6), text: text)
        }
        return document
    }
}
