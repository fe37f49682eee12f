internal import Foundation

/// What can be checked of an answer that somebody worded: the files it cites, and its figures.
enum IdealAnswer {
    /// The files that stand in square brackets, such as `[leave.pdf]` or `[leave.pdf#page=3]`, each once.
    static func citedFiles(in text: String) -> [String] {
        let all = NSRange(location: 0, length: text.utf16.count)
        let names = citation?.matches(in: text, range: all).compactMap { match in
            Range(match.range(at: 1), in: text).map { String(text[$0]) }
        }
        return (names ?? []).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The figures of an answer, without those of its citations; nil where it has none.
    static func fact(of text: String) -> Fact? {
        let all = NSRange(location: 0, length: text.utf16.count)
        let words = citation?.stringByReplacingMatches(in: text, range: all, withTemplate: " ") ?? text
        let figures = Figures.inText(words)
        return figures.isEmpty ? nil : .figures(figures)
    }

    private static let citation = try? NSRegularExpression(
        pattern: #"\[([^\[\]\n#]+\.[A-Za-z0-9]{1,5})(?:#[^\[\]\n]*)?\]"#
    )
}
