/// Finds the gaps between the columns of a table where they are as narrow as blanks, as in the print of a spreadsheet: a
/// blank of the header that is below it in all rows.
struct PDFNarrowGaps {
    /// A word of a row.
    private struct Word {
        var x: Range<Double>
        var text: Substring
        /// The number of its piece in the row.
        var piece: Int

        /// Whether it can begin the name of a column.
        var beginsName: Bool { text.first.map { $0.isUppercase || $0.isNumber || !$0.isCased } ?? false }
    }

    private let words: PDFWordBoxes

    /// The minimum number of rows, the header included.
    private static let minimumRows = 4
    /// The minimum width that all rows leave free, and the maximum distance of aligned sides, in type sizes.
    private static let minimumWidth = 0.08
    private static let tolerance = 0.15
    /// The maximum number of words of a header.
    private static let maximumWords = 60
    /// The minimum number of columns of a table whose header is cut.
    private static let minimumColumns = 3

    init(_ words: PDFWordBoxes) { self.words = words }

    /// Rows, the first of which is a header, with their pieces cut at the gaps, and the places of the gaps.
    func cut(_ rows: [PDFPieceRow]) -> (rows: [PDFPieceRow], gaps: [Double]) {
        guard rows.count >= Self.minimumRows, let header = rows.first.flatMap({ words(of: $0) }),
            header.count <= Self.maximumWords
        else { return (rows, []) }
        let body = rows.dropFirst().compactMap { words(of: $0) }
        guard body.count == rows.count - 1 else { return (rows, []) }
        let gaps = zip(header, header.dropFirst()).compactMap { left, right in
            right.beginsName ? gap(between: left.x, right.x, in: body, rows[0].size) : nil
        }
        guard !gaps.isEmpty else { return (rows, []) }
        let cut = rows.map { row in
            var cut = row
            cut.pieces = row.pieces.flatMap { piece in
                guard let places = words.words(of: piece.line) else { return [piece] }
                let cuts = places.indices.dropFirst().filter { word in
                    gaps.contains { places[word - 1].upperBound <= $0 && places[word].lowerBound >= $0 }
                }
                return piece.parts(PDFPieceRow.parts(of: piece.line, at: cuts, words: places))
            }
            return cut
        }
        return (cut, gaps)
    }

    /// The middle of a blank of the header that no row has text in, and beside which most rows have two words of one piece that
    /// are aligned with each other and with the name.
    private func gap(
        between left: Range<Double>,
        _ right: Range<Double>,
        in body: [[Word]],
        _ size: Double
    ) -> Double? {
        let blank = left.upperBound..<max(left.upperBound, right.lowerBound)
        // The names are above the left or the right sides of their columns.
        return gap(in: blank, at: blank.upperBound, after: left, of: body, size)
            ?? gap(in: blank, at: blank.lowerBound, after: left, of: body, size)
    }

    private func gap(
        in blank: Range<Double>,
        at place: Double,
        after name: Range<Double>,
        of body: [[Word]],
        _ size: Double
    ) -> Double? {
        var free = blank
        // The rows with the digits of one number beside it, which is not below the name before it.
        var numbers = 0
        // The sides of the words beside it.
        var (lefts, rights) = ([blank.lowerBound], [blank.upperBound])
        var (leftTexts, rightTexts): (Set<Substring>, Set<Substring>) = ([], [])
        for row in body {
            let next = row.firstIndex { $0.x.middle > place } ?? row.count
            let start = max(free.lowerBound, next > 0 ? row[next - 1].x.upperBound : free.lowerBound)
            let end = min(free.upperBound, next < row.count ? row[next].x.lowerBound : free.upperBound)
            guard end - start >= size * Self.minimumWidth else { return nil }
            free = start..<end
            guard next > 0, next < row.count, row[next - 1].piece == row[next].piece else { continue }
            lefts.append(row[next - 1].x.upperBound)
            rights.append(row[next].x.lowerBound)
            if row[next - 1].text.isGroupOfDigits(before: row[next].text), row[next - 1].x.overlap(name) == 0 {
                numbers += 1
            }
            leftTexts.insert(row[next - 1].text)
            rightTexts.insert(row[next].text)
        }
        func areAligned(_ sides: [Double]) -> Bool {
            (sides.max() ?? 0) - (sides.min() ?? 0) <= size * Self.tolerance
        }
        // The same word in all rows is part of their texts, such as a unit.
        guard (lefts.count - 1) * 2 > body.count, numbers < lefts.count - 1, leftTexts.count > 1, rightTexts.count > 1,
            areAligned(lefts) || areAligned(rights)
        else { return nil }
        return free.middle
    }

