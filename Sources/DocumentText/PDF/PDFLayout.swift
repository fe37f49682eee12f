/// Finds the columns and the tables of a page, and the order in which its blocks are read.
enum PDFLayout {
    /// A part of a page.
    enum Part: Sendable {
        case text(PDFBlock)
        case table(PDFTable)
    }

    /// The maximum depth of nested columns.
    private static let maximumDepth = 3

    /// The parts of a page with tables, in reading order.
    static func parts(of blocks: [PDFBlock], and tables: [PDFGrid.RuledTable], depth: Int = 0) -> [Part] {
        if !tables.isEmpty, depth < maximumDepth, let split = PDFColumnSplit(blocks, tables) {
            return split.sides.flatMap { side in
                Self.parts(of: side.blocks, and: side.tables, depth: depth + (side.isColumn ? 1 : 0))
            }
        }
        var rest = blocks
        var parts: [Part] = []
        for table in tables {
            parts += self.parts(of: rest.filter { $0.y.middle < table.y.lowerBound })
            rest.removeAll { $0.y.middle < table.y.lowerBound }
            parts.append(.table(table.table))
        }
        return parts + self.parts(of: rest)
    }

    /// The parts of a page, in reading order.
    static func parts(of blocks: [PDFBlock], depth: Int = 0) -> [Part] {
        let bands = PDFBand.bands(of: blocks)
        var parts: [Part] = []
        var position = 0
        while position < bands.count {
            guard bands[position].clusters.count > 1, depth < maximumDepth else {
                parts += bands[position].blocks.sorted { $0.y.lowerBound < $1.y.lowerBound }.map { .text($0) }
                position += 1
                continue
            }
            let zone = PDFZone(bands[position...])
            position += zone.bands.count
            parts += zone.areColumnsOfText ? columns(of: zone, depth) : table(of: zone, depth)
        }
        return parts
    }

    private static func columns(of zone: PDFZone, _ depth: Int) -> [Part] {
        zone.columns.indices.flatMap { column in
            parts(
                of: zone.bands.flatMap(\.blocks).filter { zone.columns(of: $0).lowerBound == column },
                depth: depth + 1
            )
        }
    }

    private static func table(of zone: PDFZone, _ depth: Int) -> [Part] {
        if let cards = PDFTable.cards(of: zone.bands.flatMap(PDFTable.lineRows)) { return cards.map { .table($0) } }
        let table = PDFTable(zone)
        return table.isOfTexts ? columns(of: zone, depth) : [.table(table)]
    }
}

/// A band: blocks side by side, between heights that no block crosses.
struct PDFBand: Sendable {
    var blocks: [PDFBlock]
    var y: Range<Double>
    /// The parts of the width with text, from left to right.
    let clusters: [Range<Double>]

    /// The maximum overlap of separate heights.
    private static let grain = 2.0

    /// The bands of blocks, from top to bottom.
    static func bands(of blocks: [PDFBlock]) -> [PDFBand] {
        var groups: [(blocks: [PDFBlock], y: Range<Double>)] = []
        for block in blocks.sorted(by: { $0.y.lowerBound < $1.y.lowerBound }) {
            if let last = groups.last, block.y.lowerBound < last.y.upperBound - grain {
                groups[groups.count - 1].blocks.append(block)
                groups[groups.count - 1].y = last.y.union(block.y)
            } else {
                groups.append(([block], block.y))
            }
        }
        return groups.map { PDFBand(blocks: $0.blocks, y: $0.y, clusters: clusters(of: $0.blocks.map(\.x))) }
    }

    /// The distance of the rows, if the band is rows of one line each; otherwise nil.
    var rowGap: Double? {
        guard let first = blocks.first, first.lines.count > 1, blocks.count > 1 else { return nil }
        let isEven = blocks.allSatisfy { block in
            block.lines.count == first.lines.count
                && zip(block.lines, first.lines).allSatisfy { $0.y.overlap($1.y) > $0.y.length * 0.5 }
        }
        let goingOn = blocks.flatMap { $0.lines.dropFirst() }.count { $0.text.first?.isLowercase == true }
        guard isEven, goingOn * 3 < blocks.count * first.lines.count else { return nil }
        let gaps = zip(first.lines, first.lines.dropFirst()).map { max(0, $1.y.lowerBound - $0.y.upperBound) }
        return gaps.sorted()[gaps.count / 2]
    }

    /// The ranges, merged where they overlap.
    static func clusters(of stretches: [Range<Double>]) -> [Range<Double>] {
        var clusters: [Range<Double>] = []
        for stretch in stretches.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = clusters.last, stretch.lowerBound < last.upperBound + grain {
                clusters[clusters.count - 1] = last.union(stretch)
            } else {
                clusters.append(stretch)
            }
        }
        return clusters
    }
}

