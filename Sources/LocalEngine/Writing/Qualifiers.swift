/// What restricts a statement: for whom, where, when and on which conditions it holds.
///
/// Words are stems, and figures such as `#7`: `more than seven hours` restricts by its figure.
struct Qualifiers: Sendable {
    /// The words of each restricting clause, such as `unless …`, `only …` or `with more than …`.
    let clauses: [Set<String>]
    /// The words that may tell a value from another of its kind: those of the clauses, the names, and those of phrases such as
    /// `in Leipzig` or `for interns`.
    let marks: Set<String>

    /// Finds what restricts a statement or a part of it.
    ///
    /// - Parameters:
    ///   - text: The statement or the part.
    ///   - language: Its language; nil if it is unknown.
    ///   - names: The names in the statement, in lower case and without accents.
    init(of text: String, in language: TextLanguage?, names: Set<String>) {
        var clauses: [Set<String>] = []
        var marks = Set(Words.all(in: text).filter { names.contains($0) }.map { WordStem.of($0) })
        for phrase in Self.phrases(of: text) {
            let words = Self.words(of: phrase.text, language)
            guard !words.isEmpty else { continue }
            marks.formUnion(words)
            if phrase.isCondition { clauses.append(words) }
        }
        (self.clauses, self.marks) = (clauses, marks)
    }

    /// Whether words keep each restricting clause: at least half of its words, and its figures.
    func areKept(by words: Set<String>) -> Bool {
        clauses.allSatisfy { clause in
            clause.allSatisfy { !$0.hasPrefix("#") || words.contains($0) }
                && 2 * clause.intersection(words).count >= clause.count
        }
    }

    /// The stems and the figures of a text, without units.
    static func words(of text: String, _ language: TextLanguage?) -> Set<String> {
        let numbers = NumberWords(language)
        let content = Words.all(in: text).filter { word in
            !StopWords.contains(word) && word.first?.isNumber != true && Unit(word) == nil
                && numbers.number([word]) == nil
        }
        let figures = Figure.all(in: text, language: language).map { "#" + $0.value }
        return Set(content.map { WordStem.of($0) }).union(figures)
    }

    /// Whether a word begins a phrase of place, time or person.
    static func isPreposition(_ word: String) -> Bool { prepositions.contains(word) }

    /// The restricting phrases: from a word that opens one to the next stop or the next such word.
    private static func phrases(of text: String) -> [(text: String, isCondition: Bool)] {
        let parts = text.split(whereSeparator: \.isWhitespace).map { String($0) }
        let words = parts.map { Words.all(in: $0).first ?? "" }
        var phrases: [(text: String, isCondition: Bool)] = []
        var (isOpen, length) = (false, 0)
        for (place, word) in words.enumerated() {
            let next = words[(place + 1)...].prefix(2)
            let isPreposition = prepositions.contains(word)
            let isCondition =
                conditions.contains(word) || isPreposition && next.contains { comparing.contains($0) }
                || (["as", "sei"].contains(word) && next.first.map { ["long", "denn"].contains($0) } == true)
            // `if they work for us` is one clause, and `in Leipzig for interns` are two phrases.
            if isCondition || isPreposition && !(isOpen && phrases.last?.isCondition == true) {
                phrases.append((parts[place], isCondition))
                isOpen = true
                length = 0
            } else if isOpen, phrases.last?.isCondition == true || length < longestPhrase,
                let last = phrases.indices.last
            {
                phrases[last].text += " " + parts[place]
                length += 1
            }
            if parts[place].last.map({ ",;:.!?)".contains($0) }) == true { isOpen = false }
        }
        return phrases
    }

    /// The most words after the first of a phrase that is no condition.
    private static let longestPhrase = 4
    /// What opens a condition or an exception.
    private static let conditions = set(
        """
        if unless only except excluding provided when whenever who whose whoever wenn falls sofern soweit solange nur außer \
        ausser ausgenommen ausschließlich erst wer
        """
    )

    /// What opens a phrase of place, time or person.
    private static let prepositions = set(
        """
        in at for with during after from before within under over until bei beim fur im am ab nach wahrend mit seit vor bis
        """
    )

    /// What makes such a phrase a condition, as in `with more than`, `in the first year` or `ab dem`.
    private static let comparing = set(
        """
        more less fewer least under over first second third mehr weniger mindestens ersten erste erstes zweiten zweite dritten \
        dem
        """
    )

    private static func set(_ list: String) -> Set<String> {
        Set(list.split(whereSeparator: \.isWhitespace).map { String($0) })
    }
}
