/// A question with the engine's observations of the passages that may answer it, so that it can be answered by any
/// weights.
package struct ObservedQuestion: Sendable {
    let question: String
    let history: [Answerer.Exchange]
    /// The passages that are ranked, by what is searched for.
    let candidates: [String: [RankedPassage]]
    let encoder: PassageEncoder

    /// The number of passages from which an answer is chosen, as in a request that names none.
    static let results = 20

    /// An answer.
    package struct Answer: Sendable {
        /// The text.
        package let text: String
        /// The files that are cited, each with what is quoted of it.
        package let citations: [(fileID: String, quote: String)]
        /// Whether it says that it may be wrong.
        package let isUnsure: Bool
        /// The query of the search.
        package let query: String
    }

    /// Something that can be chosen or not.
    package struct Candidate: Sendable {
        /// The file that it is from.
        package let fileID: String
        /// Its text.
        package let text: String
        /// Whether its observations are by the multilingual model.
        package let isMultilingual: Bool
        /// Its observations, in the order of the values of the weights.
        package let observations: [Double]
        /// What raises or lowers the certainty where it is compared with the upper bound, in the order of
        /// ``MeaningWeights/Sureness/values``; empty for what is not quoted.
        package fileprivate(set) var sureness: [Double] = []
        fileprivate let closeness: Closeness

        /// The certainty that it answers the question.
        package func certainty(by weights: MeaningWeights) -> Double { closeness.certainty(by: weights) }

        /// What is added to the certainty where it is compared with the lower bound.
        package func raise(by weights: MeaningWeights) -> Double { weights.sureness.raise(of: sureness) }
    }

    /// Answers the question.
    package func answer(by weights: MeaningWeights) -> Answer {
        let answer = MeaningAnswerer(encoder: encoder, weights: weights).answer(
            question,
            history: history,
            instructions: nil,
            maximumResults: Self.results
        ) { query, _, limit in ranked(for: query, by: weights, limit) }
        return Answer(
            text: answer.text,
            citations: answer.citations.map { ($0.passage.fileID, $0.quote ?? answer.text) },
            isUnsure: answer.confidence == .unsure,
            query: answer.queries[0]
        )
    }

    /// The passages that are ranked by ``MeaningWeights/english``, ``MeaningWeights/multilingual`` and
    /// ``MeaningWeights/multilingualRank``.
    ///
    /// - Parameter weights: Tell whether it is searched for together with the questions before it, and what the rank by the
    ///   multilingual model is, the last of the observations.
    /// - Returns: The passages that have vectors, in no order.
    package func passages(by weights: MeaningWeights) -> [Candidate] {
        let all = candidates[answer(by: weights).query] ?? []
        let scales = Scales(of: all)
        return all.compactMap { candidate in
            candidate.closeness.map { closeness in
                let second = candidate.reference.map { scales.rank(of: $0, by: weights) } ?? 0
                return Self.candidate(candidate.passage, closeness, scales.standing(of: closeness) + [second])
            }
        }
    }

    /// The statements that are weighed by ``MeaningWeights/statement``, of the passages that rank best by `weights`.
    package func statements(by weights: MeaningWeights) -> [Candidate] {
        let best = ranked(for: answer(by: weights).query, by: weights, Self.results).map { StatementChoice.Scored($0) }
        let weighed = StatementChoice.weighed(best, RowNames(in: question, found: best.map(\.read)))
        return StatementChoice.observed(weighed, for: question).flatMap { passage in
            zip(passage.statements, passage.observations).compactMap { statement, observations in
                var part = passage.passage
                part.text = statement.text
                return passage.closeness.map { Self.candidate(part, $0, observations) }
            }
        }
    }

    /// The passage that is quoted, with what its certainty is computed from; nil if it has no vectors.
    package func quoted(by weights: MeaningWeights) -> Candidate? {
        let query = answer(by: weights).query
        let best = ranked(for: query, by: weights, Self.results)
        guard let choice = StatementChoice(from: best, for: question, in: query, by: weights) else { return nil }
        let closeness = best.first { $0.passage.id == choice.passage.id }?.closeness
        return closeness.map {
            var candidate = Self.candidate(choice.passage, $0, $0.certaintyObservations)
            candidate.sureness = choice.surenessObservations(by: weights)
            return candidate
        }
    }

    private func ranked(for query: String, by weights: MeaningWeights, _ limit: Int) -> [RankedPassage] {
        let language = encoder.query(query).language
        return Array(RankedPassage.ranked(candidates[query] ?? [], for: language, by: weights).prefix(limit))
    }

    private static func candidate(
        _ passage: ScoredPassage,
        _ closeness: Closeness,
        _ observations: [Double]
    ) -> Candidate {
        Candidate(
            fileID: passage.fileID,
            text: passage.text,
            isMultilingual: closeness.model == .multilingual,
            observations: observations,
            closeness: closeness
        )
    }
}
