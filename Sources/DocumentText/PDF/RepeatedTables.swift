/// The tables that pages repeat, such as a header with borders.
enum RepeatedTables {
    /// The minimum number of pages of a repeated table.
    private static let minimumPages = 3

    /// The tables of each page, without those that most pages have, except the first of them.
    static func removed(from pages: [[PDFGrid.RuledTable]]) -> [[PDFGrid.RuledTable]] {
        guard pages.count >= minimumPages else { return pages }
        func shape(_ table: PDFGrid.RuledTable) -> String { RunningHeaders.shape(of: table.table.text) }
        var counts: [String: Int] = [:]
        for page in pages {
            for shape in Set(page.map(shape)) { counts[shape, default: 0] += 1 }
        }
        var seen: Set<String> = []
        return pages.map { page in
            page.filter { table in
                let shape = shape(table)
                let count = counts[shape] ?? 0
                let isFirst = seen.insert(shape).inserted
                return isFirst || count < minimumPages || count * 5 < pages.count * 3
            }
        }
    }
}
