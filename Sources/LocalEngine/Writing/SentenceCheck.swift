/// Decides whether the passages that a sentence cites support it.
///
/// Figures, codes, addresses and names have to be in the cited passages, each figure in the statement that has most in
/// common with the sentence among those that state a figure of its kind. A figure of a table's row needs what distinguishes
/// the row and the column (``RowEvidence``), in the sentence or else in the question. A figure of prose
/// needs its conditions, and what distinguishes it from other values of the same thing (``FigureCheck``). One statement, or two
/// that follow each other, has to contain most of the sentence's words, or to have its meaning by the sentence encoder, and must
/// neither deny what the sentence says nor the reverse. Fluent sentences of general knowledge come close in meaning, so that one
/// statement of prose has to have half of the words, and the passages or the question two thirds. Thresholds are plain majorities; none is fitted to questions.
struct SentenceCheck: Sendable {
    private let evidence: [CitedPassage]
    private let language: TextLanguage?
    /// The stems of the question's words.
    private let question: Set<String>
    /// The stems and the figures of the question (``Qualifiers/words(of:_:)``).
    private let questionWords: Set<String>
    private let similarity: SentenceSimilarity?

    /// The words for the passages of a prompt.
    private static let promptWords: Set<String> = [
        "passage", "passages", "passagen", "pasaje", "pasajes", "passaggio", "passaggi", "passagem", "passagens",
    ]
    /// The share of a sentence's words that its statement has, if nothing else supports the sentence.
    private static let leastCoverage = 0.6
    /// The share if the encoder finds the same meaning.
    private static let leastCoverageWithMeaning = 0.3
    /// One statement of prose has at least a half of the sentence's words, whatever its neighbours and headings have.
    private static let leastOfStatement = 2
    /// At most a third of the words is neither in the passages nor in the question.
    private static let mostUnknown = 3
    /// The least cosine of two sentences with the same meaning.
    private static let leastCosine = 0.6
    /// The most statements whose meaning is compared with a sentence.
    private static let maximumCompared = 8

    /// Prepares a check against the passages of a prompt.
    ///
    /// - Parameters:
    ///   - sources: The passages, in the order of their numbers.
    ///   - question: The question.
    ///   - language: The language of the question; nil if it is unknown.
    ///   - encoder: Compares meanings; nil to compare words alone.
    init(_ sources: [WritingSource], question: String, language: TextLanguage?, encoder: PassageEncoder?) {
        evidence = sources.map { CitedPassage($0, language) }
        self.question = TableRows.stems(of: question)
        questionWords = Qualifiers.words(of: question, language)
        self.language = language
        similarity = encoder.map { SentenceSimilarity(encoder: $0) }
    }

    /// What supports a sentence.
    ///
    /// A question says nothing.
    ///
    /// - Parameters:
    ///   - sentence: The sentence.
    ///   - next: The sentence after it, which may add a condition or another value; nil if the sentence has to hold alone.
    /// - Returns: The places of the passages that support it, among those that it cites, or of the first passage that
    ///   supports it if it cites none; nil if none does.
    func support(of sentence: WrittenSentence, before next: WrittenSentence? = nil) -> [Int]? {
        let claim = Claim(sentence.text, in: language)
        guard isReadable(claim, sentence.text), sentence.text.last != "?" else { return nil }
        let context = [claim.text, next?.text ?? ""].reduce(into: questionWords) {
            $0.formUnion(Qualifiers.words(of: $1, claim.language))
        }
        let cited = sentence.cited.map { $0 - 1 }
        guard cited.allSatisfy({ evidence.indices.contains($0) }) else { return nil }
        guard cited.isEmpty else {
            // Each passage that is cited beside the point is left out.
            if let one = cited.first(where: { supports([$0], claim, context) }) {
                return cited.filter { $0 == one || supports([$0], claim, context) }
            }
            return supports(cited, claim, context) ? cited : nil
        }
        return evidence.indices.first { supports([$0], claim, context) }.map { [$0] }
    }

    /// Whether a line only names what a passage is about, by words of its title and headings.
    func isHeading(_ sentence: WrittenSentence) -> Bool {
        let claim = Claim(sentence.text, in: language)
        guard !claim.isNegated, !claim.permits, !claim.obliges else { return false }
        return evidence.contains { passage in
            claim.stems.isSubset(of: passage.heading.stems)
                && claim.figures.allSatisfy { figure in passage.heading.figures.contains { figure.matches($0) } }
                && claim.literals.isSubset(of: passage.heading.literals)
                && claim.names.isSubset(of: passage.heading.names.union(Words.all(in: passage.heading.text)))
        }
    }

