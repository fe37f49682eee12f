/// A question with its answers and what they are worth.
public struct EvaluatedQuestion: Sendable {
    struct Attempt: Sendable {
        let answer: Result<GivenAnswer, AskingError>
        /// How long the answer took; 0 where there is none.
        let seconds: Double
        let judgement: Judgement
    }

    /// The question.
    public let question: EvaluationQuestion
    /// What came of it, each time that it was asked.
    let attempts: [Attempt]

    /// Whether each answer is right; nil where nothing of them can be checked.
    var isRight: Bool? {
        let verdicts = attempts.compactMap(\.judgement.isRight)
        return verdicts.isEmpty ? nil : verdicts.allSatisfy(\.self)
    }

    /// Whether the answers agree: the same outcome, file and checks; nil where the question was asked once.
    var isAgreed: Bool? {
        guard attempts.count > 1 else { return nil }
        return attempts.dropFirst().allSatisfy { $0.judgement.gist == attempts[0].judgement.gist }
    }
}
