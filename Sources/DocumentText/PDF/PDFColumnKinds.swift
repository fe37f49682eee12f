/// What the columns of a table hold: words, or figures of some units and sizes.
struct PDFColumnKinds {
    /// The figures of a column.
    private struct Figures {
        var units: Set<String> = []
        var values: ClosedRange<Double>?
    }

    /// The figures of each column, without those of the first one.
    private let columns: [Figures]

    /// The minimum number of columns that tell whether a row is of the same table.
    private static let minimumColumns = 2
    /// The maximum ratio of a figure and those of its column.
    private static let maximumRatio = 4.0

    /// Finds what the columns of a table hold, by the rows below its names that have as many texts as these.
    init(_ rows: [PDFPieceRow]) {
        let count = rows.first?.pieces.count ?? 0
        var columns = [Figures](repeating: Figures(), count: max(0, count - 1))
        for row in rows.dropFirst() where row.pieces.count == count {
            for (column, piece) in row.pieces.dropFirst().enumerated() {
                guard let (value, unit) = Self.figure(in: piece.line.text) else { continue }
                columns[column].units.insert(unit)
                let values = columns[column].values ?? value...value
                columns[column].values = min(values.lowerBound, value)...max(values.upperBound, value)
            }
        }
        self.columns = columns
    }

    /// Whether a row has figures of the same units and about the same size in the columns that have figures, and words in the
    /// others.
    func fit(_ row: PDFPieceRow) -> Bool {
        guard columns.count >= Self.minimumColumns, row.pieces.count == columns.count + 1,
            columns.contains(where: { $0.values != nil })
        else { return false }
        return zip(columns, row.pieces.dropFirst()).allSatisfy { column, piece in
            // A dash stands for no figure.
            guard piece.line.text.contains(where: { $0.isLetter || $0.isNumber }) else { return true }
            guard let values = column.values else { return Self.figure(in: piece.line.text) == nil }
            guard let (value, unit) = Self.figure(in: piece.line.text) else { return false }
            return column.units.contains(unit) && value <= values.upperBound * Self.maximumRatio
                && value * Self.maximumRatio >= values.lowerBound
        }
    }

    /// The number that a text begins with, after signs, and its other letters and signs; nil if it begins with none.
    private static func figure(in text: String) -> (value: Double, unit: String)? {
        guard text.beginsWithFigure else { return nil }
        let number = text.drop { !$0.isASCII || !$0.isNumber }.prefix { $0.isNumber || ".,'".contains($0) }
        let unit = text.filter { !$0.isNumber && !$0.isWhitespace && !".,'-".contains($0) }
        // A comma or a full stop with three digits after it groups thousands.
        var parts = number.split { ".,'".contains($0) }
        guard let last = parts.last else { return nil }
        let decimals = parts.count > 1 && last.count != 3 ? String(parts.removeLast()) : "0"
        return Double(parts.joined() + "." + decimals).map { ($0, unit) }
    }
}
