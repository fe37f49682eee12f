/// The words of a query that are looked for, and how FTS5 is asked for them.
struct QueryWords: Sendable {
    /// The words, each once: those of content, or all if there are no others.
    private(set) var all: [String]

    /// The maximum number of words that are looked for.
    private static let maximumWords = 64

    /// Takes the words out of a query.
    init(_ query: String) {
        let query = query.boundedForSearch
        let content = Words.content(of: query)
        var seen: Set<String> = []
        all = Array(
            (content.isEmpty ? Words.all(in: query) : content).filter { seen.insert($0).inserted }.prefix(
                Self.maximumWords
            )
        )
    }

    /// Returns the words at some places.
    func keeping(_ places: Set<Int>) -> QueryWords {
        var words = self
        words.all = all.indices.filter { places.contains($0) }.map { all[$0] }
        return words
    }

    /// The query in the language of FTS5: any of the words will do.
    var expression: String {
        all.map { Self.expression(for: $0) }.joined(separator: " OR ")
    }

    /// A word in the language of FTS5: a quoted string, so that nothing is syntax.
    ///
    /// A long word also finds what begins with its root, as German forms and compounds do: `Urlaub` finds `Urlaubstage`.
    static func expression(for word: String) -> String {
        let root = Words.all(in: WordStem.root(of: word)).joined(separator: " ")
        return root.count >= shortestPrefix ? "\"\(root)\" *" : "\"\(root)\""
    }

    /// A shorter word begins too many others.
    static let shortestPrefix = 5
}
