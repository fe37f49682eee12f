internal import DocumentText

/// A part of a document that is short enough to quote and long enough to understand.
struct Passage: Sendable, Hashable {
    /// The headings above the text, outermost first.
    var headings: [String]
    /// The text: a line for each paragraph, list item (`- …`) and table row; a sentence never crosses a line.
    var text: String
    /// The text with the rows of its tables as they are in the file; nil if it has none.
    var quotable: String?

    /// How many bytes the text has with the headings.
    var bytes: Int { headings.reduce(text.utf8.count) { $0 + $1.utf8.count } }

    /// The maximum size of the title and the headings that a model reads with the text, in bytes.
    ///
    /// A model reads so many words, those of the headings first.
    static let maximumContextBytes = 512

    /// The title of the file and the headings, as a model reads them: without the outermost headings if they are long.
    func context(below title: String) -> String {
        var parts = headings.filter { !$0.isEmpty }
        func bytes() -> Int { parts.reduce(title.utf8.count) { $0 + $1.utf8.count + 3 } }
        while parts.count > 1, bytes() > Self.maximumContextBytes { parts.removeFirst() }
        return ([title] + parts).filter { !$0.isEmpty }.joined(separator: " > ")
            .shortened(toBytes: Self.maximumContextBytes)
    }
}

/// A passage that a search found.
struct ScoredPassage: Sendable, Hashable {
    /// The passage's number in the database.
    var id: Int64 = 0
    /// The file that holds the passage.
    var fileID: String
    /// The name of the file, as words.
    var title = ""
    /// The headings above the text, outermost first.
    var headings: [String]
    /// The text, in the lines of ``Passage/text``.
    var text: String
    /// How well the passage fits the query: 0…1, higher is better.
    var score: Double
}
