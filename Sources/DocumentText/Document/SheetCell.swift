/// A cell of a sheet with the columns that it covers.
struct SheetCell {
    private let column: Int32
    private let width: Int32
    /// The text; nil if the cell is merged with the one above it.
    let text: String?
    let isBold: Bool
    /// How far the text is indented.
    let indentation: UInt8

    /// Creates a cell.
    ///
    /// - Parameters:
    ///   - columns: The columns that it covers.
    ///   - text: Its text; nil if it is merged with the one above it.
    ///   - isBold: Whether all of the text is in bold type.
    ///   - indentation: How far the text is indented.
    init(columns: Range<Int>, text: String? = nil, isBold: Bool = false, indentation: Int = 0) {
        self.indentation = UInt8(clamping: indentation)
        column = Int32(clamping: columns.lowerBound)
        width = Int32(clamping: columns.count)
        self.text = text
        self.isBold = isBold
    }

    /// The columns that the cell covers.
    var columns: Range<Int> { Int(column)..<(Int(column) + Int(width)) }

    /// Whether the text is words instead of a figure.
    var isOfWords: Bool { text.map { !$0.beginsWithFigure } ?? false }

    /// Whether it is one figure that is neither a year nor a date, which may be names of columns.
    var isAmount: Bool {
        text.map { width == 1 && $0.beginsWithFigure && !$0.isYear && !$0.dropFirst().contains("-") } ?? false
    }
}

/// A row of a sheet that has cells.
struct SheetRow {
    /// The row's number, starting at 1; 0 in a file without them.
    var number = 0
    /// How many rows without cells are above it.
    var blanksAbove: Int
    /// The cells with text, and those that are merged with one above, in the order of their columns.
    var cells: [SheetCell]
    /// The columns whose names the file says the row has; nil if it says nothing.
    var namedColumns: Range<Int>?
    /// Whether the row names no columns although it looks like it.
    var isRecord = false

    /// Whether the file says that the cells are names of columns.
    var isHeader: Bool {
        namedColumns.map { columns in cells.count { columns.contains($0.columns.lowerBound) } > 1 } ?? false
    }

    /// Whether it is several cells, all in bold type.
    var isBold: Bool { cells.count > 1 && cells.allSatisfy(\.isBold) }

    /// Whether it is several different words, as names of columns are.
    var mayNameColumns: Bool {
        let names = cells.compactMap(\.text)
        return names.count > 1 && Set(names).count == names.count && cells.allSatisfy(\.isOfWords)
    }

    /// The cells that begin within some columns.
    func cells(in columns: Range<Int>) -> [SheetCell] { cells.filter { columns.contains($0.columns.lowerBound) } }
}
