/// A rectangle of cells of a sheet.
struct SheetRange: Hashable {
    var columns: Range<Int>
    /// Numbers of rows, starting at 1.
    var rows: Range<Int>

    /// Creates a rectangle.
    init(columns: Range<Int>, rows: Range<Int>) {
        self.columns = columns
        self.rows = rows
    }

    /// The rectangle of a reference such as `B3:D4`; nil if it is not one of several cells.
    init?(_ reference: String) {
        let corners = reference.split(separator: ":").map { corner in
            (SheetReader.column(of: String(corner)), Int(corner.drop { !$0.isNumber }))
        }
        guard corners.count == 2, let left = corners[0].0, let right = corners[1].0, let top = corners[0].1,
            let bottom = corners[1].1, left <= right, top <= bottom, bottom < .max, left < right || top < bottom
        else { return nil }
        self.init(columns: left..<(right + 1), rows: top..<(bottom + 1))
    }
}
