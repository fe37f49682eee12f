internal import FoundationEssentials
internal import SMS

/// The source of an answer as a text message names it: `Source: Travel policy §6`, and a link to the passage.
struct AnswerSource: Sendable {
    let library: DocumentReader
    let publicURL: PublicURL?

    /// The number of documents that are named.
    private static let maximumNames = 2
    /// The number of words of a quote in a link, which are enough to find the passage.
    private static let linkedWords = 6

    /// Names the sources of an answer in lines that follow it; empty without citations.
    ///
    /// - Parameters:
    ///   - citations: The citations.
    ///   - maximumLink: The longest link, in characters; a longer one leads to the document, or is left out.
    ///   - texts: The language of the answer.
    /// - Returns: The lines.
    func lines(for citations: [Citation], maximumLink: Int, in texts: SMSTexts) async -> String {
        var named: [(citation: Citation, name: String)] = []
        for citation in citations where named.count < Self.maximumNames {
            let name = Self.name(of: citation.filename) + (await section(of: citation))
            if !named.contains(where: { $0.name == name }) { named.append((citation, name)) }
        }
        guard let first = named.first else { return "" }
        let names = "\(texts.source(isOne: named.count == 1)): " + named.map(\.name).joined(separator: "; ")
        let link = [link(to: first.citation, quoting: true), link(to: first.citation, quoting: false)].compactMap(
            \.self
        )
        .first { $0.count <= maximumLink }
        return ([names.spelledForPhones] + [link].compactMap(\.self)).joined(separator: "\n")
    }

    /// Returns the name of a document: that of its file without the extension, with blanks.
    static func name(of path: String) -> String {
        let file = path.split(separator: "/").last ?? ""
        let stem = file.lastIndex(of: ".").map { file[..<$0] } ?? file
        let words = stem.split { "-_ ".contains($0) }.joined(separator: " ")
        guard let first = words.first else { return path }
        return first.uppercased() + words.dropFirst()
    }

    private func link(to citation: Citation, quoting: Bool) -> String? {
        guard let publicURL else { return nil }
        var fields = FormFields(["document": citation.fileID])
        if quoting {
            let words = citation.quote.split { !$0.isLetter && !$0.isNumber }.prefix(Self.linkedWords)
            guard words.count >= 3 else { return nil }
            fields.append("quote", words.joined(separator: " "))
        }
        return "\(publicURL)/#" + String(decoding: fields.form, as: UTF8.self).replacing("%20", with: "+")
    }

    /// The number of the section that a quote is in, such as ` §6`; its heading if that has no number, and nothing if the
    /// section cannot be found.
    private func section(of citation: Citation) async -> String {
        guard !citation.quote.isEmpty, let document = try? await library.document(ofFile: citation.fileID),
            let text = try? await library.text(of: document)
        else { return "" }
        return Self.section(of: citation.quote, in: String(decoding: text, as: UTF8.self))
    }

    static func section(of quote: String, in text: String) -> String {
        let wanted = quote.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(40)
        var heading: Substring?
        var passage = ""
        for line in text.split(separator: "\n") {
            let level = line.prefix { $0 == "#" }.count
            if (1...6).contains(level), line.dropFirst(level).first == " " {
                // The title of the document names no section.
                heading = level > 1 || heading != nil ? line.dropFirst(level + 1).trimmingWhitespace() : nil
                passage = ""
            } else {
                passage += line.split(whereSeparator: \.isWhitespace).joined(separator: " ") + " "
            }
            if passage.contains(wanted) { return heading.map(suffix) ?? "" }
        }
        return ""
    }

    private static func suffix(_ heading: Substring) -> String {
        if let number = heading.firstMatch(of: #/^(?:§|Section|Abschnitt|Article|Art\.?)?\s*(\d+(?:\.\d+)*)/#)?.1 {
            return " §\(number)"
        }
        let words = heading.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return words.isEmpty || words.count > 40 ? "" : ", \(words)"
    }
}
