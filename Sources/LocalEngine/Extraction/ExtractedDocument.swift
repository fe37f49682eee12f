/// The text of a document as a flat run of blocks, in reading order.
///
/// Every format is read into this one shape; nothing after extraction knows what kind of file the text came from.
struct ExtractedDocument: Sendable, Hashable {
    /// A piece of text that belongs together.
    ///
    /// No block is empty, and none but code holds a line end.
    enum Block: Sendable, Hashable {
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
        var text: String {
            switch self {
            case .heading(_, let text), .paragraph(let text), .listItem(let text), .tableRow(let text), .code(let text):
                text
            }
        }
    }

    /// The blocks, in reading order.
    var blocks: [Block] = []
}
