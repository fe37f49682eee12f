/// A heading of a document with the text directly below it.
struct Section: Equatable {
    let heading: String
    /// The first line of text below the heading.
    let text: String

    /// The maximum length of a heading, in characters.
    private static let longestHeading = 120

    /// The sections with a text of their own, without the document's title.
    ///
    /// The text below a title is usually the document's author and date.
    static func sections(of text: String) -> [Section] {
        var found: [(level: Int, isNumbered: Bool, section: Section?)] = []
        var isInCode = false
        for line in text.split(whereSeparator: \.isNewline) {
            if line.hasPrefix("```") { isInCode.toggle() }
            guard !isInCode else { continue }
            let level = line.prefix { $0 == "#" }.count
            if (1...6).contains(level), line.dropFirst(level).first == " " {
                let words = words(ofHeading: line.dropFirst(level))
                let heading = readable(words.text.joined(separator: " "))
                let isHeading = !heading.isEmpty && heading.count <= longestHeading
                found.append((level, words.isNumbered, isHeading ? Section(heading: heading, text: "") : nil))
            } else if let open = found.last?.section, open.text.isEmpty, line.contains(where: \.isLetter),
                !line.hasPrefix("|")
            {
                found[found.count - 1].section = Section(heading: open.heading, text: plain(line))
            }
        }
        let highest = found.map(\.level).min()
        let others = found.dropFirst().filter { $0.level == highest }
        let isTitle =
            found.count > 1 && found[0].level == highest
            && (others.isEmpty || !found[0].isNumbered && others.allSatisfy(\.isNumbered))
        return found.dropFirst(isTitle ? 1 : 0).compactMap(\.section).filter { !$0.text.isEmpty }
    }

    /// The heading as a question.
    var question: String {
        if heading.hasSuffix("?") { return heading }
        let first = heading.split(whereSeparator: \.isWhitespace).first.map { $0.lowercased() } ?? ""
        if Self.questionWords.contains(first) { return "\(heading)?" }
        return Self.isGerman(text) ? "Was gilt für „\(heading)“?" : "What are the rules on “\(heading)”?"
    }

    /// The first sentence of the text.
    var firstSentence: String {
        var place = text.startIndex
        while let end = text[place...].firstIndex(where: { ".!?".contains($0) }) {
            place = text.index(after: end)
            guard place < text.endIndex else { break }
            let word = text[..<end].split(whereSeparator: { !$0.isLetter && !$0.isNumber }).last ?? ""
            let next = text[place...].drop { $0 == " " }.first
            guard text[place] == " ", next?.isLowercase != true, !Self.isAbbreviation(word) else { continue }
            return String(text[..<place])
        }
        return text
    }

    /// Whether a full stop after a word is part of it, as after “e.g”, “No” and the 1 of a date.
    private static func isAbbreviation(_ word: Substring) -> Bool {
        guard !word.allSatisfy(\.isNumber) else { return word.count < 3 }
        return word.count == 1 || abbreviations.contains(word.lowercased())
    }

    private static let abbreviations: Set<String> = [
        "no", "nr", "ca", "bzw", "etc", "vs", "mr", "mrs", "dr", "st", "art", "abs", "ggf", "inkl", "usw",
    ]

    private static let questionWords: Set<String> = [
        "how", "what", "when", "where", "which", "who", "whom", "whose", "why", "wie", "was", "wann", "wo", "wer",
        "wen", "wem", "welche", "welcher", "welches", "warum", "wohin", "woher",
    ]

    private static func isGerman(_ text: String) -> Bool {
        let german: Set<String> = ["der", "die", "das", "und", "ist", "nicht", "mit", "für", "wird", "werden", "sie"]
        let english: Set<String> = ["the", "and", "is", "not", "with", "for", "are", "you", "of", "to", "in"]
        let words = text.lowercased().split { !$0.isLetter }.map(String.init)
        return words.count { german.contains($0) } > words.count { english.contains($0) }
    }

    /// The words of a heading, without its number.
    private static func words(ofHeading heading: Substring) -> (text: [Substring], isNumbered: Bool) {
        let words = heading.split(whereSeparator: \.isWhitespace).map { $0.filter { !"#*_`".contains($0) }[...] }
            .filter { !$0.isEmpty }
        let isNumbered = words.first.map { $0.allSatisfy { $0.isNumber || ".)§".contains($0) } } ?? false
        return (isNumbered ? Array(words.dropFirst()) : words, isNumbered)
    }

    /// A heading in capitals in sentence case.
    private static func readable(_ heading: String) -> String {
        guard heading == heading.uppercased(), heading.count(where: \.isLetter) > 4 else { return heading }
        return heading.prefix(1) + heading.dropFirst().lowercased()
    }

    private static func plain(_ line: Substring) -> String {
        let text = Folding.rendered(String(line))
        return text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
