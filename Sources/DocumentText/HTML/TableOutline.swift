/// What is known about a table of a web page at its end, which tells whether it is for layout.
struct TableOutline {
    let number: Int
    /// Whether it is said to be for layout.
    var isNamedLayout = false
    private(set) var hasHeader = false
    private var rows = 0
    private var cells = 0
    private var widthOfFirstRow = 0
    private var hasEqualRows = true
    private var headings = 0
    private var hasLaterHeading = false
    private var hasNestedTable = false
    private var hasNestedTableInFirstRow = false
    /// The size of the text of the current cell, and of the longest one, in bytes.
    private var size = 0
    private var longest = 0
    private var longestInFirstColumn = 0
    private var hasEmptyFirstCell = false

    /// The maximum size of a cell of a table with headings or nested tables that is no layout, in bytes.
    private static let maximumCellBytes = 600
    /// The maximum size of a cell that names a row or a column of such a table, in bytes.
    private static let maximumNameBytes = 80

    /// Creates the outline of a table that has just begun.
    init(number: Int) {
        self.number = number
    }

    /// Whether the table is for layout: it has headings or tables in its cells, which are no rows with names.
    var isLayout: Bool {
        if isNamedLayout { return true }
        var whole = self
        whole.endRow()
        let isRegular = rows > 1 && widthOfFirstRow > 1 && whole.hasEqualRows && whole.longest <= Self.maximumCellBytes
        if headings > 0, !isRegular || hasLaterHeading || headings < 2 { return true }
        guard hasNestedTable else { return false }
        let hasNames = whole.longestInFirstColumn <= Self.maximumNameBytes && !whole.hasEmptyFirstCell
        return !isRegular || rows < 3 || hasNestedTableInFirstRow || !hasNames
    }

    /// Records the start of a row.
    mutating func beginRow() {
        endRow()
        rows += 1
    }

    /// Records the start of a cell.
    mutating func beginCell(isHeader: Bool, width: Int) {
        endCell()
        if rows == 0 { rows = 1 }
        cells += min(max(width, 1), TableBuilder.maximumCellColumns)
        if isHeader { hasHeader = true }
    }

    /// Records text in the table or in one that is nested in it.
    mutating func add(_ text: String) {
        // Blanks are no text.
        if size > 0 || text.contains(where: { !$0.isWhitespace }) { size += text.utf8.count }
    }

    /// Records a heading.
    mutating func addHeading() {
        guard !hasHeader else { return }
        headings += 1
        if rows > 1 { hasLaterHeading = true }
    }

    /// Records a table in a cell.
    mutating func addNestedTable() {
        guard !hasHeader else { return }
        hasNestedTable = true
        if rows <= 1 { hasNestedTableInFirstRow = true }
    }

    private mutating func endCell() {
        guard cells > 0 else { return }
        longest = max(longest, size)
        if cells == 1 {
            longestInFirstColumn = max(longestInFirstColumn, size)
            if size == 0 { hasEmptyFirstCell = true }
        }
        size = 0
    }

    private mutating func endRow() {
        guard rows > 0 else { return }
        endCell()
        if rows == 1 { widthOfFirstRow = cells } else if cells != widthOfFirstRow { hasEqualRows = false }
        cells = 0
    }
}
