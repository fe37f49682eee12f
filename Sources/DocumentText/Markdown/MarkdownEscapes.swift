/// The lines of a Markdown file in which a backslash is before punctuation, so that what is quoted of them can be as the
/// file has it: `\$2000`, and not `$2000`.
struct MarkdownEscapes {
    /// The lines as the file has them, by what they say.
    private var sources: [String: String] = [:]

    /// Finds the lines with escapes, alone and joined to the paragraphs that they are part of.
    init(_ lines: ArraySlice<Substring>) {
        guard lines.contains(where: { $0.contains("\\") }) else { return }
        for paragraph in lines.split(whereSeparator: { $0.allSatisfy(\.isWhitespace) }) {
            guard paragraph.contains(where: { $0.contains("\\") }) else { continue }
            for line in paragraph { add(Self.content(of: line)) }
            add(paragraph.map { Self.content(of: $0) }.joined(separator: " "))
        }
    }

    /// Records how the file writes the blocks of a document.
    func record(in document: inout DocumentBuilder) {
        guard !sources.isEmpty else { return }
        document.recordSources { sources[$0] }
    }

    private mutating func add(_ source: String) {
        let text = Self.unescaped(source)
        if text != source { sources[text] = source }
    }

    /// The text of a line without the marks of quotations, lists and headings, and without the bars around a table's row.
    private static func content(of line: Substring) -> String {
        var content = line.drop { $0 == ">" || $0.isWhitespace }
        content = MarkdownLine.heading(content)?.text ?? MarkdownLine.listItem(content)?.text ?? content
        content = content.trimmingBlanks
        guard content.first == "|" else { return String(content).onOneLine }
        return MarkdownLine.cells(content).map { String($0).onOneLine }.joined(separator: " | ")
    }

    /// The text without the backslashes before punctuation.
    private static func unescaped(_ source: String) -> String {
        var text = String.UnicodeScalarView()
        var rest = source.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            if scalar == "\\", let next = rest.first, isPunctuation(next) {
                text.append(next)
                rest.removeFirst()
            } else {
                text.append(scalar)
            }
        }
        return String(text)
    }

    private static func isPunctuation(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
        default: false
        }
    }
}
