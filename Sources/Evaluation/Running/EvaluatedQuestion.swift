/// A question with its judged answers.
public struct EvaluatedQuestion: Sendable {
    struct Attempt: Sendable {
        let answer: Result<GivenAnswer, AskingError>
        /// The answer's duration in seconds; 0 without an answer.
        let seconds: Double
        let judgement: Judgement
    }

    /// The question.
    public let question: EvaluationQuestion
    /// The attempts, in order.
    let attempts: [Attempt]

    /// Whether all answers are right; nil where nothing can be checked.
    var isRight: Bool? {
        let verdicts = attempts.compactMap(\.judgement.isRight)
        return verdicts.isEmpty ? nil : verdicts.allSatisfy(\.self)
    }

    /// Whether the answers agree in outcome, file and checks; nil for a question that was asked once.
    var isAgreed: Bool? {
        guard attempts.count > 1 else { return nil }
        return attempts.dropFirst().allSatisfy { $0.judgement.gist == attempts[0].judgement.gist }
    }
}

extension EvaluatedQuestion {
    /// Judges an answer without an ``AnswerSource``; its quotes are not checked.
    package init(_ question: EvaluationQuestion, answer: GivenAnswer) {
        let judgement = Judge(documents: [:]).judge(.success(answer), to: question)
        self.init(
            question: question,
            attempts: [Attempt(answer: .success(answer), seconds: 0, judgement: judgement)]
        )
    }

    /// Whether the answer's text and its quotes have the fact; nil without a fact.
    package var isFactHeld: Bool? { attempts.first?.judgement.isFactHeld }

    /// Whether no document is cited.
    package var isRefused: Bool { attempts.first?.judgement.outcome == .refused }

    /// Whether the answer says that it may be wrong.
    package var isUnsure: Bool { attempts.first?.judgement.outcome == .unsure }
}

extension EvaluationQuestion {
    /// Returns the share of the fact that a text of a document has.
    ///
    /// - Returns: The share, from 0 to 1; 0 for a document without the answer.
    package func share(heldBy text: String, from path: String) -> Double {
        guard let fact, files.contains(where: { DocumentPath.matches(path, $0) }) else { return 0 }
        let wanted =
            switch fact {
            case .texts(let alternatives): alternatives.map(\.count).max() ?? 0
            case .figures(let figures): figures.count
            }
        return wanted > 0 ? max(0, 1 - Double(fact.missing(in: text).count) / Double(wanted)) : 0
    }
}
