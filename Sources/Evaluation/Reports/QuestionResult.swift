/// A question in a report: what was asked, and what came of it.
public struct QuestionResult: Sendable, Encodable {
    struct Answer: Sendable, Encodable {
        struct Citation: Sendable, Encodable {
            let filename: String
            let quote: String
            /// Whether the quote stands in the document word for word; nil where there is none, or that is not known.
            let isVerbatim: Bool?
        }

        let outcome: Judgement.Outcome
        let text: String
        let citations: [Citation]
        let error: String?
        let seconds: Double
        let misses: [String]
        let notes: [String]
    }

    let id: String
    let question: String
    let before: [String]
    let kind: String?
    let files: [String]
    let expectedAnswer: String?
    /// Whether the question is to be refused.
    let isOutOfScope: Bool
    let right: Bool?
    let agreed: Bool?
    let answers: [Answer]

    init(_ evaluated: EvaluatedQuestion) {
        let question = evaluated.question
        id = question.id
        self.question = question.text
        before = question.before
        kind = question.kind
        files = question.files
        expectedAnswer = question.expectedAnswer
        isOutOfScope = question.expectation == .refusal
        right = evaluated.isRight
        agreed = evaluated.isAgreed
        answers = evaluated.attempts.map(Answer.init)
    }

    /// Why the question is not right, or what is worth a look, of all its answers, each once.
    var misses: [String] { unique(answers.flatMap(\.misses)) }
    var notes: [String] {
        unique(answers.flatMap(\.notes) + (agreed == false ? ["the answers to its repeats do not agree"] : []))
    }

    private func unique(_ texts: [String]) -> [String] {
        texts.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}

extension QuestionResult.Answer {
    init(_ attempt: EvaluatedQuestion.Attempt) {
        var verbatim = attempt.judgement.quotes[...]
        switch attempt.answer {
        case .success(let answer):
            text = answer.text
            citations = answer.citations.map { citation in
                Citation(
                    filename: citation.document.path,
                    quote: citation.quote,
                    isVerbatim: citation.quote.isEmpty ? nil : verbatim.popFirst() ?? nil
                )
            }
            error = nil
        case .failure(let failure):
            (text, citations, error) = ("", [], failure.code)
        }
        outcome = attempt.judgement.outcome
        seconds = (attempt.seconds * 10_000).rounded() / 10_000
        misses = attempt.judgement.misses
        notes = attempt.judgement.notes
    }
}
