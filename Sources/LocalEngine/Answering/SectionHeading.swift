internal import DocumentText

/// The heading of the section that a passage is in, which may say for whom, when or whether its statements hold.
struct SectionHeading: Sendable {
    /// The heading.
    let text: String
    /// Whether it is the title of the document rather than the heading of one of its sections.
    private let isTitle: Bool
    private let words: [String]

    /// A longer heading is not put before a quotation.
    private static let maximumWords = 16

    /// The innermost heading of a passage; nil if it has none, or a long one.
    init?(of passage: ScoredPassage) {
        guard let heading = passage.headings.last, !heading.isEmpty, heading.wordCount <= Self.maximumWords else {
            return nil
        }
        text = heading
        isTitle = passage.headings.count == 1
        words = Words.all(in: heading)
    }

    /// The heading as it leads into what is quoted.
    var lead: String { text.last.map { ":?？؟!.".contains($0) } == true ? text : text + ":" }

    /// Whether a quotation may be misunderstood without it: it is the question that is answered, leads into a list, limits what
    /// is said, or names what the quotation is about and does not begin with.
    func isNeeded(above excerpt: Excerpt, quoted text: String, in read: ReadPassage) -> Bool {
        if isQuestion || isLimit { return true }
        let quoted = Set(Words.all(in: text).map { WordStem.of($0) })
        if words.contains(where: { CalendarWords.isYear($0) && !quoted.contains($0) }) { return true }
        let statements = excerpt.places.map { read.statements[$0] }
        guard !isTitle, let first = statements.first, !first.leadsIn else { return false }
        let names = words.filter { $0.contains(where: \.isLetter) && !StopWords.contains($0) }
        let telling = Set(names.map { WordStem.of($0) }).subtracting(Self.general)
        guard !telling.isEmpty else { return false }
        return statements.allSatisfy { $0.isListItem && !$0.isRow } || telling.isDisjoint(with: first.stems)
    }

    /// The first words of answers that say nothing without their question.
    static let judgements: Set<String> = [
        "yes", "no", "only", "never", "always", "ja", "nein", "nur", "nie", "oui", "non", "si", "nee", "sim", "nao",
    ]

    /// Whether it is a question.
    var isQuestion: Bool { text.isQuestion }

    /// Whether it says that something does not hold, or holds for some only.
    private var isLimit: Bool { words.contains { LimitWords.ofHeadings.contains($0) } }

    /// The stems of words of headings that name nothing.
    private static let general = Set(
        [
            "overview", "general", "introduction", "details", "summary", "purpose", "information", "notes", "basics",
            "scope",
            "allgemeines", "uberblick", "einleitung", "zweck", "grundsatze", "hinweise", "informationen", "details",
        ].map { WordStem.of($0) }
    )
}
