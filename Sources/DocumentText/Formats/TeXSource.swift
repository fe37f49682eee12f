/// The part of a LaTeX file that is typeset.
enum TeXSource {
    /// The text without comments, what conditions leave out, and the preamble, except for the title; commands that it
    /// defines are replaced.
    static func body(of text: String) -> [Character] {
        let typeset = TeXConditionals.resolved(withoutComments(text))
        let whole = String(TeXMacros.expanded(typeset))
        guard let start = whole.firstRange(of: "\\begin{document}") else { return Array(whole) }
        let end = whole.firstRange(of: "\\end{document}")?.lowerBound ?? whole.endIndex
        let title = whole[..<start.lowerBound].firstRange(of: "\\title{").map { range in
            let rest = whole[range.upperBound..<start.lowerBound].prefix { $0 != "\n" }
            var depth = 1
            let title = rest.prefix { character in
                if character == "{" { depth += 1 } else if character == "}" { depth -= 1 }
                return depth > 0
            }
            return "\\title{\(title)}\n\n"
        }
        guard start.upperBound <= end else { return Array(whole) }
        return Array((title ?? "") + whole[start.upperBound..<end])
    }

    private static func withoutComments(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { line -> Substring? in
            var isEscaped = false
            for index in line.indices {
                if line[index] == "%", !isEscaped {
                    // A line that is only a comment does not end a paragraph.
                    return line[..<index].allSatisfy(\.isWhitespace) ? nil : line[..<index]
                }
                isEscaped = line[index] == "\\" && !isEscaped
            }
            return line
        }.joined(separator: "\n")
    }
}
