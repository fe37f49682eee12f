/// A question in a report, with its answers.
public struct QuestionResult: Sendable, Encodable {
    struct Answer: Sendable, Encodable {
        struct Citation: Sendable, Encodable {
            let filename: String
            let quote: String
            /// Whether the quote is verbatim in the document; nil without a quote, or if the text is unknown.
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
    /// Whether the question has to be refused.
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

    /// The reasons why the question is wrong, of all its answers, each once.
    var misses: [String] { unique(answers.flatMap(\.misses)) }
    var notes: [String] {
        unique(answers.flatMap(\.notes) + (agreed == false ? ["its repeated answers disagree"] : []))
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