    /// Whether a sentence says anything, in the language of the question and without markup.
    private func isReadable(_ claim: Claim, _ text: String) -> Bool {
        guard !claim.stems.isEmpty || !claim.figures.isEmpty else { return false }
        if text.contains(/<[A-Za-z\/!][^>]*>?/) || text.contains(/\]\(|```|[{}]/) { return false }
        guard let language, let own = TextLanguage(of: text, fewest: 2) else { return true }
        return own == language
    }

    private func supports(_ places: [Int], _ claim: Claim, _ context: Set<String>) -> Bool {
        let cited = places.map { evidence[$0] }
        // What speaks of the passages themselves says nothing of their subject.
        guard
            claim.ownWords.intersection(Self.promptWords).allSatisfy({ word in
                cited.contains { $0.words.contains(word) }
            })
        else { return false }
        guard claim.literals.allSatisfy({ literal in cited.contains { $0.plainText.contains(literal) } }),
            claim.names.allSatisfy({ name in cited.contains { $0.words.contains(name) } })
        else { return false }
        guard FigureCheck(claim, citing: cited, question: question, context: context).holds else { return false }
        return isSaid(claim, by: cited, context)
    }

    /// Whether one statement, or two in a row, say what a sentence says.
    private func isSaid(_ claim: Claim, by cited: [CitedPassage], _ context: Set<String>) -> Bool {
        let statements = cited.flatMap(\.statements)
        let closest = statements.map { $0.likeness(to: claim) }.max() ?? 0
        // What is most like a sentence must not say the opposite.
        guard statements.contains(where: { $0.likeness(to: claim) == closest && $0.agrees(with: claim) }) else {
            return false
        }
        let headings = cited.reduce(into: Set<String>()) { $0.formUnion($1.heading.stems) }
        let unknown = claim.stems.subtracting(questionWords).subtracting(headings)
            .subtracting(statements.flatMap(\.ownStems)).count
        var candidates: [(coverage: Double, item: CitedStatement)] = []
        for passage in cited {
            for (place, item) in passage.statements.enumerated()
            where item.agrees(with: claim) && keepsConditions(of: item, claim, context) {
                // Words of another language and of a table's row cannot be counted so.
                let isProse = item.row == nil && !item.isForeign(to: claim)
                let ofStatement = claim.stems.intersection(item.wholeStems).count
                guard
                    !isProse
                        || ofStatement * Self.leastOfStatement >= claim.stems.count
                            && unknown * Self.mostUnknown <= claim.stems.count
                else { continue }
                let next = place + 1 < passage.statements.count ? passage.statements[place + 1].claim.stems : []
                let known = item.wholeStems.union(next).union(headings)
                let covered = claim.stems.intersection(known).count
                let own = claim.stems.intersection(item.wholeStems.union(next)).count
                // Headings alone say nothing.
                guard own > 0 || claim.stems.isEmpty || claim.language != item.claim.language else { continue }
                candidates.append((claim.stems.isEmpty ? 1 : Double(covered) / Double(claim.stems.count), item))
            }
        }
        candidates.sort { $0.coverage > $1.coverage }
        guard let best = candidates.first else { return false }
        if best.coverage >= Self.leastCoverage { return true }
        guard let similarity else { return false }
        return candidates.prefix(Self.maximumCompared).contains { candidate in
            guard candidate.item.isForeign(to: claim) || candidate.coverage >= Self.leastCoverageWithMeaning else {
                return false
            }
            let areEnglish = claim.language == .english && candidate.item.claim.language == .english
            let cosine = similarity.cosine(claim.text, candidate.item.claim.text, areEnglish: areEnglish)
            return (cosine ?? 0) >= Self.leastCosine
        }
    }

    /// Whether a sentence that grants or requires something keeps the conditions of a statement.
    private func keepsConditions(of item: CitedStatement, _ claim: Claim, _ context: Set<String>) -> Bool {
        guard claim.permits || claim.obliges, item.row == nil, !item.isForeign(to: claim) else { return true }
        return Qualifiers(of: item.claim.text, in: item.claim.language, names: []).areKept(by: context)
    }
}
