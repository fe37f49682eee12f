/// The merged cells of a sheet, and those of them that cover the current row.
struct SheetMerges {
    /// A rectangle of merged cells; only the first of them has text.
    struct Merge: Hashable {
        var columns: Range<Int>
        /// Numbers of rows, starting at 1.
        var rows: Range<Int>
    }

    /// In the order of their first rows, and then of their first columns.
    private let all: [Merge]
    private var next = 0
    /// Those that cover the current row, in the order of their first columns.
    private(set) var current: [Merge] = []

    /// The maximum number of merges of a sheet; others are read as cells.
    private static let maximumMerges = 100_000
    /// The maximum number of merges that cover a row.
    private static let maximumCurrent = 256

    /// Finds the merges of `xl/worksheets/sheet1.xml`, whose element is after the rows.
    init(of xml: [UInt8]) {
        guard let start = FileBytes.firstIndex(of: Array("mergeCells".utf8), in: xml) else {
            all = []
            return
        }
        var tokens = MarkupTokenizer(Array(xml[start...]))
        var merges: [Merge] = []
        while merges.count < Self.maximumMerges, let token = tokens.next() {
            guard case .start(let name, let attributes, _) = token else { continue }
            guard name.split(separator: ":").last == "mergeCell" else { break }
            if let merge = attributes["ref"].flatMap({ Self.merge(of: $0) }) { merges.append(merge) }
        }
        all = merges.sorted {
            ($0.rows.lowerBound, $0.columns.lowerBound) < ($1.rows.lowerBound, $1.columns.lowerBound)
        }
    }

    /// Enters a row, whose number is greater than that of the row before.
    mutating func enter(row: Int) {
        current.removeAll { $0.rows.upperBound <= row }
        let count = current.count
        while next < all.count, all[next].rows.lowerBound <= row {
            if all[next].rows.contains(row), current.count < Self.maximumCurrent { current.append(all[next]) }
            next += 1
        }
        if current.count > count { current.sort { $0.columns.lowerBound < $1.columns.lowerBound } }
    }

    /// The rectangle of a range such as `B3:D4`; nil if it is not one of several cells.
    private static func merge(of range: String) -> Merge? {
        let corners = range.split(separator: ":").map { corner in
            (SheetReader.column(of: String(corner)), Int(corner.drop { !$0.isNumber }))
        }
        guard corners.count == 2, let left = corners[0].0, let right = corners[1].0, let top = corners[0].1,
            let bottom = corners[1].1, left <= right, top <= bottom, bottom < .max, left < right || top < bottom
        else { return nil }
        return Merge(columns: left..<(right + 1), rows: top..<(bottom + 1))
    }
}
