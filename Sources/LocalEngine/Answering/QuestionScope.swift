internal import DocumentText

/// The documents and chapters that a question is about, such as those of a country, a year or a group of employees.
///
/// Documents for several of these have the same sections with other figures. A model hardly tells their names apart, so that
/// the words of the question decide: a passage is left out if another one says the same for what the question names. What is
/// left may hold in general; a passage without the name leaves doubt, and so does one with it that may be about something else.
struct QuestionScope: Sendable {
    /// The numbers of the passages that are left out.
    private let leftOut: Set<Int64>
    /// The numbers of the passages that have not all names in the question, or another year.
    private let doubtful: Set<Int64>
    /// Whether passages without the names were left out for one that is nearly as close to the question.
    private let isUncertain: Bool

    /// Compares passages by what a question has of their titles and headings.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - context: The question with the earlier ones that it continues; its names count if the question has none.
    ///   - found: The passages that were found, best first.
    ///   - margin: How much less the score of a passage with the names may be than that of another one to be preferred, if it
    ///     has all that this one has of the question; half as much if it has not. Nil if scores tell of words alone.
    init(of question: String, in context: String, among found: [ScoredPassage], margin: Double? = nil) {
        var (names, passages) = Self.names(in: question, found)
        if names.isEmpty, context != question { (names, passages) = Self.names(in: context, found) }
        let kept = passages.filter { passage in
            !passages.contains { $0.isCloser(than: passage, by: names, margin: margin ?? .infinity) }
        }
        let named = kept.filter { names.isSubset(of: $0.words) && !$0.isOfAnotherYear }
        if let margin, let best = kept.first, !names.isSubset(of: best.words) {
            isUncertain = named.contains { $0.passage.score >= best.passage.score - margin / 2 }
        } else {
            isUncertain = false
        }
        // The text above a document's sections only says for whom they are.
        let quotable = (isUncertain ? named : kept).filter { !$0.isLead || $0.outer.isDisjoint(with: names) }
        leftOut = Set(passages.map(\.passage.id)).subtracting(quotable.map(\.passage.id))
        // A name that hardly anything else of the question is found with is there by chance.
        let most = kept.filter { !$0.outer.isDisjoint(with: names) }.map(\.words.count).max() ?? 0
        doubtful = Set(
            passages.filter { passage in
                passage.isOfAnotherYear
                    || !names.isSubset(of: passage.words) && passage.words.count <= most * Self.greatestRatioOfWords
            }.map(\.passage.id)
        )
    }

    /// Whether a passage is about something else than what the question names.
    func leavesOut(_ passage: ScoredPassage) -> Bool { leftOut.contains(passage.id) }

    /// Whether a passage may be about something else than what the question names.
    func leavesInDoubt(_ passage: ScoredPassage) -> Bool { isUncertain || doubtful.contains(passage.id) }

    /// How many times the question's words that are found with a name a passage without it may have to be doubted.
    private static let greatestRatioOfWords = 2
    /// A document or chapter has at least so many sections.
    private static let fewestSections = 2
    /// The greatest share of other passages that have the name in their text.
    private static let greatestShareOfOthers = 0.05
    /// The greatest share of its own passages that have it in their text: where more have it, it is what they are about.
    private static let greatestShareOfOwn = 0.5

    /// The stems of the words for any document, which name none.
    private static let documentStems = Set(
        QuestionFocus.documentWords.union([
            "rule", "rules", "guideline", "guidelines", "manual", "regel", "regeln", "regelung", "regelungen",
            "ordnung",
        ]).map { WordStem.of($0) }
    )

    /// The words of a question that are names of documents or chapters, and the passages with what they have of the question.
    ///
    /// Only a document or chapter of which another one has a section as well has a name that tells it from others, unless the
    /// question has the name as that of a place or group.
    private static func names(in question: String, _ found: [ScoredPassage]) -> (Set<String>, [Candidate]) {
        let asked = TableRows.stems(of: question)
        let places = places(in: question).intersection(asked)
        let leads = leads(among: found)
        let names = leads.mapValues { TableRows.stems(of: $0.text).intersection(places) }
        let passages = found.map {
            Candidate($0, asked, names[$0.fileID] ?? [], isLead: leads[$0.fileID]?.id == $0.id)
        }
        let scopes = asked.filter { word in
            guard !documentStems.contains(word), !CommonWords.contains(word) else { return false }
            let own = passages.filter { $0.outer.contains(word) }
            if CalendarWords.isYear(word) { return !own.isEmpty }
            guard own.count < passages.count, Set(own.map(\.passage.headings.last)).count >= fewestSections else {
                return false
            }
            let others = passages.filter { !$0.outer.contains(word) }
            func isRare(in passages: [Candidate], _ share: Double) -> Bool {
                Double(passages.count { $0.text.contains(word) }) <= share * Double(passages.count)
            }
            return isRare(in: others, greatestShareOfOthers) && isRare(in: own, greatestShareOfOwn)
                && (places.contains(word) || own.contains { passage in others.contains { $0.isParallel(to: passage) } })
        }
        return (scopes, passages)
    }

