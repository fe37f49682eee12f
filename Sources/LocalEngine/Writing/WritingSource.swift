/// A passage from which a model may answer.
struct WritingSource: Sendable, Hashable {
    /// The number of the passage in the database.
    let id: Int64
    let fileID: String
    /// The name of the file, as words.
    let title: String
    /// The headings above the text, outermost first.
    let headings: [String]
    let text: String
    /// The text with the rows of its tables as they are in the file; nil if it has none.
    var quotable: String?
    /// The revision of the documents since which the file is in force; nil if its attributes do not have one.
    var revision: String?

    /// The most passages that a model is given.
    static let most = 10
}
