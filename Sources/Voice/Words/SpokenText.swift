/// What is said for a sentence of an answer.
enum SpokenText {
    /// Returns the words for a sentence; nil where nothing of it is for ears.
    static func words(for sentence: Sentence, in language: Language) -> String? {
        switch sentence.kind {
        case .paragraph: ended(plain(sentence.text, in: language))
        case .heading: ended(plain(sentence.text, in: language))
        case .item(let number): ended(item(sentence.text, number, in: language))
        case .row(let header, let cells): row(header, cells, in: language)
        }
    }

    /// Returns the words for inline Markdown.
    static func plain(_ markdown: String, in language: Language) -> String {
        var writer = SpokenWriter(InlineMarkdown.text(of: markdown), in: language)
        return tidied(writer.text())
    }

    private static func item(_ text: String, _ number: Int?, in language: Language) -> String {
        let said = plain(text, in: language)
        return number.map { said.isEmpty ? "" : "\($0): \(said)" } ?? said
    }

    /// A row as `Country: Switzerland. Allowance: 75 Swiss francs.`, in one sentence.
    private static func row(_ header: [String], _ cells: [String], in language: Language) -> String? {
        let parts = cells.enumerated().compactMap { index, cell -> String? in
            let value = plain(cell, in: language)
            guard value.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
            let name = index < header.count ? plain(header[index], in: language) : ""
            return name.isEmpty || index == 0 ? value : "\(name): \(value)"
        }
        return parts.isEmpty ? nil : ended(parts.joined(separator: "; "))
    }

    /// The text with an end, so that the voice falls; nil without anything to say.
    private static func ended(_ text: String) -> String? {
        guard text.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        let last = text.last { !SentenceEnd.closers.contains($0) }
        if let last, SentenceEnd.marks.contains(last) || last == ":" { return text }
        return (last == "," || last == ";" ? String(text.dropLast()) : text) + "."
    }

    /// The text with single blanks, none before a comma or full stop, and no empty brackets.
    private static func tidied(_ text: String) -> String {
        var tidied: [Character] = []
        for character in text {
            let isClosing = ",.;:!?)".contains(character)
            if isClosing || character.isWhitespace, tidied.last == " " { tidied.removeLast() }
            if character == ")", tidied.last == "(" {
                tidied.removeLast()
                continue
            }
            if character == "," || character == ".", tidied.last == "," { tidied.removeLast() }
            if character.isWhitespace, tidied.isEmpty || tidied.last == "(" { continue }
            tidied.append(character.isWhitespace ? " " : character)
        }
        if tidied.last == " " { tidied.removeLast() }
        return String(tidied)
    }
}
