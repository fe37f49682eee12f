/// The merged cells of a sheet, and those of them that cover the current row.
struct SheetMerges {
    /// A rectangle of merged cells that covers the current row; only the first of them has text.
    struct Current {
        fileprivate let merge: SheetRange
        /// The columns from the first visible one to the last; empty if all are hidden.
        let columns: Range<Int>
        /// The text of the first cell, which may be in a hidden row or column; nil if it has none.
        fileprivate(set) var text: String?
        fileprivate(set) var isBold = false
        /// Whether the text is in a row so far.
        var isShown = false
    }

    /// In the order of their first rows, and then of their first columns.
    private let all: [SheetRange]
    private var next = 0
    /// Those that cover the current row, in the order of their first columns.
    var current: [Current] = []
    private var row = 0
    private let isHidden: [Bool]

    /// The maximum number of merges of a sheet; others are read as cells.
    private static let maximumMerges = 100_000
    /// The maximum number of merges that cover a row.
    private static let maximumCurrent = 256

    /// Finds the merges of `xl/worksheets/sheet1.xml`, whose element is after the rows.
    ///
    /// - Parameters:
    ///   - xml: The sheet.
    ///   - isHidden: Whether each of the first columns is hidden.
    init(of xml: [UInt8], isHidden: [Bool] = []) {
        self.isHidden = isHidden
        guard let start = FileBytes.firstIndex(of: Array("mergeCells".utf8), in: xml) else {
            all = []
            return
        }
        var tokens = MarkupTokenizer(Array(xml[start...]))
        var merges: [SheetRange] = []
        while merges.count < Self.maximumMerges, let token = tokens.next() {
            guard case .start(let name, let attributes, _) = token else { continue }
            guard name.split(separator: ":").last == "mergeCell" else { break }
            if let merge = attributes["ref"].flatMap({ SheetRange($0) }) { merges.append(merge) }
        }
        all = merges.sorted {
            ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
        }
    }

    /// Enters a row, whose number is greater than that of the row before.
    mutating func enter(row: Int) {
        self.row = row
        current.removeAll { $0.merge.rows.upperBound <= row }
        let count = current.count
        while next < all.count, all[next].rows.lowerBound <= row {
            if all[next].rows.contains(row), current.count < Self.maximumCurrent {
                current.append(Current(merge: all[next], columns: visible(all[next].columns)))
            }
            next += 1
        }
        if current.count > count { current.sort { $0.merge.columns.lowerBound < $1.merge.columns.lowerBound } }
    }

    /// The merge whose first cell is in a column of the current row.
    func first(in column: Int) -> Int? {
        current.firstIndex { $0.merge.columns.lowerBound == column && $0.merge.rows.lowerBound == row }
    }

    /// Sets the text of a merge.
    mutating func setText(_ text: String, isBold: Bool, of index: Int) {
        current[index].text = text
        current[index].isBold = isBold
    }

    private func visible(_ columns: Range<Int>) -> Range<Int> {
        func isVisible(_ column: Int) -> Bool { !isHidden.indices.contains(column) || !isHidden[column] }
        guard let first = columns.first(where: isVisible), let last = columns.last(where: isVisible) else {
            return columns.lowerBound..<columns.lowerBound
        }
        return first..<(last + 1)
    }
}
