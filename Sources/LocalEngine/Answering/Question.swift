/// A parsed question: the words that its answer should be about, and the kind of answer that it asks for.
struct Question: Sendable {
    /// The words of the question itself and of the questions that it continues.
    var terms: [QuestionTerm]
    /// The kind of answer that it asks for.
    var kind: AnswerKind
    /// The pairs of words that follow each other in the question, as stems, with what each is worth; together up to 1.
    var pairs: [(first: String, second: String, weight: Double)]
    /// Whether it asks for an entitlement.
    var asksForEntitlement: Bool
    /// The queries to search for, the best one first.
    var queries: [String]

    /// The number of earlier questions that a follow-up can continue.
    static let maximumExchanges = 3
    /// The maximum number of searched words of a question, and of the questions before it.
    private static let maximumTerms = 32
    /// The maximum number of words whose rarity is counted, to choose those from.
    private static let maximumCandidates = 64
    /// The maximum number of pairs of neighbouring words that are looked for.
    private static let maximumPairs = 64

    /// Parses a question.
    ///
    /// - Parameters:
    ///   - text: What the user asks.
    ///   - history: The earlier questions with their answers, oldest first.
    ///   - weights: The weights.
    ///   - rarity: How distinctive each word is, 0…1.
    /// - Throws: What `rarity` throws.
    init(
        _ text: String,
        history: [Answerer.Exchange],
        weights: AnswerWeights,
        rarity: ([String]) throws -> [Double]
    ) rethrows {
        let all = Self.distinct(Words.content(of: text))
        let names = ProperNames.all(in: text)
        let own = try Self.knownParts(of: names, in: Self.foremost(all, rarity: rarity), rarity: rarity)
        let earlier = FollowUp.isFollowUp(text) ? Self.earlierWords(history) : []
        let ownStems = Set(own.map { WordStem.of($0) })
        let inherited = earlier.filter { !ownStems.contains(WordStem.of($0.word)) }.prefix(Self.maximumTerms)
        let rarities = try rarity(own + inherited.map(\.word))
        let nameWords = names.reduce(into: Set<String>()) { $0.formUnion($1) }
        func weight(_ word: String, _ rarity: Double) -> Double {
            rarity * (CommonWords.contains(word) ? weights.everyday : 1) * (nameWords.contains(word) ? weights.name : 1)
        }
        let ownTerms = zip(own, rarities).map {
            QuestionTerm($0, weight: weight($0, $1), isEssential: nameWords.contains($0))
        }
        let inheritedTerms = zip(inherited, rarities.dropFirst(own.count)).map { word, rarity in
            QuestionTerm(word.word, weight: weight(word.word, rarity) * word.decay)
        }
        let share = inherited.isEmpty ? 0 : own.isEmpty ? 1 : weights.history / (1 + weights.history)
        terms = Self.scaled(ownTerms, to: 1 - share) + Self.scaled(inheritedTerms, to: share)
        asksForEntitlement = Self.asksForEntitlement(text)
        pairs = Self.pairs(of: Words.all(in: text).map { WordStem.of($0) }, terms: terms)
        let ownKind = AnswerKind(of: text)
        kind = ownKind
        if ownKind == .anything, !inherited.isEmpty, let last = history.last { kind = AnswerKind(of: last.question) }
        let context = inherited.map(\.word).joined(separator: " ")
        let ownWords = own.joined(separator: " ")
        let asked = own.count < all.count ? ownWords : text
        queries = inherited.isEmpty ? [asked] : own.isEmpty ? [context] : ["\(ownWords) \(context)", asked]
    }

    /// The most distinctive words of a long question, in their order; all words of a short one.
    ///
    /// The rarest words of the documents are the most distinctive. Words that no document has do not show where to look, but
    /// they show how much of the question a passage does not answer, so they keep their share.
    private static func foremost(
        _ words: [String],
        rarity: ([String]) throws -> [Double]
    ) rethrows -> [String] {
        guard words.count > maximumTerms else { return words }
        let candidates = candidates(of: words)
        let rarities = try rarity(candidates)
        let known = candidates.indices.filter { rarities[$0] < 1 }.sorted { rarities[$0] > rarities[$1] }
        let unknown = candidates.indices.filter { rarities[$0] >= 1 }
        let share = max(maximumTerms * unknown.count / candidates.count, maximumTerms - known.count)
        let kept = min(share, unknown.count)
        let chosen = Set(unknown.prefix(kept) + known.prefix(maximumTerms - kept))
        return candidates.indices.filter { chosen.contains($0) }.map { candidates[$0] }
    }