    /// The short texts above the sections of documents, which say for whom or since when they hold, by their files.
    private static func leads(among found: [ScoredPassage]) -> [String: ScoredPassage] {
        Dictionary(grouping: found, by: \.fileID).compactMapValues { passages in
            let above = passages.filter { $0.headings.count <= 1 }
            guard above.count == 1, passages.count > 1, above[0].text.wordCount <= mostWordsOfLead else { return nil }
            return above[0]
        }
    }

    /// A longer text above the sections of a document says more than for whom they are.
    private static let mostWordsOfLead = 50

    /// The stems of the words of a question that may name a place or a group: those after `in`, `at` or `for`, with a capital
    /// unless the question has none.
    static func places(in question: String, after prepositions: Set<String> = prepositions) -> Set<String> {
        let words = question.split { !$0.isLetter && !$0.isNumber }
        let hasCapitals = words.dropFirst().contains { $0.first?.isUppercase == true }
        return Set(
            words.indices.filter { place in
                let before = words[..<place].last { !articles.contains($0.lowercased()) }
                return before.map { prepositions.contains($0.lowercased()) } ?? false
                    && (!hasCapitals || words[place].first?.isUppercase == true)
            }.flatMap { TableRows.stems(of: String(words[$0])) }
        )
    }

    static let prepositions: Set<String> = [
        "in", "at", "for", "für", "im", "bei", "en", "pour", "para", "per", "voor",
    ]
    private static let articles: Set<String> = [
        "the", "a", "an", "our", "my", "der", "die", "das", "dem", "den", "meine", "meinen", "unsere", "la", "le",
        "les", "el", "los", "il", "i", "de", "het",
    ]

    /// A passage with the words of the question that it has.
    private struct Candidate {
        let passage: ScoredPassage
        /// The stems of the words of its text.
        let content: Set<String>
        /// Whether it is the text above the sections of its document.
        let isLead: Bool
        /// Those of the question that are in its title or in a heading above other sections as well, and those that may name a
        /// place or a group in the text above its document's sections.
        let outer: Set<String>
        /// Those that are in its title or a heading.
        let above: Set<String>
        /// Those that are in its text, without years if its title or a heading has one.
        let text: Set<String>
        /// Those that are anywhere.
        let words: Set<String>
        /// Whether its title or a heading has a year, and the question other ones.
        let isOfAnotherYear: Bool

        init(_ passage: ScoredPassage, _ asked: Set<String>, _ lead: Set<String>, isLead: Bool) {
            self.passage = passage
            self.isLead = isLead
            let headings = passage.headings
            let outerHeadings = headings.count > 1 ? headings.dropLast() : headings[...]
            let outer = lead.union(TableRows.stems(of: ([passage.title] + outerHeadings).joined(separator: "\n")))
            let above = outer.union(TableRows.stems(of: headings.last ?? ""))
            content = TableRows.stems(of: passage.text)
            self.outer = outer.intersection(asked)
            self.above = above.intersection(asked)
            let years = above.filter(CalendarWords.isYear)
            isOfAnotherYear =
                !years.isEmpty && years.isDisjoint(with: asked) && asked.contains(where: CalendarWords.isYear)
            text = content.intersection(asked).filter { years.isEmpty || !CalendarWords.isYear($0) }
            words = text.union(self.above)
        }

        /// Whether the question is about this passage rather than another one.
        ///
        /// It is if it has more of this one, and the other one says the same: below the same heading, or in the same words, or
        /// with all that it has of the question but a name.
        func isCloser(than other: Candidate, by names: Set<String>, margin: Double) -> Bool {
            if other.above.isSubset(of: above), !above.isSubset(of: other.words), isParallel(to: other) { return true }
            let own = outer.intersection(names)
            return !own.isSubset(of: other.words) && !other.words.isEmpty && other.words.isSubset(of: words)
                && passage.score >= other.passage.score - margin
        }

        /// The least share of the words of two passages that both have, of all words, by which they say the same.
        private static let leastShare = 0.5

        /// Whether another passage stands below the same heading of another document or chapter, or has the same words.
        func isParallel(to other: Candidate) -> Bool {
            if let heading = passage.headings.last, !heading.isEmpty, heading == other.passage.headings.last {
                return true
            }
            let words = content.filter { $0.first?.isNumber == false }
            let others = other.content.filter { $0.first?.isNumber == false }
            return Double(words.intersection(others).count) >= Self.leastShare * Double(words.union(others).count)
        }
    }
}
