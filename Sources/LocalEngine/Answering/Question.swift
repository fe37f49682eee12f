/// A question, taken apart: the words that its answer should be about, and the kind of answer it wants.
struct Question: Sendable {
    /// A word that an answer should be about.
    struct Term: Sendable, Hashable {
        /// The stem of the word.
        var stem: String
        /// What other forms of the word begin with.
        var root: String
        /// The stems of other words for the same thing.
        var related: [String]
        /// How much it tells, as a share of the question; all terms together make 1.
        var weight: Double

        /// Takes the word as it is in the question.
        init(_ word: String, weight: Double) {
            stem = WordStem.of(word)
            root = WordStem.root(of: word)
            related = Synonyms.of(word).map { WordStem.of($0) }
            self.weight = weight
        }
    }

    /// What kind of answer would do.
    enum Expectation: Sendable, Hashable {
        case anything
        /// An amount, a number, a length of time.
        case figure
        /// A date, a day, a month, a time.
        case date
    }

    /// The words of the question itself and of the questions it goes on from.
    var terms: [Term]
    /// What kind of answer would do.
    var expectation: Expectation
    /// What to search for, the best query first.
    var queries: [String]

    /// How much the words of the earlier questions count beside those of the newest.
    private static let shareOfHistory = 0.5
    /// How far back a follow-up leans.
    private static let mostTurns = 3

    /// Takes a question apart.
    ///
    /// - Parameters:
    ///   - text: What the user asks.
    ///   - history: The earlier turns, oldest first.
    ///   - rarity: How much each word tells, 0…1.
    /// - Throws: What `rarity` throws.
    init(_ text: String, history: [Answerer.Turn], rarity: ([String]) throws -> [Double]) rethrows {
        let own = Self.distinct(Words.content(of: text))
        let earlier = FollowUp.isFollowUp(text) ? Self.earlierWords(history) : []
        let inherited = earlier.filter { word in !own.contains { WordStem.of($0) == WordStem.of(word.word) } }
        let rarities = try rarity(own + inherited.map(\.word))
        let ownWeights = zip(own, rarities).map { Term($0, weight: $1) }
        let inheritedWeights = zip(inherited, rarities.dropFirst(own.count)).map { word, rarity in
            Term(word.word, weight: rarity * word.decay)
        }
        let share = inherited.isEmpty ? 0 : own.isEmpty ? 1 : Self.shareOfHistory / (1 + Self.shareOfHistory)
        terms = Self.scaled(ownWeights, to: 1 - share) + Self.scaled(inheritedWeights, to: share)
        expectation = Self.expectation(of: text)
        if expectation == .anything, own.isEmpty, let last = history.last {
            expectation = Self.expectation(of: last.question)
        }
        let context = inherited.map(\.word).joined(separator: " ")
        queries =
            inherited.isEmpty ? [text] : own.isEmpty ? [context] : ["\(own.joined(separator: " ")) \(context)", text]
    }

    /// The words of the questions that a follow-up goes on from, the newest first; older ones count less.
    private static func earlierWords(_ history: [Answerer.Turn]) -> [(word: String, decay: Double)] {
        var words: [(word: String, decay: Double)] = []
        var decay = 1.0
        for turn in history.suffix(mostTurns).reversed() {
            for word in distinct(Words.content(of: turn.question)) where !words.contains(where: { $0.word == word }) {
                words.append((word, decay))
            }
            guard FollowUp.isFollowUp(turn.question) else { break }
            decay /= 2
        }
        return words
    }

    private static func distinct(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert(WordStem.of($0)).inserted }
    }

    private static func scaled(_ terms: [Term], to share: Double) -> [Term] {
        let sum = terms.reduce(0) { $0 + $1.weight }
        guard sum > 0 else { return terms }
        return terms.map { term in
            var scaled = term
            scaled.weight *= share / sum
            return scaled
        }
    }

    private static func expectation(of text: String) -> Expectation {
        let words = " " + Words.all(in: text).joined(separator: " ") + " "
        let dates = [
            "when", "what date", "which date", "which day", "what day", "what time", "which month", "wann", "bis wann",
            "welchem tag",
        ]
        if dates.contains(where: { words.contains(" \($0) ") }) { return .date }
        let figures = [
            "how many", "how much", "how long", "how often", "how far", "how old", "how high", "how large", "how big",
            "how soon",
            "what percentage", "which percentage", "what share", "what amount", "what sum", "limit", "maximum",
            "minimum",
            "wie viel", "wieviel", "wie viele", "wie lange", "wie oft", "wie hoch", "wie weit", "wie gross",
            "hochstens",
        ]
        return figures.contains { words.contains(" \($0) ") } ? .figure : .anything
    }
}
