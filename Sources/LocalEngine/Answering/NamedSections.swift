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

    /// A question of no more words consists of names.
    private static let mostKeywords = 3
    /// How much less the score of a passage may be that a further question names.
    private static let margin = 0.2

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
        guard choice.isMultilingual else { return [] }
        return found.filter { passage in
            let heading = QuestionParts.names(in: passage.passage.headings.last ?? "")
            return !heading.isEmpty && heading.isSubset(of: asked) && heading.isDisjoint(with: words)
        }
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
