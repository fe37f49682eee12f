/// Collects the blocks of a document and refuses a document that becomes too much text.
///
/// The bound holds while the document is read, so that what a small file repeats without end never takes up memory.
struct DocumentBuilder {
    /// A part of a document that is told again for each row, value or column that it belongs to.
    enum Repetition: String, CaseIterable {
        case tableHeaders = "its table headers are repeated in each row"
        case mergedCells = "its merged cells are repeated in each row"
        case firstCells = "the first cells of its rows are repeated for each column"
        case paths = "the path of each JSON value is repeated"
    }

    /// The document so far.
    private(set) var document = ExtractedDocument()
    private let maximumBytes: Int
    private var bytes = 0
    private var repeatedBytes: [Repetition: Int] = [:]
    private var table: ExtractedDocument.Table?

    /// Begins an empty document that becomes no more text than the limits allow.
    init(limits: ExtractionLimits = .standard) {
        maximumBytes = limits.documentBytes
    }

    /// The blocks so far, in reading order.
    var blocks: [ExtractedDocument.Block] { document.blocks }

    /// Adds a block, unless it holds no text.
    ///
    /// - Throws: `ExtractionError` if the document becomes more text than allowed.
    mutating func append(_ block: ExtractedDocument.Block) throws(ExtractionError) {
        guard !block.text.isEmpty else { return }
        // Each block is followed by a line end or two.
        bytes += block.text.utf8.count + 2
        guard bytes <= maximumBytes else { throw excess }
        document.blocks.append(block)
    }

    /// Adds an item of a list, told with the item around it.
    ///
    /// - Parameters:
    ///   - text: The text of the item.
    ///   - depth: How far in the item is.
    ///   - lists: The lists around it.
    /// - Throws: `ExtractionError` if the document becomes more text than allowed.
    mutating func append(item text: String, depth: Int, in lists: inout ListNesting) throws(ExtractionError) {
        let told = lists.told(text, depth: depth)
        try append(.listItem(told))
        if told != text { document.sourceTexts[told] = text }
    }

    /// Adds all of another document.
    ///
    /// - Throws: `ExtractionError` if the document becomes more text than allowed.
    mutating func append(_ other: ExtractedDocument) throws(ExtractionError) {
        let start = document.blocks.count
        for block in other.blocks { try append(block) }
        document.tables += other.tables.map { table in
            var table = table
            table.blocks = (table.blocks.lowerBound + start)..<(table.blocks.upperBound + start)
            return table
        }
        document.sourceTexts.merge(other.sourceTexts) { $1 }
        for warning in other.warnings { warn(warning) }
    }

    /// Puts a block before all others.
    mutating func insertFirst(_ block: ExtractedDocument.Block) {
        document.blocks.insert(block, at: 0)
        for place in document.tables.indices {
            let blocks = document.tables[place].blocks
            document.tables[place].blocks = (blocks.lowerBound + 1)..<(blocks.upperBound + 1)
        }
        for place in document.pages.indices where place > 0 { document.pages[place].block += 1 }
    }

    /// Notes that the blocks from here on are on a page.
    ///
    /// - Parameters:
    ///   - number: The number of the page, from 1 on.
    ///   - pending: How many blocks of the page before are still to be added.
    mutating func beginPage(_ number: Int, pending: Int = 0) {
        document.pages.append(ExtractedDocument.PageStart(page: number, block: document.blocks.count + pending))
    }

    /// Notes that the blocks from here on are rows of a table.
    ///
    /// - Parameter isSparse: Whether most of its cells hold no text.
    mutating func beginTable(isSparse: Bool) {
        table = ExtractedDocument.Table(blocks: document.blocks.count..<document.blocks.count, isSparse: isSparse)
    }

    /// Notes the cells of a row of the table.
    mutating func appendRow(_ cells: [ExtractedDocument.Table.Cell], isHeader: Bool) {
        if isHeader { table?.headerRows += 1 }
        table?.rows.append(cells)
    }

    /// Notes how a row of the table stands in the file.
    ///
    /// - Parameters:
    ///   - source: The text in the file.
    ///   - block: The place of the row's block.
    mutating func noteSource(_ source: String, of block: Int) {
        guard document.blocks.indices.contains(block), table?.isSparse != true else { return }
        let told = document.blocks[block].text
        if source != told { document.sourceTexts[told] = source }
    }

    /// Notes that the table ends.
    mutating func endTable() {
        guard var table, table.blocks.lowerBound < document.blocks.count else { return }
        table.blocks = table.blocks.lowerBound..<document.blocks.count
        document.tables.append(table)
        self.table = nil
    }

    /// Notes what a person should know of how the document was read; each remark is kept once, and 50 of them at most.
    mutating func warn(_ warning: String) {
        guard document.warnings.count < 50, !document.warnings.contains(warning) else { return }
        document.warnings.append(warning)
    }

    /// Notes how much of the text that is being added is told again.
    mutating func note(_ repetition: Repetition, bytes: Int) {
        repeatedBytes[repetition, default: 0] += bytes
    }

    /// Why the document is refused: what it repeats, if that is most of its text.
    private var excess: ExtractionError {
        let size = "more than \(maximumBytes >> 20) MB of text"
        let most = repeatedBytes.max { $0.value < $1.value }
        guard let most, most.value > maximumBytes / 2 else { return .invalid("The file holds \(size).") }
        return .invalid("The file becomes \(size): \(most.key.rawValue).")
    }
}

extension StringProtocol {
    /// The text, or its beginning if it has more than a number of bytes.
    package func shortened(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return String(self) }
        var end = utf8.startIndex
        for index in unicodeScalars.indices {
            guard utf8.distance(from: startIndex, to: index) <= limit else { break }
            end = index
        }
        return self[..<end] + "…"
    }
}
