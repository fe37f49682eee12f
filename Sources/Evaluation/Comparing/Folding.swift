internal import Foundation

/// Normalizes texts for comparisons regardless of layout.
enum Folding {
    /// The text in lower case, with each run of white space as one blank.
    static func folded(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var isAfterSpace = false
        for scalar in text.unicodeScalars {
            guard !isSpace(scalar) else {
                isAfterSpace = true
                continue
            }
            if isAfterSpace, !scalars.isEmpty { scalars.append(" ") }
            isAfterSpace = false
            scalars.append(scalar)
        }
        return String(scalars).lowercased()
    }

    /// Markdown as it is rendered: without the targets of links, emphasis, escapes, tags and the marks of lists.
    static func rendered(_ text: String) -> String {
        marks.reduce(text) { text, mark in
            mark.expression.stringByReplacingMatches(
                in: text,
                range: NSRange(location: 0, length: text.utf16.count),
                withTemplate: mark.replacement
            )
        }
    }

    /// A text without the borders between the cells of Markdown's tables.
    static func withoutCellBorders(_ text: String) -> String {
        text.replacing(" | ", with: " ").replacing(#"\|"#, with: "|")
    }

    /// A quote without list marks and ellipses at its ends.
    static func quoted(_ quote: String) -> String {
        var scalars = trimmed(Substring(quote).unicodeScalars)
        if scalars.first == "…" { scalars = trimmed(scalars.dropFirst()) }
        if let first = scalars.first, first == "-" || first == "•", scalars.dropFirst().first.map(isSpace) ?? false {
            scalars = trimmed(scalars.dropFirst())
        }
        if scalars.last == "…" { scalars = trimmed(scalars.dropLast()) }
        return String(scalars)
    }

    private static func trimmed(_ scalars: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
        var scalars = scalars.drop(while: isSpace)
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return scalars
    }

    static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII ? scalar == " " || ("\t"..."\r").contains(scalar) : scalar.properties.isWhitespace
    }

    private struct Mark: Sendable {
        let expression: NSRegularExpression
        let replacement: String
    }

    private static let marks: [Mark] = [
        // Images, links, tags.
        (#"!\[[^\]]*\]\([^)]*\)"#, ""),
        (#"\[([^\]]*)\]\((?:[^()]|\([^)]*\))*\)"#, "$1"),
        (#"<[^>\n]{1,200}>"#, ""),
        // Emphasis.
        (#"\*\*\*|\*\*_|_\*\*|\*\*|`"#, ""),
        (#"(?<![A-Za-z0-9])[_*](?=\S)|(?<=\S)[_*](?![A-Za-z0-9])"#, ""),
        // Lists, quotations, headings.
        (#"(?m)^\s*(?:[-*+]|\d+[.)]|>|#{1,6})\s+"#, " "),
        // Escapes.
        (#"\\([.\-+*_#=])"#, "$1"),
    ].compactMap { pattern, replacement in
        (try? NSRegularExpression(pattern: pattern, options: .useUnixLineSeparators)).map {
            Mark(expression: $0, replacement: replacement)
        }
    }
}
