/// The words of a query that are looked for, and how FTS5 is asked for them.
struct QueryWords: Sendable {
    /// The words, each once: those of content, or all if there are no others.
    let all: [String]

    /// The most words that are looked for.
    private static let mostWords = 64

    /// Takes the words out of a query.
    init(_ query: String) {
        let content = Words.content(of: query)
        var seen: Set<String> = []
        all = Array(
            (content.isEmpty ? Words.all(in: query) : content).filter { seen.insert($0).inserted }.prefix(
                Self.mostWords
            )
        )
    }

    /// The query in the language of FTS5: any of the words will do, each as a quoted string without syntax.
    var expression: String {
        all.map { Self.expression(for: $0) }.joined(separator: " OR ")
    }

    /// One word in the language of FTS5.
    static func expression(for word: String) -> String {
        "\"\(word.filter { $0 != "\"" })\""
    }
}