    /// The words without those of a name that no document has, if a document has another word of the name.
    private static func knownParts(
        of names: [Set<String>],
        in words: [String],
        rarity: ([String]) throws -> [Double]
    ) rethrows -> [String] {
        let parts = names.filter { $0.count > 1 }
        guard !parts.isEmpty else { return words }
        let rarities = Dictionary(zip(words, try rarity(words))) { first, _ in first }
        let unknown = parts.filter { $0.contains { rarities[$0, default: 1] < 1 } }.flatMap { name in
            name.filter { rarities[$0, default: 1] >= 1 }
        }
        return words.filter { !unknown.contains($0) }
    }

    /// The candidates among the words of a long question: everyday words come last, and so do those in the middle.
    private static func candidates(of words: [String]) -> [String] {
        guard words.count > maximumCandidates else { return words }
        let telling = words.filter { !CommonWords.contains($0) }
        guard telling.count < maximumCandidates else {
            return Array(telling.prefix(maximumCandidates / 2) + telling.suffix(maximumCandidates / 2))
        }
        let others = words.filter { CommonWords.contains($0) }
        let chosen = Set(telling + others.suffix(maximumCandidates - telling.count))
        return words.filter { chosen.contains($0) }
    }

    /// The words of the questions that a follow-up continues, the newest first; older ones count less.
    private static func earlierWords(_ history: [Answerer.Exchange]) -> [(word: String, decay: Double)] {
        var words: [(word: String, decay: Double)] = []
        var seen: Set<String> = []
        var decay = 1.0
        for exchange in history.suffix(maximumExchanges).reversed() {
            let new = distinct(Words.content(of: exchange.question)).filter { seen.insert($0).inserted }
            words += new.map { ($0, decay) }
            guard FollowUp.isFollowUp(exchange.question) else { break }
            decay /= 2
        }
        return words
    }

    /// Whether a question asks for an entitlement.
    static func asksForEntitlement(_ text: String) -> Bool {
        Words.all(in: text).contains { entitlementQuestions.contains($0) }
    }

    private static let entitlementQuestions: Set<String> = [
        "get", "receive", "entitled", "have", "bekomme", "erhalte", "habe", "zusteht",
    ]

    private static func distinct(_ words: [String]) -> [String] {
        var seen: Set<String> = []
        return words.filter { seen.insert(WordStem.of($0)).inserted }
    }

    private static func scaled(_ terms: [QuestionTerm], to share: Double) -> [QuestionTerm] {
        let sum = terms.reduce(0) { $0 + $1.weight }
        guard sum > 0 else { return terms }
        return terms.map { term in
            var scaled = term
            scaled.weight *= share / sum
            return scaled
        }
    }

    /// How many of the pairs of neighbouring terms are close together in a statement, by their weight: 0…1.
    ///
    /// - Parameter places: Where in the statement each term is.
    /// - Returns: The share.
    func phrases(at places: [[Int]]) -> Double {
        guard terms.count > 1 else { return 0 }
        return terms.indices.dropLast().reduce(0) { sum, term in
            let isPair = places[term].contains { first in
                places[term + 1].contains { $0 != first && abs($0 - first) <= Self.closeBy }
            }
            return isPair ? sum + (terms[term].weight + terms[term + 1].weight) / 2 : sum
        }
    }

    /// How many of the question's pairs of words a statement holds word for word, by their weight.
    func pairs(in statement: Statement) -> Double {
        let stems = statement.stems
        let present = Set(stems)
        return pairs.reduce(0) { sum, pair in
            guard present.contains(pair.first) else { return sum }
            let isThere = stems.indices.dropLast().contains { stems[$0] == pair.first && stems[$0 + 1] == pair.second }
            return isThere ? sum + pair.weight : sum
        }
    }

    private static func pairs(
        of stems: [String],
        terms: [QuestionTerm]
    ) -> [(first: String, second: String, weight: Double)] {
        func weight(_ stem: String) -> Double {
            terms.first { $0.stem == stem }?.weight ?? 0
        }
        let stemWeights = stems.map(weight)
        let pairs = stems.indices.dropLast()
            .map { (stems[$0], stems[$0 + 1], (stemWeights[$0] + stemWeights[$0 + 1]) / 2) }
            .filter { $0.2 > 0 }
        return pairs.count > maximumPairs ? Array(pairs.sorted { $0.2 > $1.2 }.prefix(maximumPairs)) : pairs
    }

    /// How far apart the words of a phrase may be.
    private static let closeBy = 3
}