    /// The header above rows of figures, cut into the names of the columns.
    ///
    /// - Parameters:
    ///   - row: The row above.
    ///   - rows: The rows.
    ///   - columns: Their columns.
    /// - Returns: The header; nil if the row above is none.
    func header(_ row: PDFPieceRow, above rows: [PDFPieceRow], _ columns: PDFTableColumns) -> PDFPieceRow? {
        guard columns.count >= Self.minimumColumns, rows.count >= Self.minimumColumns,
            row.pieces.count <= columns.count, let words = words(of: row),
            (columns.count...Self.maximumWords).contains(words.count)
        else { return nil }
        let pitches = zip(rows, rows.dropFirst()).map { $1.y.middle - $0.y.middle }.sorted()
        let (pitch, distance) = (pitches[pitches.count / 2], rows[0].y.middle - row.y.middle)
        guard abs(distance - pitch) < pitch * Self.tolerance, abs(row.size - rows[0].size) < row.size * 0.1,
            Self.areFigures(rows[0]), let texts = Self.texts(of: rows, columns),
            let starts = Self.starts(of: texts, in: words, row.size * Self.tolerance)
        else { return nil }
        var header = row
        header.pieces = zip(starts, starts.dropFirst() + [words.count]).map { start, end in
            var line = row.pieces[words[start].piece].line
            line.text = words[start..<end].map { String($0.text) }.joined(separator: " ")
            line.x = words[start].x.lowerBound..<words[end - 1].x.upperBound
            return PDFPieceRow.Piece(line: line, source: row.pieces[words[start].piece].source)
        }
        return header
    }

    /// The words with which the names begin, so that each name is above the text of its column alone; of several ways, the one
    /// with the widest blanks between the names; nil if there is none.
    private static func starts(of texts: [Range<Double>], in words: [Word], _ near: Double) -> [Int]? {
        func isAbove(_ column: Int, _ start: Int, _ end: Int) -> Bool {
            let x = (words[start].x.lowerBound - near)..<(words[end - 1].x.upperBound + near)
            return words[start].beginsName
                && texts.indices.allSatisfy { other in
                    let overlap = x.overlap(texts[other])
                    return other == column ? overlap > 0 : overlap <= near * 2
                }
        }
        /// The best ways by the number of words that the names so far have.
        var ways: [Int: (starts: [Int], blanks: Double)] = [0: ([], 0)]
        for column in texts.indices {
            var longer: [Int: (starts: [Int], blanks: Double)] = [:]
            for (start, way) in ways where start < words.count {
                let blank = start > 0 ? words[start].x.lowerBound - words[start - 1].x.upperBound : 0
                for end in (start + 1)...words.count where isAbove(column, start, end) {
                    let blanks = way.blanks + blank
                    if blanks > longer[end]?.blanks ?? -.infinity { longer[end] = (way.starts + [start], blanks) }
                }
            }
            ways = longer
        }
        return ways[words.count]?.starts
    }

    /// The part of the width with the text of each column; nil if a column has none of its own.
    private static func texts(of rows: [PDFPieceRow], _ columns: PDFTableColumns) -> [Range<Double>]? {
        var texts = [Range<Double>?](repeating: nil, count: columns.count)
        for piece in rows.lazy.flatMap(\.pieces) {
            let covered = columns.columns(of: piece.line)
            guard covered.count == 1 else { return nil }
            texts[covered.lowerBound] = texts[covered.lowerBound].map { $0.union(piece.line.x) } ?? piece.line.x
        }
        let known = texts.compactMap(\.self)
        return known.count == columns.count ? known : nil
    }

    /// Whether most cells of a row but the first are figures.
    private static func areFigures(_ row: PDFPieceRow) -> Bool {
        row.pieces.count { $0.line.text.beginsWithFigure } * 2 > row.pieces.count
    }

    /// The words of a row, from left to right; nil if the places of some are unknown.
    private func words(of row: PDFPieceRow) -> [Word]? {
        var all: [Word] = []
        for (number, piece) in row.pieces.enumerated() {
            let texts = piece.line.text.split { $0.isASCII && $0.isWhitespace }
            guard let places = words.words(of: piece.line), places.count == texts.count else { return nil }
            all += zip(places, texts).map { Word(x: $0, text: $1, piece: number) }
        }
        return all
    }
}

extension Substring {
    /// Whether the text can be the first digits of a number whose next three digits another one begins with.
    fileprivate func isGroupOfDigits(before other: Substring) -> Bool {
        let digits = reversed().prefix { $0.isNumber }.count
        return (1...3).contains(digits) && dropLast(digits).allSatisfy { !$0.isLetter && !$0.isNumber }
            && other.prefix { $0.isNumber }.count == 3
    }
}