/// A zone: adjacent bands with the same columns.
struct PDFZone: Sendable {
    private(set) var bands: [PDFBand]
    /// The columns, from left to right.
    private(set) var columns: [Range<Double>] = []

    /// Creates the zone of the first band, and the following ones with its columns.
    init(_ bands: ArraySlice<PDFBand>) {
        self.bands = Array(bands.prefix(1))
        var gutters = Self.gutters(of: self.bands[0].clusters)
        var gaps: [Double] = []
        for band in bands.dropFirst() {
            guard let last = self.bands.last else { break }
            let size = last.blocks.map(\.size).max() ?? 0
            let gap = band.y.lowerBound - last.y.upperBound
            let usualGap = gaps.sorted().dropFirst(gaps.count / 2).first ?? size * 2
            guard
                gap <= max(usualGap * 1.9, size * (gaps.isEmpty ? 2.5 : 1.5))
                    || Self.isText(band, in: gutters, gap, size)
            else { break }
            // A table with close rows ends at a wider distance.
            if let rowGap = last.rowGap, gap > rowGap * 1.9 + 1, band.rowGap != nil { break }
            let free = gutters.map { Self.free($0, of: band.clusters, atLeast: size * 0.5) }
            let left = free.compactMap(\.self)
            guard !left.isEmpty, band.clusters.count > 1 || left.count == gutters.count else { break }
            // A single block belongs to the columns only if it is similar to theirs.
            if band.clusters.count == 1, Self.isApart(band, from: self.bands, gap, usualGap) { break }
            // A cell that covers several columns does not change their gutters.
            gutters = zip(gutters, free).map { $1 ?? $0 }
            // A header of several columns does not hide them.
            let finer = Self.gutters(of: band.clusters).compactMap { gutter in
                Self.free(gutter, of: self.bands.flatMap(\.clusters), atLeast: size * 0.5)
            }
            if finer.count > left.count { gutters = finer }
            gaps.append(max(gap, 0))
            self.bands.append(band)
        }
        // A single block at the end follows the zone.
        while self.bands.count > 1, let last = self.bands.last, last.clusters.count == 1, !areTextSoFar {
            self.bands.removeLast()
        }
        columns = Self.columns(of: self.bands)
    }

    private var areTextSoFar: Bool {
        var zone = self
        zone.columns = Self.columns(of: bands)
        return zone.areColumnsOfText
    }

    /// The columns that a block is in.
    func columns(of block: PDFBlock) -> Range<Int> {
        let touched = columns.indices.filter {
            columns[$0].overlap(block.x) > min(block.x.length, columns[$0].length) * 0.1
        }
        if let first = touched.first, let last = touched.last { return first..<(last + 1) }
        let nearest = columns.indices.min {
            abs(columns[$0].middle - block.x.middle) < abs(columns[$1].middle - block.x.middle)
        }
        return (nearest ?? 0)..<((nearest ?? 0) + 1)
    }

    /// Whether each column is continuous text, and not the cells of a table.
    var areColumnsOfText: Bool {
        guard (2...3).contains(columns.count) else { return false }
        let blocks = bands.flatMap(\.blocks)
        let byColumn = columns.indices.map { column in blocks.filter { columns(of: $0) == column..<(column + 1) } }
        if byColumn.allSatisfy({ Self.isList($0) }) || Self.areOffset(byColumn) { return true }
        return zip(columns, byColumn).allSatisfy { Self.isText($1, width: $0.length) } && !looksLikeCells
    }

    /// The minimum number of blocks of columns whose heights differ.
    private static let minimumBlocks = 3
    /// The maximum distance of the same heights, in type sizes.
    private static let maximumOffset = 0.3

    /// Whether the blocks of two columns are at heights of their own: few begin, end and have their middles where one of
    /// the other column does, as cells do.
    private static func areOffset(_ columns: [[PDFBlock]]) -> Bool {
        guard columns.count == 2 else { return false }
        let isLeft = columns[0].count < columns[1].count
        let (few, many) = isLeft ? (columns[0], columns[1]) : (columns[1], columns[0])
        guard few.count >= minimumBlocks else { return false }
        func heights(_ block: PDFBlock) -> [Double] {
            [block.lines[0].y.middle, block.lines[block.lines.count - 1].y.middle, block.y.middle]
        }
        let others = [0, 1, 2].map { place in many.map { heights($0)[place] }.sorted() }
        let beside = few.count { block in
            zip(heights(block), others).contains { height, others in
                isNear(height, to: others, within: block.size * maximumOffset)
            }
        }
        return beside * 2 <= few.count
    }

