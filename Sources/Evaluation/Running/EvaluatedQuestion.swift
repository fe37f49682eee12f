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

extension EvaluatedQuestion {
    /// Judges an answer that was made without asking an ``AnswerSource``; its quotes are not checked.
    package init(_ question: EvaluationQuestion, answer: GivenAnswer) {
        let judgement = Judge(documents: [:]).judge(.success(answer), to: question)
        self.init(
            question: question,
            attempts: [Attempt(answer: .success(answer), seconds: 0, judgement: judgement)]
        )
    }

    /// Whether the answer's text and its quotes hold the fact; nil where no fact is known.
    package var isFactHeld: Bool? { attempts.first?.judgement.isFactHeld }

    /// Whether no document is cited.
    package var isRefused: Bool { attempts.first?.judgement.outcome == .refused }

    /// Whether the answer says that it may not be one.
    package var isUnsure: Bool { attempts.first?.judgement.outcome == .unsure }
}

extension EvaluationQuestion {
    /// Whether a text from a document is what a right answer quotes.
    ///
    /// - Returns: The share of the fact that it holds, 0…1; 0 for a document that does not hold the answer.
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
