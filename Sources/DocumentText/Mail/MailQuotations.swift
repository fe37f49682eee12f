/// Tells which texts of a message are those of earlier messages, so that what they say is not taken for the newest.
///
/// An earlier message at the end is below a heading. One between the answers to it has its label before each paragraph, as
/// an answer belongs to the question above it.
struct MailQuotations {
    /// The text of a message.
    private var document: ExtractedDocument
    /// The blocks that are quoted.
    private var quoted: [Range<Int>]
    private var language = Language.english

    /// A language of mail programs.
    private enum Language: CaseIterable {
        case english, german, french, spanish, italian, dutch, portuguese, swedish, polish

        /// The label of an earlier message.
        var label: String {
            switch self {
            case .english: "Earlier message"
            case .german: "Frühere Nachricht"
            case .french: "Message précédent"
            case .spanish: "Mensaje anterior"
            case .italian: "Messaggio precedente"
            case .dutch: "Eerder bericht"
            case .portuguese: "Mensagem anterior"
            case .swedish: "Tidigare meddelande"
            case .polish: "Wcześniejsza wiadomość"
            }
        }

        /// The word of the line before a quotation: `On Monday Tom wrote:`.
        var wrote: String {
            switch self {
            case .english: " wrote"
            case .german: " schrieb"
            case .french: " a écrit"
            case .spanish: " escribió"
            case .italian: " ha scritto"
            case .dutch: " schreef"
            case .portuguese: " escreveu"
            case .swedish: " skrev"
            case .polish: " napisał"
            }
        }

        /// The names of the sender, the date and the subject above a message that is not marked as a quotation.
        var fields: (from: String, date: [String], subject: String) {
            switch self {
            case .english: ("From:", ["Sent:", "Date:"], "Subject:")
            case .german: ("Von:", ["Gesendet:", "Datum:"], "Betreff:")
            case .french: ("De:", ["Envoyé:", "Date:"], "Objet:")
            case .spanish: ("De:", ["Enviado:", "Fecha:"], "Asunto:")
            case .italian: ("Da:", ["Inviato:", "Data:"], "Oggetto:")
            case .dutch: ("Van:", ["Verzonden:", "Datum:"], "Onderwerp:")
            case .portuguese: ("De:", ["Enviado:", "Enviada:", "Data:"], "Assunto:")
            case .swedish: ("Från:", ["Skickat:", "Datum:"], "Ämne:")
            case .polish: ("Od:", ["Wysłano:", "Data:"], "Temat:")
            }
        }
    }

    /// The beginnings of the subjects of forwarded messages, whose text is the message.
    private static let forwards = ["fwd:", "fw:", "wg:", "tr:", "rv:", "enc:", "vs:", "pd:"]
    /// The maximum size of a line that tells of a quotation, in bytes.
    private static let maximumLineBytes = 600

    /// The text of a message, in which earlier messages are labelled.
    ///
    /// - Parameters:
    ///   - document: The text.
    ///   - quoted: The blocks that are quoted, in their order.
    ///   - subject: The subject of the message.
    /// - Returns: The text with labels.
    static func labelled(_ document: ExtractedDocument, quoted: [Range<Int>], subject: String) -> ExtractedDocument {
        var quotations = MailQuotations(document: document, quoted: quoted.filter { !$0.isEmpty })
        let isForwarded = forwards.contains { subject.lowercased().hasPrefix($0) }
        quotations.extendToIntroductions(onlyIntroduced: isForwarded)
        if !isForwarded { quotations.addUnmarkedMessage() }
        return quotations.labelled()
    }

    private init(document: ExtractedDocument, quoted: [Range<Int>]) {
        self.document = document
        self.quoted = quoted
    }

    /// Adds the line before each quotation to it, and keeps only quotations with such a line in a forwarded message.
    private mutating func extendToIntroductions(onlyIntroduced: Bool) {
        var isIntroduced = Array(repeating: false, count: quoted.count)
        for index in quoted.indices {
            let start = quoted[index].lowerBound
            let first = document.blocks[start].text
            let isInside = Self.language(ofIntroduction: first) != nil
            let end = index > 0 ? quoted[index - 1].upperBound : 0
            guard isInside || start > end else { continue }
            let line = isInside ? first : document.blocks[start - 1].text
            guard let found = Self.language(ofIntroduction: line) else { continue }
            language = found
            isIntroduced[index] = true
            if !isInside { quoted[index] = (start - 1)..<quoted[index].upperBound }
        }
        if onlyIntroduced { quoted = zip(quoted, isIntroduced).filter { $0.1 }.map(\.0) }
    }

    static func isIntroduction(_ line: String) -> Bool { language(ofIntroduction: line) != nil }

    private static func language(ofIntroduction line: String) -> Language? {
        guard line.last == ":", line.utf8.count <= maximumLineBytes else { return nil }
        return Language.allCases.first { line.contains($0.wrote) }
    }

    /// Adds the message below the fields of another one to the quotations, up to the end.
    private mutating func addUnmarkedMessage() {
        var isQuoted = Array(repeating: false, count: document.blocks.count)
        for index in quoted.joined() { isQuoted[index] = true }
        for (index, block) in document.blocks.enumerated() where !isQuoted[index] {
            guard block.text.utf8.count <= Self.maximumLineBytes, let found = Self.language(ofFields: block.text) else {
                continue
            }
            language = found
            quoted = quoted.filter { $0.upperBound <= index } + [index..<document.blocks.count]
            return
        }
    }

    private static func language(ofFields text: String) -> Language? {
        // A blank is before the colon in French.
        let text = text.replacing("\u{A0}:", with: ":").replacing(" :", with: ":").drop { "-_ ".contains($0) }
        return Language.allCases.first { language in
            let fields = language.fields
            guard let from = text.firstRange(of: fields.from) else { return false }
            // A line such as `-----Original Message-----` may be before the fields.
            let before = text[..<from.lowerBound]
            guard before.isEmpty || before.trimmingBlanks.hasSuffix("--") || before.trimmingBlanks.hasSuffix("__")
            else {
                return false
            }
            let rest = text[from.upperBound...]
            return rest.contains(fields.subject) && fields.date.contains { rest.contains($0) }
        }
    }

    private func labelled() -> ExtractedDocument {
        guard let last = quoted.last else { return document }
        var labelled = document
        // A message at the end, to which nothing is said below.
        let isAtEnd = last.upperBound == document.blocks.count && last.lowerBound > 0
        for range in isAtEnd ? quoted.dropLast() : quoted[...] {
            for index in range { label(index, in: &labelled) }
        }
        guard isAtEnd else { return labelled }
        for index in last {
            if case .heading(let level, let text) = labelled.blocks[index] {
                labelled.blocks[index] = .heading(level: min(level + 1, 6), text: text)
            }
        }
        labelled.insert(.heading(level: 1, text: language.label), at: last.lowerBound)
        return labelled
    }

    private func label(_ index: Int, in document: inout ExtractedDocument) {
        let text = document.blocks[index].text
        let named = "\(language.label): \(text)"
        switch document.blocks[index] {
        case .heading, .paragraph: document.blocks[index] = .paragraph(named)
        case .listItem: document.blocks[index] = .listItem(named)
        case .tableRow: document.blocks[index] = .tableRow(named)
        case .code: return
        }
        document.sourceTexts[named] = document.sourceTexts[text] ?? text
    }
}
