/// The number of a section at the beginning of a line: `3`, `3.2`, `§ 4` or `Article 5`.
struct SectionNumber: Sendable, Hashable {
    /// The word or sign before the figures; empty if there is none.
    let word: String
    /// The figures, those of outer sections first.
    let figures: [Int]
    /// The text after the number.
    let title: String

    /// The words before the number of a section, in lower case.
    private static let words: Set<String> = [
        "§", "art.", "article", "artikel", "artículo", "articolo", "artigo", "section", "abschnitt", "clause",
    ]
    /// The signs of numbers of Japanese and Chinese sections: `第10条`.
    private static let unspaced = (before: "第", after: "条章條")
    private static let maximumBytes = 12
    /// The maximum number of letters of the title of such a section; a longer one is a sentence.
    private static let maximumLettersOfTitle = 15

    /// Reads the number at the beginning of a line; nil if there is none.
    init?(_ line: String) {
        if let number = Self.unspacedNumber(of: line) {
            self = number
            return
        }
        let parts = line.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        guard var mark = parts.first, mark.utf8.count <= Self.maximumBytes else { return nil }
        var rest = parts.dropFirst().first ?? ""
        var word = ""
        if mark.first == "§", mark.count > 1 {
            (word, mark) = ("§", mark.dropFirst())
        } else if Self.words.contains(mark.lowercased()) {
            word = mark.lowercased()
            let next = rest.split(maxSplits: 1, whereSeparator: \.isWhitespace)
            guard let number = next.first, number.utf8.count <= Self.maximumBytes else { return nil }
            mark = number
            rest = next.dropFirst().first ?? ""
        }
        if let last = mark.last, ".:".contains(last) { mark.removeLast() }
        // A section that was added later has a letter, as `§ 5a`.
        if !word.isEmpty, mark.last?.isLetter == true { mark.removeLast() }
        let figures = mark.split(separator: ".", omittingEmptySubsequences: false).map { figure in
            figure.utf8.count <= 3 && figure.allSatisfy(\.isWholeNumber) ? Int(figure) : nil
        }
        guard !figures.isEmpty, !figures.contains(nil) else { return nil }
        self.init(word: word, figures: figures.compactMap(\.self), title: String(rest.drop(while: \.isWhitespace)))
    }

    private init(word: String, figures: [Int], title: String) {
        self.word = word
        self.figures = figures
        self.title = title
    }

    private static func unspacedNumber(of line: String) -> SectionNumber? {
        guard line.hasPrefix(unspaced.before), let end = line.prefix(6).lastIndex(where: unspaced.after.contains) else {
            return nil
        }
        let title = line[line.index(after: end)...].drop(while: \.isWhitespace)
        guard title.count <= maximumLettersOfTitle, !title.contains(where: { "、。は".contains($0) }) else { return nil }
        return SectionNumber(word: String(line[end]), figures: [], title: String(title))
    }

    /// Whether a section with this number is the next one after another: `1.4` or `2` after `1.3`, and `1.3.1` within it.
    func follows(_ other: SectionNumber) -> Bool {
        guard word == other.word, let last = figures.last else { return false }
        if figures.count > other.figures.count { return figures == other.figures + [1] }
        let outer = other.figures.prefix(figures.count)
        return outer.dropLast() == figures.dropLast()[...] && outer.last.map { $0 + 1 } == last
    }
}
