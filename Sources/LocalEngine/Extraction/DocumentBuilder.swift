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

    /// The blocks so far, in reading order.
    private(set) var blocks: [ExtractedDocument.Block] = []
    private let maximumBytes: Int
    private var bytes = 0
    private var repeatedBytes: [Repetition: Int] = [:]

    /// Begins an empty document that becomes no more text than the limits allow.
    init(limits: ExtractionLimits = ExtractionLimits()) {
        maximumBytes = limits.documentBytes
    }

    /// The document so far.
    var document: ExtractedDocument { ExtractedDocument(blocks: blocks) }

    /// Adds a block, unless it holds no text.
    ///
    /// - Throws: `ExtractionError` if the document becomes more text than allowed.
    mutating func append(_ block: ExtractedDocument.Block) throws(ExtractionError) {
        guard !block.text.isEmpty else { return }
        // Each block is followed by a line end or two.
        bytes += block.text.utf8.count + 2
        guard bytes <= maximumBytes else { throw excess }
        blocks.append(block)
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
    func shortened(toBytes limit: Int) -> String {
        guard utf8.count > limit else { return String(self) }
        var end = utf8.startIndex
        for index in unicodeScalars.indices {
            guard utf8.distance(from: startIndex, to: index) <= limit else { break }
            end = index
        }
        return self[..<end] + "…"
    }
}
