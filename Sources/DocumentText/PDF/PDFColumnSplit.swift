/// The parts of a page with tables beside other tables or beside running text: what is above, left, right and below.
struct PDFColumnSplit {
    /// The blocks and the tables of a part.
    struct Side: Sendable {
        var blocks: [PDFBlock] = []
        var tables: [PDFGrid.RuledTable] = []
        /// Whether the part is beside another one.
        var isColumn = false

        /// Whether there is a text of several full lines.
        var hasText: Bool { blocks.contains { $0.lines.count >= 3 && $0.wordCount >= 15 } }
    }

    /// A block or a table.
    private struct Item {
        var block: PDFBlock?
        var table: PDFGrid.RuledTable?
        var x: Range<Double>
        var y: Range<Double>
    }

    /// The parts, in the order in which they are read.
    let sides: [Side]

    /// The minimum width of a gutter.
    private static let minimumGutter = 10.0
    /// The maximum overlap of separate heights.
    private static let grain = 2.0

    /// Splits a page at the gutter beside its first table that has a table or text beside it; nil if there is none.
    init?(_ blocks: [PDFBlock], _ tables: [PDFGrid.RuledTable]) {
        let items =
            blocks.map { Item(block: $0, x: $0.x, y: $0.y) } + tables.map { Item(table: $0, x: $0.x, y: $0.y) }
        let bands = Self.bands(of: items)
        for (number, band) in bands.enumerated() where band.count > 1 {
            for table in band where table.table != nil {
                for gutter in Self.gutters(beside: table.x, band) {
                    guard let sides = Self.sides(of: bands, at: number, gutter) else { continue }
                    self.sides = sides
                    return
                }
            }
        }
        return nil
    }

    /// The items between heights that no item crosses, from top to bottom.
    private static func bands(of items: [Item]) -> [[Item]] {
        var bands: [(items: [Item], end: Double)] = []
        for item in items.sorted(by: { $0.y.lowerBound < $1.y.lowerBound }) {
            if let last = bands.last, item.y.lowerBound < last.end - grain {
                bands[bands.count - 1].items.append(item)
                bands[bands.count - 1].end = max(last.end, item.y.upperBound)
            } else {
                bands.append(([item], item.y.upperBound))
            }
        }
        return bands.map(\.items)
    }

    /// The widths without text at the sides of a table.
    private static func gutters(beside table: Range<Double>, _ band: [Item]) -> [Range<Double>] {
        let clusters = PDFBand.clusters(of: band.map(\.x))
        return zip(clusters, clusters.dropFirst()).filter { $0.overlap(table) > 0 || $1.overlap(table) > 0 }
            .map { $0.upperBound..<$1.lowerBound }
    }

    /// The parts around a gutter, which reaches up and down to the first item in it; nil if a side has no column.
    private static func sides(of bands: [[Item]], at number: Int, _ gutter: Range<Double>) -> [Side]? {
        var free = gutter
        guard free.length >= minimumGutter else { return nil }
        func extends(over band: [Item]) -> Bool {
            var rest = free
            for item in band where item.x.overlap(rest) > 0 {
                let (start, end) = (item.x.lowerBound, item.x.upperBound)
                let left = rest.lowerBound..<max(rest.lowerBound, start)
                let right = min(rest.upperBound, end)..<rest.upperBound
                rest = left.length > right.length ? left : right
            }
            guard rest.length >= minimumGutter else { return false }
            free = rest
            return true
        }
        var region = number..<(number + 1)
        while region.lowerBound > 0, extends(over: bands[region.lowerBound - 1]) {
            region = (region.lowerBound - 1)..<region.upperBound
        }
        while region.upperBound < bands.count, extends(over: bands[region.upperBound]) {
            region = region.lowerBound..<(region.upperBound + 1)
        }
        func isLeft(_ item: Item) -> Bool { item.x.middle < free.middle }
        let whole = bands[region].flatMap(\.self)
        let (left, right) = (side(of: whole.filter(isLeft)), side(of: whole.filter { !isLeft($0) }))
        let areTables = !left.tables.isEmpty && !right.tables.isEmpty
        let areColumns =
            left.hasText && (right.hasText || !right.tables.isEmpty) || right.hasText && !left.tables.isEmpty
        // Figures to the right are those of rows that begin to the left.
        guard areTables || areColumns, right.tables.allSatisfy(\.hasNames) else { return nil }
        // What is beside nothing at the ends is above or below the columns.
        func isOutside(_ band: [Item], isTop: Bool) -> Bool {
            let areLeft = band.count(where: isLeft)
            return areColumns ? areLeft == (isTop ? band.count : 0) : areLeft == 0 || areLeft == band.count
        }
        while isOutside(bands[region.lowerBound], isTop: true) { region = (region.lowerBound + 1)..<region.upperBound }
        while isOutside(bands[region.upperBound - 1], isTop: false) {
            region = region.lowerBound..<(region.upperBound - 1)
        }
        let columns = bands[region].flatMap(\.self)
        return [
            side(of: bands[..<region.lowerBound].flatMap(\.self)),
            side(of: columns.filter(isLeft), isColumn: true),
            side(of: columns.filter { !isLeft($0) }, isColumn: true),
            side(of: bands[region.upperBound...].flatMap(\.self)),
        ]
    }

    private static func side(of items: [Item], isColumn: Bool = false) -> Side {
        Side(blocks: items.compactMap(\.block), tables: items.compactMap(\.table), isColumn: isColumn)
    }
}
