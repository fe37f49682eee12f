internal import Foundation

/// A question as a JSON object: in the format of this program, of Azure's ai-rag-chat-evaluator (`question`, `truth`)
/// or of GOV.UK Chat (`id`, `question`, `ideal_answer`).
enum QuestionLine {
    /// The known fields; others are reported and ignored.
    static let names: Set<String> = [
        "id", "question", "answer", "must_contain", "any_of", "file", "also", "before", "kind", "draft", "truth",
        "ideal_answer",
    ]
    /// The kind of the questions that have to be refused.
    static let outOfScope = "out-of-scope"

    static func question(from fields: QuestionFields, at place: String) throws(QuestionFault) -> EvaluationQuestion {
        let ideal = try fields.text(anyOf: "truth", "ideal_answer")
        let (id, kind) = (try fields.text("id"), try fields.text("kind"))
        var question = EvaluationQuestion(
            id: id ?? place,
            text: try fields.requiredText("question"),
            before: try fields.texts("before"),
            kind: kind,
            expectation: .answer,
            expectedAnswer: try fields.text(anyOf: "answer", "truth", "ideal_answer")
        )
        if let file = try fields.text("file") { question.files = [file] }
        question.files += try fields.texts("also")
        question.fact = try statedFact(fields)
        guard kind != outOfScope else {
            guard question.files.isEmpty, question.fact == nil else {
                throw QuestionFault("A question of the kind \(outOfScope) has neither `file` nor `must_contain`.")
            }
            question.expectation = .refusal
            return question
        }
        if let ideal {
            if question.files.isEmpty { question.files = IdealAnswer.citedFiles(in: ideal) }
            if question.fact == nil { question.fact = IdealAnswer.fact(of: ideal) }
        } else if question.files.isEmpty {
            let saysSo = fields.values["file"] == .null
            guard question.fact == nil, saysSo || question.expectedAnswer == nil else {
                throw QuestionFault(
                    """
                    `file` is missing: name the document that has the answer or, if the question is out of scope, \
                    write "kind": "\(outOfScope)" and no `must_contain`.
                    """
                )
            }
            question.expectation = .refusal
            return question
        }
        if question.fact == nil, question.expectedAnswer != nil { question.unchecked = ["the wording of the answer"] }
        return question
    }

    private static func statedFact(_ fields: QuestionFields) throws(QuestionFault) -> Fact? {
        let (all, alternatives) = (try fields.texts("must_contain"), try fields.lists("any_of"))
        guard all.isEmpty || alternatives.isEmpty else {
            throw QuestionFault("`must_contain` and `any_of` exclude each other: keep one of them.")
        }
        if !alternatives.isEmpty { return .texts(anyOf: alternatives) }
        return all.isEmpty ? nil : .texts(anyOf: [all])
    }
}

/// The checkable parts of a worded answer: the files that it cites, and its figures.
enum IdealAnswer {
    /// The files in square brackets, such as `[leave.pdf]` or `[leave.pdf#page=3]`, each once.
    static func citedFiles(in text: String) -> [String] {
        let all = NSRange(location: 0, length: text.utf16.count)
        let names = citation?.matches(in: text, range: all).compactMap { match in
            Range(match.range(at: 1), in: text).map { String(text[$0]) }
        }
        return (names ?? []).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    /// The figures of an answer without those of its citations; nil if it has none.
    static func fact(of text: String) -> Fact? {
        let all = NSRange(location: 0, length: text.utf16.count)
        let words = citation?.stringByReplacingMatches(in: text, range: all, withTemplate: " ") ?? text
        let figures = Figures.inText(words)
        return figures.isEmpty ? nil : .figures(figures)
    }

    private static let citation = try? NSRegularExpression(
        pattern: #"\[([^\[\]\n#]+\.[A-Za-z0-9]{1,5})(?:#[^\[\]\n]*)?\]"#
    )
}
