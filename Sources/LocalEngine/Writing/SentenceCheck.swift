/// Decides whether the passages that a sentence cites support it.
///
/// Figures, codes, addresses and names have to be in the cited passages, each figure in the statement that has most in
/// common with the sentence among those that state a figure of its kind. A figure of a table's row needs what distinguishes
/// the row and the column (``RowEvidence``), in the sentence or else in the question. One statement, or two that follow each other, has
/// to contain most of the sentence's words, or to have its meaning by the sentence encoder, and must neither deny what the
/// sentence says nor the reverse. Thresholds are plain majorities; none is fitted to questions.
struct SentenceCheck: Sendable {
    private let evidence: [Evidence]
    private let language: TextLanguage?
    /// The stems of the question's words.
    private let question: Set<String>
    private let similarity: SentenceSimilarity?

    /// The words for the passages of a prompt.
    private static let promptWords: Set<String> = [
        "passage", "passages", "passagen", "pasaje", "pasajes", "passaggio", "passaggi", "passagem", "passagens",
    ]
    /// The share of a sentence's words that its statement has, if nothing else supports the sentence.
    private static let leastCoverage = 0.6
    /// The share if the encoder finds the same meaning.
    private static let leastCoverageWithMeaning = 0.3
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
        evidence = sources.map { Evidence($0, language) }
        self.question = TableRows.stems(of: question)
        self.language = language
        similarity = encoder.map { SentenceSimilarity(encoder: $0) }
    }

    /// What supports a sentence.
    ///
    /// A question says nothing.
    ///
    /// - Returns: The places of the passages that support it, among those that it cites, or of the first passage that
    ///   supports it if it cites none; nil if none does.
    func support(of sentence: WrittenSentence) -> [Int]? {
        let claim = Claim(sentence.text, in: language)
        guard isReadable(claim, sentence.text), sentence.text.last != "?" else { return nil }
        let cited = sentence.cited.map { $0 - 1 }
        guard cited.allSatisfy({ evidence.indices.contains($0) }) else { return nil }
        guard cited.isEmpty else {
            // Each passage that is cited beside the point is left out.
            if let one = cited.first(where: { supports([$0], claim) }) {
                return cited.filter { $0 == one || supports([$0], claim) }
            }
            return supports(cited, claim) ? cited : nil
        }
        return evidence.indices.first { supports([$0], claim) }.map { [$0] }
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

    private func supports(_ places: [Int], _ claim: Claim) -> Bool {
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
        let statements = cited.flatMap(\.statements)
        guard claim.figures.allSatisfy({ isStated($0, of: claim, in: statements, cited) }),
            !mixesRows(claim, of: statements)
        else { return false }
        return isSaid(claim, by: cited)
    }

    /// Whether the statement that fits a figure's sentence best has the figure, or else the one that alone fits its part best.
    private func isStated(_ figure: Figure, of claim: Claim, in statements: [Evidence.Item], _ cited: [Evidence])
        -> Bool
    {
        let scopes = claim.scopes(of: figure, question: question)
        let stating = statements.filter { item in
            item.claim.figures.contains { figure.matches($0) }
                && item.row.map { row in scopes.allSatisfy { row.holds(figure, in: $0) } } ?? true
        }
        guard !stating.isEmpty else {
            return cited.contains { $0.isHeaded(by: figure, of: claim) }
        }
        let rivals = statements.filter { item in
            !item.claim.figures.contains { figure.matches($0) }
                && item.claim.figures.contains { $0.unit == figure.unit && $0.isCalendar == figure.isCalendar }
        }
        func most(_ items: [Evidence.Item], in stems: Set<String>) -> Int {
            items.map { $0.ownStems.intersection(stems).count }.max() ?? -1
        }
        // What a figure is a figure of has to be beside it: all words of the sentence but one, or of the figure's part of it.
        let above = cited.reduce(into: Set<String>()) { $0.formUnion($1.heading.stems) }
        func tells(_ stems: Set<String>) -> Bool {
            stating.contains { item in
                // Words of another language cannot be compared; the encoder compares the sentences.
                let isForeign =
                    claim.language != nil && item.claim.language != nil && claim.language != item.claim.language
                return isForeign || stems.subtracting(item.ownStems).subtracting(above).count <= 1
            }
        }
        let parts = claim.parts(with: figure).map { Claim($0, in: claim.language).stems }
        guard tells(claim.stems) || parts.contains(where: tells) else { return false }
        if most(stating, in: claim.stems) >= most(rivals, in: claim.stems) { return true }
        return parts.contains { most(stating, in: $0) > most(rivals, in: $0) }
    }

    /// Whether a sentence takes its figures from several statements that differ in figures only, as rows of a table do.
    private func mixesRows(_ claim: Claim, of statements: [Evidence.Item]) -> Bool {
        let stating = claim.figures.map { figure in
            statements.filter { $0.claim.figures.contains { figure.matches($0) } }
        }
        let rows = Dictionary(grouping: statements, by: \.claim.stems).values.filter { $0.count > 1 }
        return rows.contains { rows in
            let words = rows[0].claim.stems
            let own = zip(claim.figures, stating).filter { $0.1.contains { $0.claim.stems == words } }.map(\.0)
            guard own.count > 1 else { return false }
            return !rows.contains { row in
                own.allSatisfy { figure in row.claim.figures.contains { figure.matches($0) } }
            }
        }
    }

    /// Whether one statement, or two in a row, say what a sentence says.
    private func isSaid(_ claim: Claim, by cited: [Evidence]) -> Bool {
        let statements = cited.flatMap(\.statements)
        let closest = statements.map { $0.likeness(to: claim) }.max() ?? 0
        // What is most like a sentence must not say the opposite.
        guard statements.contains(where: { $0.likeness(to: claim) == closest && $0.agrees(with: claim) }) else {
            return false
        }
        let headings = cited.reduce(into: Set<String>()) { $0.formUnion($1.heading.stems) }
        var candidates: [(coverage: Double, item: Evidence.Item)] = []
        for passage in cited {
            for (place, item) in passage.statements.enumerated() where item.agrees(with: claim) {
                let next = place + 1 < passage.statements.count ? passage.statements[place + 1].claim.stems : []
                let known = item.ownStems.union(next).union(headings)
                let covered = claim.stems.intersection(known).count
                let own = claim.stems.intersection(item.ownStems.union(next)).count
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
            let languages = [claim.language, candidate.item.claim.language]
            let areForeign = languages[0] != nil && languages[1] != nil && languages[0] != languages[1]
            guard areForeign || candidate.coverage >= Self.leastCoverageWithMeaning else { return false }
            let areEnglish = languages.allSatisfy { $0 == .english }
            let cosine = similarity.cosine(claim.text, candidate.item.claim.text, areEnglish: areEnglish)
            return (cosine ?? 0) >= Self.leastCosine
        }
    }

    /// A passage as evidence.
    private struct Evidence: Sendable {
        struct Item: Sendable {
            let claim: Claim
            /// Its stems, with those of the statement that it refers back to.
            let ownStems: Set<String>
            /// The row of a table that it is, or is part of.
            let row: RowEvidence?

            /// The share of the words of both that both have.
            func likeness(to other: Claim) -> Double {
                let all = claim.stems.union(other.stems).count
                return all == 0 ? 0 : Double(claim.stems.intersection(other.stems).count) / Double(all)
            }

            /// Whether it does not deny what a sentence says, nor turns a permission into an obligation.
            func agrees(with other: Claim) -> Bool {
                guard claim.isNegated == other.isNegated else { return false }
                if other.permits, !other.obliges, claim.obliges, !claim.permits { return false }
                if other.obliges, !other.permits, claim.permits, !claim.obliges { return false }
                return true
            }
        }

        /// The title and the headings, without their numbers.
        let heading: Claim
        let statements: [Item]
        let plainText: String
        let words: Set<String>

        init(_ source: WritingSource, _ fallback: TextLanguage?) {
            let language = TextLanguage(of: source.text, fewest: 2) ?? fallback
            let above = ([source.title] + source.headings).joined(separator: ". ")
            let unnumbered = ([source.title] + source.headings).map {
                String($0.trimmingPrefix(/\s*[0-9]+(?:\.[0-9]+)*[.)]?\s+(?=\p{L})/))
            }
            heading = Claim(unnumbered.joined(separator: ". "), in: language)
            let whole = [above, source.text, source.quotable ?? ""].joined(separator: "\n")
            plainText = whole.lowercased()
            words = Set(Words.all(in: whole))
            var items: [Item] = []
            var lead: Set<String> = []
            let statements = Statement.statements(of: source.text)
            let rows = RowEvidence.rows(among: statements, in: language)
            for (place, statement) in statements.enumerated() {
                let claim = Claim(statement.text, in: language)
                var own = claim.stems
                if statement.leansBack, let last = items.last { own.formUnion(last.ownStems) }
                if statement.isListItem { own.formUnion(lead) } else { lead = statement.leadsIn ? claim.stems : [] }
                items.append(Item(claim: claim, ownStems: own, row: rows[place]))
            }
            self.statements = items
        }

        /// Whether the title or a heading states a figure for all statements below: of a unit, a date, a year, or after a word
        /// that the sentence has as well, as in `Grade 3`.
        func isHeaded(by figure: Figure, of claim: Claim) -> Bool {
            guard heading.figures.contains(where: { figure.matches($0) && $0.unit == figure.unit }) else {
                return false
            }
            if figure.unit != nil || figure.isCalendar || figure.value.wholeMatch(of: /(?:19|20)[0-9]{2}/) != nil {
                return true
            }
            return heading.text.matches(of: /(\p{L}+) ([0-9]+)/).contains { match in
                String(match.output.2) == figure.value
                    && Words.all(in: match.output.1).contains { claim.stems.contains(WordStem.of($0)) }
            }
        }
    }
}

extension Figure {
    /// Whether it is a month or a weekday.
    var isCalendar: Bool { value.hasPrefix("month ") || value.hasPrefix("weekday ") }
}
