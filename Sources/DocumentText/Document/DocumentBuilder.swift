/// Collects the blocks of a document, and rejects a document whose text exceeds the limits.
///
/// The limits apply while the document is read, so that the repetitions of a small file cannot exhaust memory.
struct DocumentBuilder {
    /// A kind of text that is repeated for each row, value or column that it belongs to.
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
    /// The summaries of the open parts of a page that a reader can open, outermost first; nil for none so far.
    private var openDisclosures: [Int?] = []

    /// The maximum depth of such parts.
    private static let maximumDisclosures = 8

    /// Creates an empty document within the limits.
    init(limits: ExtractionLimits = .standard) {
        maximumBytes = limits.documentBytes
    }

    /// The blocks so far, in reading order.
    var blocks: [ExtractedDocument.Block] { document.blocks }

    /// Adds a block, unless it has no text.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(_ block: ExtractedDocument.Block) throws(ExtractionError) {
        guard !block.text.isEmpty else { return }
        // One or two line ends follow each block.
        bytes += block.text.utf8.count + 2
        guard bytes <= maximumBytes else { throw excess }
        document.blocks.append(block)
    }

    /// Adds a list item, with the text of the outer item before its own.
    ///
    /// - Parameters:
    ///   - text: The text of the item.
    ///   - label: The letter or number that texts refer to, before the item's text; nil for none.
    ///   - depth: The item's depth.
    ///   - lists: The outer lists.
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(
        item text: String,
        label: String? = nil,
        depth: Int,
        in lists: inout ListNesting
    ) throws(ExtractionError) {
        let qualified = lists.qualified(text, depth: depth)
        let item = qualified.dropLast(text.count) + (label.map { $0 + " " } ?? "") + text
        try append(.listItem(item))
        record(BlockLook(depth: depth))
        if item != text { document.sourceTexts[item] = text }
    }

    /// Adds program text: the lines between blank lines are a block each.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(code text: String) throws(ExtractionError) {
        var lines: [Substring] = []
        let allLines: [Substring] = text.split(separator: "\n", omittingEmptySubsequences: false)
        for line in allLines + [""] {
            if line.allSatisfy(\.isWhitespace) {
                if !lines.isEmpty { try append(.code(lines.joined(separator: "\n"))) }
                lines = []
            } else {
                lines.append(line)
            }
        }
    }

    /// Adds the blocks, tables and warnings of another document.
    ///
    /// - Throws: `ExtractionError` if the document's text exceeds the limits.
    mutating func append(_ other: ExtractedDocument) throws(ExtractionError) {
        let start = document.blocks.count
        for block in other.blocks { try append(block) }
        document.tables += other.tables.map { table in
            var table = table
            table.blocks = (table.blocks.lowerBound + start)..<(table.blocks.upperBound + start)
            return table
        }
        document.sourceTexts.merge(other.sourceTexts) { $1 }
        for (index, look) in other.looks { document.looks[index + start] = look }
        document.disclosures += other.disclosures.map {
            Disclosure(summary: $0.summary + start, end: $0.end + start)
        }
        for warning in other.warnings { warn(warning) }
    }

    /// Inserts a block before all others.
    mutating func insertFirst(_ block: ExtractedDocument.Block) {
        document.insert(block, at: 0)
        for index in document.pages.indices where index > 0 { document.pages[index].block += 1 }
    }

    /// Records the look of the last block, whose text starts with the one that was seen.
    ///
    /// - Parameters:
    ///   - look: The look; nil if it has none that matters.
    ///   - text: The text that was seen; nil for the whole text of the block.
    mutating func record(_ look: BlockLook?, of text: String? = nil) {
        guard var look, let block = document.blocks.last, text.map({ block.text.hasPrefix($0) }) ?? true else { return }
        let index = document.blocks.count - 1
        look.text = block.text
        look.depth = max(look.depth, document.looks[index]?.depth ?? 0)
        document.looks[index] = look
    }

    /// Records that a part of the page begins that a reader can open.
    mutating func beginDisclosure() {
        openDisclosures.append(nil)
    }

    /// Records that the summary of the part ends, whose text is the last block.
    ///
    /// - Parameter start: The number of blocks before the summary.
    mutating func endSummary(from start: Int) {
        guard !openDisclosures.isEmpty, document.blocks.count == start + 1 else { return }
        openDisclosures[openDisclosures.count - 1] = start
    }

    /// Records that the part ends.
    mutating func endDisclosure() {
        guard let summary = openDisclosures.popLast() ?? nil, document.blocks.count > summary + 1,
            openDisclosures.count < Self.maximumDisclosures
        else { return }
        document.disclosures.append(Disclosure(summary: summary, end: document.blocks.count))
    }

    /// Records that the next blocks are on a page.
    ///
    /// - Parameters:
    ///   - number: The number of the page, starting at 1.
    ///   - pending: How many blocks of the previous page are still to be added.
    mutating func beginPage(_ number: Int, pending: Int = 0) {
        document.pages.append(ExtractedDocument.PageStart(page: number, block: document.blocks.count + pending))
    }

    /// Records that the next blocks are rows of a table.
    ///
    /// - Parameter isSparse: Whether most of its cells have no text.
    mutating func beginTable(isSparse: Bool) {
        table = ExtractedDocument.Table(blocks: document.blocks.count..<document.blocks.count, isSparse: isSparse)
    }

    /// Records the cells of a row of the table.
    mutating func appendRow(_ cells: [ExtractedDocument.Table.Cell], isHeader: Bool) {
        if isHeader { table?.headerRows += 1 }
        table?.rows.append(cells)
    }

    /// Records the text of a row of the table in the file.
    ///
    /// - Parameters:
    ///   - source: The text in the file.
    ///   - block: The index of the row's block.
    mutating func recordSource(_ source: String, of block: Int) {
        guard document.blocks.indices.contains(block), table?.isSparse != true else { return }
        let text = document.blocks[block].text
        if source != text { document.sourceTexts[text] = source }
    }

    /// Records how the file writes blocks.
    ///
    /// - Parameter source: Returns the text in the file of what a block says; nil if that is the same.
    mutating func recordSources(_ source: (String) -> String?) {
        for block in document.blocks {
            let text = document.sourceTexts[block.text] ?? block.text
            if let source = source(text) { document.sourceTexts[block.text] = source }
        }
    }

    /// Records that the table ends.
    mutating func endTable() {
        guard var table, table.blocks.lowerBound < document.blocks.count else { return }
        table.blocks = table.blocks.lowerBound..<document.blocks.count
        document.tables.append(table)
        self.table = nil
    }

    /// Adds a warning of the document's extraction; each one once, and at most 50.
    mutating func warn(_ warning: String) {
        guard document.warnings.count < 50, !document.warnings.contains(warning) else { return }
        document.warnings.append(warning)
    }

    /// Records how many bytes of the text are repetitions.
    mutating func record(_ repetition: Repetition, bytes: Int) {
        repeatedBytes[repetition, default: 0] += bytes
    }

    /// The error of a document that exceeds the limits; it names the repetitions that are most of its text.
    private var excess: ExtractionError {
        let size = "more than \(maximumBytes >> 20) MB of text"
        let most = repeatedBytes.max { $0.value < $1.value }
        guard let most, most.value > maximumBytes / 2 else { return .invalid("The file holds \(size).") }
        return .invalid("The file becomes \(size): \(most.key.rawValue).")
    }
}

extension StringProtocol {
    /// The text, or its start if it has more than a number of bytes.
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
