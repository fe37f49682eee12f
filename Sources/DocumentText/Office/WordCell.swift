/// A cell of a table of a Word document, as far as it was read.
struct WordCell {
    /// The text so far.
    private(set) var text = ""
    /// Whether some of the text is not in bold type.
    private(set) var hasPlainText = false
    /// How many columns the cell covers.
    var width = 1
    /// Whether the cell is merged with the one above it.
    var continuesAbove = false

    /// Adds the text of a paragraph.
    mutating func add(_ line: String, isBold: Bool) {
        text += " " + line
        if !isBold, !line.isEmpty { hasPlainText = true }
    }
}
