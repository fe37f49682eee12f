/// The rows of a document's tables as they stand in the file.
///
/// A row is told as a line that can be understood alone, `Grade: A; Days: 27`. That line is not in the file; what is, is
/// a row such as `A | 27`, or at least each of its cells.
struct SourceRows: Sendable {
    /// What stands between the cells of a row that is not among ``rows``; nil if that cannot be told.
    private let separator: String?
    /// The rows, without their outer marks, by the texts of their cells.
    private var rows: [[String]: String] = [:]

    /// A cell of this many words is quoted alone: it says enough.
    private static let fewestWordsOfCell = 8

    /// No rows.
    ///
    /// - Parameter separator: What a reader sees between two cells of a row; nil where lines that tell rows are quoted.
    init(separatedBy separator: String? = nil) {
        self.separator = separator
    }

    /// The rows of the tables in a Markdown text.
    init(markdown text: String) {
        separator = nil
        for line in text.split(separator: "\n") where line.contains("|") {
            let cells = MarkdownLine.cells(line.trimmingBlanks).map { $0.trimmingBlanks }
            let words = cells.map { MarkdownInline.plainText(of: $0) }
            guard cells.count > 1 else { continue }
            // A row with marks of Markdown in it is quoted as a reader sees it.
            let isBare = words == cells.map { String($0) }
            rows[words.filter { !$0.isEmpty }] =
                isBare ? line.trimmingBlanks.trimming { $0 == "|" || $0 == " " } : words.joined(separator: " | ")
        }
    }

    /// Returns what to quote for a line that tells a row: the row where it is known, or the cells that say enough alone,
    /// a line each; the line itself where neither is there.
    func quotable(_ told: String) -> String {
        let parts = told.split(separator: "; ").map { part in
            part.firstRange(of: ": ").map { part[$0.upperBound...] } ?? part
        }
        let telling = parts.filter { $0.wordCount >= Self.fewestWordsOfCell }
        if !telling.isEmpty { return telling.joined(separator: "\n") }
        let cells = parts.map { String($0) }
        if let row = rows[cells] ?? rows[Self.pair(told)] { return row }
        return separator.map { cells.joined(separator: $0) } ?? told
    }

    /// The cells of a row of two that has no header: `A: 27`.
    private static func pair(_ told: String) -> [String] {
        guard let mark = told.firstRange(of: ": ") else { return [] }
        return [String(told[..<mark.lowerBound]), String(told[mark.upperBound...])]
    }
}

extension ExtractedDocument {
    /// Notes how the rows of the document's tables stand in the file.
    mutating func tellRows(from rows: SourceRows) {
        for case .tableRow(let told) in blocks {
            let source = rows.quotable(told)
            if source != told { sourceTexts[told] = source }
        }
    }
}

extension Substring {
    /// The text without the characters at its ends that a rule names.
    fileprivate func trimming(_ isLeftOut: (Character) -> Bool) -> String {
        var rest = drop(while: isLeftOut)
        while let last = rest.last, isLeftOut(last) { rest.removeLast() }
        return String(rest)
    }
}
