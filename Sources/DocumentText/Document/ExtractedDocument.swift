/// The text of a document as a flat list of blocks, in reading order, whatever the file's format.
package struct ExtractedDocument: Sendable, Hashable {
    /// A block of text.
    ///
    /// No block is empty, and only code contains line ends.
    package enum Block: Sendable, Hashable {
        /// A heading; 1 is the highest level.
        case heading(level: Int, text: String)
        /// A paragraph, on one line.
        case paragraph(String)
        /// A list item without its bullet; a number that belongs to the text is kept.
        case listItem(String)
        /// A row of a table, on one line that is understandable by itself: `Grade: A; Days: 27`.
        case tableRow(String)
        /// Preformatted text, with its lines.
        case code(String)

        /// The text of the block.
        package var text: String {
            switch self {
            case .heading(_, let text), .paragraph(let text), .listItem(let text), .tableRow(let text), .code(let text):
                text
            }
        }
    }

    /// The start of a page.
    package struct PageStart: Sendable, Hashable {
        /// The number of the page, starting at 1.
        package var page: Int
        /// The index of its first block.
        package var block: Int
    }

    /// A table, with the cells of the rows that are blocks.
    package struct Table: Sendable, Hashable {
        /// A cell with text.
        package struct Cell: Sendable, Hashable {
            package var text: String
            /// The first column that the cell covers, starting at 0.
            package var column: Int
            /// How many columns the cell covers.
            package var width: Int
            /// The name of the column; nil if it has none.
            package var header: String?
        }

        /// The indices of the blocks that are its rows.
        package var blocks: Range<Int>
        /// Whether most of the grid has no text, so that the table is not drawn.
        var isSparse = false
        /// The number of header rows.
        package var headerRows = 0
        /// The rows.
        package var rows: [[Cell]] = []
    }

    /// The blocks, in reading order.
    package var blocks: [Block] = []
    /// The tables among the blocks, in order.
    package var tables: [Table] = []
    /// The starts of the pages; empty for a format without pages.
    package var pages: [PageStart] = []
    /// The texts of table rows, nested list items and Markdown with escapes in the file, by the texts of their blocks, where
    /// the two differ.
    package var sourceTexts: [String: String] = [:]
    /// What the readers saw of blocks beside their texts, by the indices of the blocks.
    var looks: [Int: BlockLook] = [:]
    /// The parts of a page that a reader can open, in the order of their ends.
    var disclosures: [Disclosure] = []
    /// The warnings of its extraction, a sentence each.
    package var warnings: [String] = []
}

extension ExtractedDocument {
    /// Inserts a block, and adapts the places of tables and of what readers saw; not those of pages.
    mutating func insert(_ block: Block, at place: Int) {
        blocks.insert(block, at: place)
        for index in tables.indices where tables[index].blocks.lowerBound >= place {
            tables[index].blocks = (tables[index].blocks.lowerBound + 1)..<(tables[index].blocks.upperBound + 1)
        }
        looks = Dictionary(uniqueKeysWithValues: looks.map { ($0 < place ? $0 : $0 + 1, $1) })
        for index in disclosures.indices {
            if disclosures[index].summary >= place { disclosures[index].summary += 1 }
            if disclosures[index].end > place { disclosures[index].end += 1 }
        }
    }
}
