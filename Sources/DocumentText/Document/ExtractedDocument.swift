/// The text of a document as a flat run of blocks, in reading order.
///
/// Every format is read into this one shape; nothing after extraction knows what kind of file the text came from.
package struct ExtractedDocument: Sendable, Hashable {
    /// A piece of text that belongs together.
    ///
    /// No block is empty, and none but code holds a line end.
    package enum Block: Sendable, Hashable {
        /// A heading; 1 is the highest level.
        case heading(level: Int, text: String)
        /// Running text, on one line.
        case paragraph(String)
        /// An item of a list without its bullet; a number that a reader would want to see stays in the text.
        case listItem(String)
        /// A row of a table, on one line that can be understood alone: `Grade: A; Days: 27`.
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

    /// Where a page of the document begins.
    package struct PageStart: Sendable, Hashable {
        /// The number of the page, from 1 on.
        package var page: Int
        /// The place of the first block on it.
        package var block: Int
    }

    /// The cells behind rows that are told as lines.
    package struct Table: Sendable, Hashable {
        /// A cell with text.
        package struct Cell: Sendable, Hashable {
            package var text: String
            /// The first column that the cell covers, from 0 on.
            package var column: Int
            /// How many columns the cell covers.
            package var width: Int
            /// The name of the column; nil if it has none.
            package var header: String?
        }

        /// The places of the blocks that tell the table.
        package var blocks: Range<Int>
        /// Whether so many cells hold no text that the table would be little else if it was drawn.
        var isSparse = false
        /// How many of the first rows name the columns.
        package var headerRows = 0
        /// The rows.
        package var rows: [[Cell]] = []
    }

    /// The blocks, in reading order.
    package var blocks: [Block] = []
    /// The tables among the blocks, in order.
    package var tables: [Table] = []
    /// Where the pages begin; empty for a format without pages.
    package var pages: [PageStart] = []
    /// How rows of tables and items of lists within lists stand in the file, by their text as blocks, where the two differ.
    package var sourceTexts: [String: String] = [:]
    /// What a person should know of how the document was read.
    package var warnings: [String] = []
}
