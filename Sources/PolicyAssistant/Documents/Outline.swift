/// The headings of a Markdown text.
struct Outline: Sendable, Hashable {
    /// The heading above all others, if there is one.
    private(set) var title: String?
    /// The headings of the text's main parts, without their numbers.
    private(set) var sections: [String] = []
    /// The language of the text.
    private(set) var language = TextLanguage.other

    /// The longest heading that is taken, in characters.
    static let longestHeading = 80

    init(of text: String) {
        let headings = Self.headings(of: text)
        // Questions are suggested in German or in English, which is also for all other languages.
        language = TextLanguage(of: text) == .german ? .german : .other
        guard let first = headings.first, let highest = headings.map(\.level).min() else { return }
        let main = headings.filter { $0.level == highest }
        // In Word files the title often has the level of the main parts; then these have numbers and the title has none.
        let isTitle = main.count == 1 || !first.isNumbered && main.dropFirst().allSatisfy(\.isNumbered)
        guard first.level == highest, isTitle else {
            sections = main.map(\.text)
            return
        }
        title = first.text
        let below = headings.dropFirst()
        let next = below.map(\.level).min()
        sections = below.filter { $0.level == next }.map(\.text)
    }

    private struct Heading {
        let level: Int
        let isNumbered: Bool
        let text: String
    }

    private static func headings(of text: String) -> [Heading] {
        var isInCode = false
        return text.split(separator: "\n").compactMap { line in
            if line.hasPrefix("```") { isInCode.toggle() }
            let level = line.prefix { $0 == "#" }.count
            guard !isInCode, (1...6).contains(level), line.dropFirst(level).first == " " else { return nil }
            let words = line.dropFirst(level).filter { !"#*_`".contains($0) }.split(whereSeparator: \.isWhitespace)
            let isNumbered = words.first.map { $0.allSatisfy { $0.isNumber || ".)§".contains($0) } } ?? false
            let heading = (isNumbered ? words.dropFirst() : words[...]).joined(separator: " ")
            guard !heading.isEmpty, heading.count <= longestHeading else { return nil }
            return Heading(level: level, isNumbered: isNumbered, text: heading)
        }
    }
}
