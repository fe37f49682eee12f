/// The sections that a question names by words that the passage which is closest in meaning has not.
///
/// A model tells what a text is about, and hardly one name from another: in a conversation about parental leave, `And my
/// partner?` is closest to what was quoted before, and `Sonderurlaub` to whatever is said about `Urlaub`.
struct NamedSections: Sendable {
    /// The words that name what a question that continues an earlier one adds; nil for one that stands alone.
    private let added: Set<String>?
    /// Those and its everyday words.
    private let addedWords: Set<String>
    /// The stems of all its words.
    private let asked: Set<String>
    /// The words that name what the earlier questions are about.
    private let earlier: Set<String>
    private let language: TextLanguage?
    /// The words that name what the question is about, if it has hardly any other words; none otherwise.
    private let keywords: Set<String>
    /// The words that show what a question that stands alone is about, units of time aside; none if they are many.
    private let subject: Set<String>

    /// A question of no more words consists of names.
    private static let mostKeywords = 3
    /// A question with more words that show what it is about says more than the name of a row.
    private static let mostWordsOfSubject = 4
    /// A word that more passages have names no row of one table.
    private static let mostPassagesWithName = 2
    /// How much less the score of a passage may be that a further question names.
    private static let margin = 0.2
    /// The same for a passage of which a question names a row: a name alone is hardly close to a whole table.
    private static let marginOfNamedRow = 0.5

    /// Reads a question.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - history: The earlier questions, oldest first.
    init(of question: String, after history: [Answerer.Exchange]) {
        let continues = FollowUp.isFollowUp(question) && !history.isEmpty
        added = continues ? QuestionParts.names(in: question) : nil
        addedWords = Set(Words.content(of: question).map { WordStem.of($0) })
        asked = TableRows.stems(of: question)
        earlier = continues ? QuestionParts.names(in: history.last?.question ?? "") : []
        language = TextLanguage(of: question)
        let isShort = !continues && Words.all(in: question).count <= Self.mostKeywords
        keywords = isShort ? QuestionParts.names(in: question) : []
        let content = Words.content(of: question).filter { !AnswerKind.isTimeUnit($0) }.map { WordStem.of($0) }
        subject = !continues && content.count <= Self.mostWordsOfSubject ? Set(content) : []
    }

    /// Whether the question only names what it is about.
    var areKeywords: Bool { !keywords.isEmpty }

    /// The passages, of those found, that the question names better than what would be quoted; none if that has the words, or no
    /// other one has.
    ///
    /// A question that stands alone, or was searched for without the earlier ones, has to have a whole heading, or nothing but
    /// the words that the passage has.
    func better(than choice: StatementChoice, among found: [RankedPassage], isJoined: Bool) -> [RankedPassage] {
        let words = choice.passage.stemsWithHeadings
        if let added {
            let names = added.isEmpty ? addedWords : added
            guard isJoined, words.isDisjoint(with: names) else { return [] }
            return found.filter {
                $0.passage.fileID == choice.passage.fileID && $0.passage.score >= choice.passage.score - Self.margin
                    && !$0.passage.stemsWithHeadings.isDisjoint(with: names)
            }
        }
        if areKeywords, !keywords.isSubset(of: words) {
            let named = found.filter { keywords.isSubset(of: $0.passage.stemsWithHeadings) }
            if !named.isEmpty { return named }
        }
        let withRows = withNamedRows(found, besides: words.intersection(subject), of: choice)
        if !withRows.isEmpty { return withRows }
        guard choice.isMultilingual else { return [] }
        return found.filter { passage in
            let heading = QuestionParts.names(in: passage.passage.headings.last ?? "")
            return !heading.isEmpty && heading.isSubset(of: asked) && heading.isDisjoint(with: words)
        }
    }

    /// The passages that have all of the question's words that a choice has, and a row of a table with one more in its name,
    /// which hardly any other passage has, as `Moving house` for a question about leave for moving.
    private func withNamedRows(_ found: [RankedPassage], besides own: Set<String>, of choice: StatementChoice)
        -> [RankedPassage]
    {
        guard own.count < subject.count else { return [] }
        let words = found.map { $0.passage.stemsWithHeadings.intersection(subject) }
        let names = subject.subtracting(own).filter { name in
            words.count { $0.contains(name) } <= Self.mostPassagesWithName
        }
        return found.indices.filter {
            words[$0].isSuperset(of: own) && !words[$0].isDisjoint(with: names)
                && found[$0].passage.score >= choice.passage.score - Self.marginOfNamedRow
                && ReadPassage(found[$0].passage).rows.tablesOfSeveralRows.joined().contains { row in
                    !row.keyStems.isDisjoint(with: names)
                }
        }.map { found[$0] }
    }

    /// Whether what is quoted may be about something other than a question that continues an earlier one.
    ///
    /// It may be if it has nothing that the question adds, or else, where the question has only one such word, nothing of the
    /// earlier one.
    func leavesInDoubt(_ passage: ScoredPassage, isJoined: Bool) -> Bool {
        guard let added, !added.isEmpty, passage.isIn(language) else { return false }
        let words = passage.stemsWithHeadings
        if words.isDisjoint(with: added) { return true }
        return !isJoined && added.count == 1 && !earlier.isEmpty && words.isDisjoint(with: earlier)
    }
}

extension ScoredPassage {
    /// The stems of the words of its title, its headings and its text.
    var stemsWithHeadings: Set<String> {
        TableRows.stems(of: ([title] + headings + [text]).joined(separator: "\n"))
    }

    /// Whether its words do not tell that it is in another language.
    func isIn(_ language: TextLanguage?) -> Bool {
        guard let language, let own = TextLanguage(of: text) else { return true }
        return own == language
    }
}
