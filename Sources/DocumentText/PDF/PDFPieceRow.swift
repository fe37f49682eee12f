/// The text of a page at one height: lines that are split at gaps wider than the usual blanks.
struct PDFPieceRow: Sendable {
    /// A piece of a line.
    struct Piece: Sendable {
        var line: PDFLine
        /// The index of the line that it is a piece of.
        var source: Int
        /// The lines in smaller type below it that belong to it.
        var below: [Piece] = []

        /// The indices of all of its lines.
        var sources: [Int] { [source] + below.map(\.source) }

        /// The piece as parts of its line, of which the first keeps the lines below it.
        func parts(_ lines: [PDFLine]) -> [Piece] {
            lines.enumerated().map { Piece(line: $1, source: source, below: $0 == 0 ? below : []) }
        }
    }

    /// From left to right.
    var pieces: [Piece]
    var y: Range<Double>

    /// The size of most of the type.
    var size: Double { pieces.map(\.line.size).max() ?? 0 }
    /// The height of all pieces, some of which can be lower than the first.
    var height: Range<Double> { pieces.reduce(y) { $0.union($1.line.y) } }
    /// The part of the width with text.
    var x: Range<Double> {
        (pieces.first?.line.x.lowerBound ?? 0)..<(pieces.map(\.line.x.upperBound).max() ?? 0)
    }

    /// The minimum gap between pieces, in type sizes.
    private static let minimumGap = 0.45
    /// The minimum gap between pieces, in usual blanks.
    private static let minimumBlanks = 1.7
    /// The maximum number of words of most names of rows.
    private static let maximumWordsOfName = 4
    /// The minimum gap between amounts, in type sizes.
    private static let minimumBlank = 0.25
    /// The usual blank of a page with few words, in type sizes.
    private static let standardBlank = 0.3

    /// The rows of lines, from top to bottom.
    ///
    /// - Parameters:
    ///   - lines: The lines of a page.
    ///   - words: The boxes of its words; nil if they are unknown.
    /// - Returns: The rows.
    static func rows(of lines: [PDFLine], words: PDFWordBoxes?) -> [PDFPieceRow] {
        let places = lines.map { line in words.flatMap { $0.words(of: line) } }
        let blank = usualBlank(of: zip(lines, places))
        var rows: [PDFPieceRow] = []
        for source in lines.indices.sorted(by: { lines[$0].y.middle < lines[$1].y.middle }) {
            let line = lines[source]
            guard !line.isTurned else { continue }
            let gap = max(minimumGap, blank * minimumBlanks) * line.size
            let pieces = Self.pieces(of: line, words: places[source], gap: gap).map { Piece(line: $0, source: source) }
            if let last = rows.last, last.y.overlap(line.y) > min(last.y.length, line.y.length) * 0.5 {
                rows[rows.count - 1].pieces += pieces
            } else {
                rows.append(PDFPieceRow(pieces: pieces, y: line.y))
            }
        }
        for row in rows.indices {
            rows[row].pieces.sort { $0.line.x.lowerBound < $1.line.x.lowerBound }
        }
        return rows
    }

    /// The row's pieces within a part of the width; nil if there are none.
    func within(_ x: Range<Double>) -> PDFPieceRow? {
        var row = self
        row.pieces.removeAll { !x.contains($0.line.x.middle) }
        return row.pieces.isEmpty ? nil : row
    }

    /// Whether the first of several pieces of a row is a short name in most rows.
    static func areNamed(_ rows: [PDFPieceRow]) -> Bool {
        let names = rows.lazy.filter { $0.pieces.count > 1 }.map(\.pieces[0].line.text)
        let short = names.count { $0.wordCount <= maximumWordsOfName && $0.first?.isLowercase == false }
        return short * 5 >= names.count * 4
    }

    /// The usual blank between words, in type sizes: the median of running text, or what most words of a page of few
    /// words are apart at least.
    private static func usualBlank(of lines: some Sequence<(PDFLine, [Range<Double>]?)>) -> Double {
        var blanks: [Double] = []
        var blanksOfText: [Double] = []
        for (line, words) in lines {
            guard let words else { continue }
            let own = zip(words, words.dropFirst()).map { ($1.lowerBound - $0.upperBound) / line.size }
            blanks += own
            if words.count > 3 { blanksOfText += own }
        }
        let isText = blanksOfText.count > 20
        guard isText || blanks.count > 3 else { return standardBlank }
        let blank = isText ? blanksOfText.sorted()[blanksOfText.count / 2] : blanks.sorted()[blanks.count / 4]
        return min(max(blank, 0.1), 0.7)
    }

    private static func pieces(of line: PDFLine, words: [Range<Double>]?, gap: Double) -> [PDFLine] {
        guard let words else { return [line] }
        // The text of a line can begin and end with wide blanks.
        var line = line
        line.x = line.x.narrowed(to: words, size: line.size)
        guard words.count > 1 else { return [line] }
        let texts = line.text.split { $0.isASCII && $0.isWhitespace }
        guard texts.count == words.count else { return [line] }
        let cuts = words.indices.dropFirst().filter { word in
            let blank = words[word].lowerBound - words[word - 1].upperBound
            return (blank >= gap || blank >= minimumBlank * line.size && areAmounts(texts[word - 1], texts[word]))
                && !(word == 1 && (line.isNumbered || OutlineNumber.isLabel(texts[0], of: texts[1])))
        }
        return parts(of: line, at: cuts, words: words)
    }

    /// Whether words are two amounts, such as `1,250.00`, which are cells even with a narrow gap between them.
    private static func areAmounts(_ left: some StringProtocol, _ right: some StringProtocol) -> Bool {
        func isAmount(_ word: some StringProtocol) -> Bool {
            word.count > 3 && word.last?.isNumber == true && word.contains { ".,".contains($0) }
                && word.allSatisfy { $0.isNumber || ".,".contains($0) }
        }
        return isAmount(left) && isAmount(right)
    }

    /// The parts of a line that begin at words.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - cuts: The numbers of the words at which parts begin, but for the first part.
    ///   - words: The places of the line's words.
    /// - Returns: The parts; the whole line if the words are not those of its text.
    static func parts(of line: PDFLine, at cuts: [Int], words: [Range<Double>]) -> [PDFLine] {
        let texts = line.text.split { $0.isASCII && $0.isWhitespace }
        guard !cuts.isEmpty, texts.count == words.count else { return [line] }
        return zip([0] + cuts, cuts + [words.count]).map { start, end in
            var part = line
            part.text = texts[start..<end].joined(separator: " ")
            part.x = words[start].lowerBound..<max(words[start].lowerBound, words[end - 1].upperBound)
            return part
        }
    }
}
