/// A sentence of an answer, or another piece that is spoken at once, with its inline Markdown.
struct Sentence: Hashable, Sendable {
    /// What a sentence is part of.
    enum Kind: Hashable, Sendable {
        case paragraph
        case heading
        /// The beginning of an item of a list, with its number if the list is numbered.
        case item(number: Int?)
        /// A row of a table; ``Sentence/text`` is empty.
        case row(header: [String], cells: [String])
    }

    var text: String
    var kind = Kind.paragraph
}
