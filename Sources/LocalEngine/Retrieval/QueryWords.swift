/// The words of a query that are looked for, and how FTS5 is asked for them.
struct QueryWords: Sendable {
    /// The words, each once: those of content, or all if there are no others.
    let all: [String]

    /// The most words that are looked for.
    private static let mostWords = 64

    /// Takes the words out of a query.
    init(_ query: String) {
        let query = query.boundedForSearch
        let content = Synonyms.lexemes(of: query)
        var seen: Set<String> = []
        all = Array(
            (content.isEmpty ? Words.all(in: query) : content).filter { seen.insert($0).inserted }.prefix(
                Self.mostWords
            )
        )
    }

    /// The query in the language of FTS5: any of the words will do.
    var expression: String {
        all.map { Self.expression(for: $0) }.joined(separator: " OR ")
    }

    /// A word in the language of FTS5, or another word for the same thing: quoted strings, so that nothing is syntax.
    ///
    /// A long word also finds what begins with its root, as German forms and compounds do: `Urlaub` finds `Urlaubstage`.
    static func expression(for word: String, withSynonyms: Bool = true) -> String {
        let alternatives = ([WordStem.root(of: word)] + (withSynonyms ? Synonyms.of(word) : [])).map { alternative in
            let quoted = "\"\(Words.all(in: alternative).joined(separator: " "))\""
            return alternative.count >= shortestPrefix ? quoted + " *" : quoted
        }
        return "(\(alternatives.joined(separator: " OR ")))"
    }

    /// A shorter word begins too many others.
    static let shortestPrefix = 5
}
