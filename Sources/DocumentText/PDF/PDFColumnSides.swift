/// The sides of the text in the columns of a table, which show whether the parts of a wider text are cells.
struct PDFColumnSides {
    private let columns: PDFTableColumns
    private let edges: [PDFFrame.Edge]
    /// The vertical lines of the page.
    private let lines: [PDFRules.Rule]
    /// The text of each column.
    private var texts: [[Range<Double>]]

    /// The maximum distance of sides that are aligned, in type sizes.
    private static let tolerance = 0.35
    /// The minimum gap between cells, in type sizes.
    private static let minimumGap = 0.15
    /// The minimum number of texts of a column whose sides are known.
    private static let minimumTexts = 3
    /// The maximum distance of a gap between cells from the border of their columns, in type sizes.
    private static let maximumDistance = 1.2

    /// Collects the sides of the rows' pieces within one column.
    ///
    /// - Parameters:
    ///   - rows: The rows of the table.
    ///   - columns: Its columns.
    ///   - edges: The horizontal edges in it.
    ///   - lines: The vertical lines of the page.
    init(
        of rows: [PDFPieceRow],
        _ columns: PDFTableColumns,
        edges: [PDFFrame.Edge],
        lines: [PDFRules.Rule]
    ) {
        self.columns = columns
        self.edges = edges
        self.lines = lines
        texts = Array(repeating: [], count: columns.count)
        for piece in rows.lazy.flatMap(\.pieces) {
            let covered = columns.columns(of: piece.line)
            if covered.count == 1 { texts[covered.lowerBound].append(piece.line.x) }
        }
    }

    /// A row whose pieces across several columns are cut between words, if all parts are aligned with their columns.
    func cut(_ row: PDFPieceRow, words: PDFWordBoxes) -> PDFPieceRow {
        guard row.pieces.contains(where: { columns.columns(of: $0.line).count > 1 }) else { return row }
        var cut = row
        cut.pieces = row.pieces.flatMap { piece in
            let covered = columns.columns(of: piece.line)
            guard covered.count > 1, !isNameOfGroup(piece.line), let places = words.words(of: piece.line),
                let cuts = cuts(of: covered, places, piece.line)
            else { return [piece] }
            let parts = PDFPieceRow.parts(of: piece.line, at: cuts, words: places)
            guard parts.count == covered.count,
                zip(parts, covered).allSatisfy({ isAligned($0.x, with: $1, piece.line.size) })
            else { return [piece] }
            return piece.parts(parts)
        }
        return cut
    }

    /// Whether a line below a text, of a part of the table's width, shows that it names a group of columns.
    private func isNameOfGroup(_ line: PDFLine) -> Bool {
        edges.contains { edge in
            edge.y > line.y.middle && edge.y < line.y.upperBound + line.size && !edge.isOfFill
                && edge.x.overlap(line.x) > line.x.length * 0.9 && edge.x.overlap(columns.x) < columns.x.length * 0.9
        }
    }

    /// The words before which the columns of a text begin; nil if one does not begin between words.
    private func cuts(of covered: Range<Int>, _ words: [Range<Double>], _ line: PDFLine) -> [Int]? {
        var cuts: [Int] = []
        let size = line.size
        for column in covered.dropFirst() {
            let border = columns.borders[column - 1]
            // A line between the columns that is not beside the text ends at a cell that covers them.
            let separators = lines.filter { abs($0.position - border) < size * 0.5 }
            guard separators.isEmpty || separators.contains(where: { $0.range.contains(line.y.middle) }) else {
                return nil
            }
            func distance(_ word: Int) -> Double {
                max(0, words[word - 1].upperBound - border, border - words[word].lowerBound)
            }
            // A word at the left side of a column begins it, even if a blank before it is nearer to the border.
            let beginning = words.indices.dropFirst().first {
                isCommon(words[$0].lowerBound, \.lowerBound, of: column, size)
            }
            let nearest = words.indices.dropFirst().filter { distance($0) <= size * Self.maximumDistance }
                .min { distance($0) < distance($1) }
            guard let cut = beginning ?? nearest, cut > cuts.last ?? 0,
                words[cut].lowerBound - words[cut - 1].upperBound >= size * Self.minimumGap
            else { return nil }
            cuts.append(cut)
        }
        return cuts
    }

    /// Whether a text has the left side, the right side or the middle that most texts of a column have.
    private func isAligned(_ x: Range<Double>, with column: Int, _ size: Double) -> Bool {
        isCommon(x.lowerBound, \.lowerBound, of: column, size) || isCommon(x.upperBound, \.upperBound, of: column, size)
            || isCommon(x.middle, \.middle, of: column, size)
    }

    /// Whether most texts of a column have a place, such as their left sides, that is given.
    private func isCommon(_ own: Double, _ place: (Range<Double>) -> Double, of column: Int, _ size: Double) -> Bool {
        let places = texts[column].map(place).sorted()
        guard places.count >= Self.minimumTexts else { return false }
        let usual = places[places.count / 2]
        let near = size * Self.tolerance
        return abs(own - usual) < near && places.count { abs($0 - usual) < near } * 3 >= places.count * 2
    }
}