    /// Whether one of sorted heights is near to a height.
    private static func isNear(_ height: Double, to others: [Double], within distance: Double) -> Bool {
        var (low, high) = (0, others.count)
        while low < high {
            let middle = (low + high) / 2
            if others[middle] < height - distance { low = middle + 1 } else { high = middle }
        }
        return low < others.count && others[low] <= height + distance
    }

    /// Whether most lines of a column are items of a list.
    private static func isList(_ blocks: [PDFBlock]) -> Bool {
        let lines = blocks.flatMap(\.lines)
        return lines.count > 2 && lines.count { LayoutLine($0.text[...]).listItem != nil } * 2 >= lines.count
    }

    /// Whether a column is running text: long blocks of full lines, most of which continue a sentence.
    private static func isText(_ blocks: [PDFBlock], width: Double) -> Bool {
        let lines = blocks.flatMap(\.lines)
        let words = blocks.reduce(0) { $0 + $1.wordCount }
        let letters = blocks.reduce(0) { $0 + $1.text.count }
        // Characters of scripts without blanks are not words, but their lines are as full.
        let isLong = blocks.contains { $0.lines.count >= 3 && ($0.wordCount >= 15 || $0.text.count >= 60) }
        let fullLines = lines.count { $0.x.length > width * 0.6 }
        guard isLong, lines.count >= 4, words >= 20 || letters >= 150, fullLines * 2 >= lines.count else {
            return false
        }
        let following = blocks.flatMap { $0.lines.dropFirst() }
        let cased = following.filter { $0.text.first?.isCased == true }
        let goingOn = cased.count { $0.text.first?.isLowercase == true }
        return cased.count * 2 < following.count || goingOn * 4 >= cased.count
    }

    /// Whether the first column is labels of the other ones.
    private var looksLikeCells: Bool {
        let rows = bands.filter { $0.clusters.count > 1 }
        guard rows.count > 3 else { return false }
        let labels = rows.filter { band in
            let first = band.blocks.filter { columns(of: $0).lowerBound == 0 }
            return first.count == 1 && first[0].wordCount <= 6 && first[0].lines.count <= 2
        }
        return labels.count * 3 >= rows.count * 2
    }

    private static func isText(_ band: PDFBand, in gutters: [Range<Double>], _ gap: Double, _ size: Double) -> Bool {
        gutters.count <= 2 && gap <= size * 4 && band.blocks.contains { $0.lines.count >= 3 && $0.wordCount >= 15 }
            && !band.clusters.contains { cluster in gutters.contains { $0.overlap(cluster) > 0 } }
    }

    private static func isApart(_ band: PDFBand, from bands: [PDFBand], _ gap: Double, _ usualGap: Double) -> Bool {
        guard let block = band.blocks.first, let last = bands.last else { return true }
        let isLong = bands.contains { $0.blocks.contains { $0.lines.count >= 3 && $0.wordCount >= 15 } }
        if isLong { return false }
        let size = last.blocks.map(\.size).max() ?? 0
        let isHeading = block.size > size * 1.08 || block.isBold && !last.blocks.allSatisfy(\.isBold)
        return isHeading || gap > usualGap * 1.3 + 1
    }

    private static func gutters(of clusters: [Range<Double>]) -> [Range<Double>] {
        zip(clusters, clusters.dropFirst()).map { $0.upperBound..<$1.lowerBound }
    }

    /// The widest empty range of a gutter; nil if it is narrower than given.
    private static func free(_ gutter: Range<Double>, of written: [Range<Double>], atLeast width: Double) -> Range<
        Double
    >? {
        var start = gutter.lowerBound
        var widest = start..<start
        for stretch in written where stretch.overlap(gutter) > 0 {
            if stretch.lowerBound > start, stretch.lowerBound - start > widest.length {
                widest = start..<stretch.lowerBound
            }
            start = max(start, stretch.upperBound)
        }
        if gutter.upperBound > start, gutter.upperBound - start > widest.length { widest = start..<gutter.upperBound }
        return widest.length >= min(width, gutter.length) ? widest : nil
    }

    /// The columns of most bands with several columns.
    private static func columns(of bands: [PDFBand]) -> [Range<Double>] {
        let counts = Dictionary(grouping: bands.map(\.clusters.count).filter { $0 > 1 }) { $0 }.mapValues(\.count)
        // Of equal counts, more columns mean that fewer cells cover several.
        guard let usual = counts.max(by: { ($0.value, $0.key) < ($1.value, $1.key) })?.key else { return [] }
        let cut = bands.filter { $0.clusters.count == usual }
        let columns = PDFBand.clusters(of: cut.flatMap(\.clusters))
        // If the bands differ, the first one decides.
        return columns.count == usual ? columns : cut[0].clusters
    }
}
