/// Checks answers against their questions.
struct Judge: Sendable {
    /// The texts of the documents, by their paths.
    var documents: [String: SearchedDocument]

    /// Judges an answer, or the error instead of one.
    func judge(_ answer: Result<GivenAnswer, AskingError>, to question: EvaluationQuestion) -> Judgement {
        switch answer {
        case .success(let answer): return judge(answer, to: question)
        case .failure(let error):
            var judgement = self.judge(GivenAnswer(text: "", citations: []), to: question)
            judgement.outcome = .failed
            judgement.assertions = question.assertions.map { _ in false }
            judgement.isRight = question.isCheckable ? false : nil
            judgement.misses = ["no answer: \(error.message)"]
            judgement.notes = []
            return judgement
        }
    }

    private func judge(_ answer: GivenAnswer, to question: EvaluationQuestion) -> Judgement {
        var judgement = Judgement(outcome: outcome(of: answer))
        judgement.quotes = quotes(of: answer, &judgement.notes)
        judgement.assertions = question.assertions.map { $0.passes(answer.text) }
        for (assertion, passes) in zip(question.assertions, judgement.assertions) where !passes {
            judgement.misses.append("fails \(assertion.description)")
        }
        switch question.expectation {
        case .answer: judgeSource(answer, question, &judgement)
        case .refusal:
            if judgement.outcome == .answered {
                judgement.misses.append("answers an out-of-scope question, citing \(cited(answer))")
            }
        case .assertions: break
        }
        if judgement.outcome == .unsure { judgement.notes.append("says that it is not sure") }
        judgement.isRight = question.isCheckable ? judgement.misses.isEmpty : nil
        return judgement
    }

    private func judgeSource(_ answer: GivenAnswer, _ question: EvaluationQuestion, _ judgement: inout Judgement) {
        if !question.files.isEmpty {
            let isRight = answer.citations.map { citation in
                question.files.contains { DocumentPath.matches(citation.document.path, $0) }
            }
            judgement.isFileFirst = isRight.first ?? false
            judgement.isFileCited = isRight.contains(true)
        }
        if let fact = question.fact {
            judgement.isFactStated = fact.missing(in: answer.text).isEmpty
            let missing = fact.missing(in: ([answer.text] + answer.citations.map(\.quote)).joined(separator: " "))
            judgement.isFactHeld = missing.isEmpty
            if !missing.isEmpty, judgement.outcome != .refused {
                judgement.misses.append(lack(of: missing, fact, question))
            }
        }
        guard judgement.outcome != .refused else {
            judgement.misses.append("not answered: no document is cited")
            return
        }
        if judgement.isFileCited == false {
            judgement.misses.append("cites \(cited(answer)), not \(question.files.joined(separator: " or "))")
        } else if judgement.isFileFirst == false {
            judgement.notes.append("cites the right document, but not first")
        }
        if judgement.isFactHeld == true, judgement.isFactStated == false {
            judgement.notes.append("the fact is in a quote, not in the answer itself")
        }
    }

    /// Describes what an answer lacks, and adds that the question may be wrong if its documents lack it as well.
    private func lack(of missing: [String], _ fact: Fact, _ question: EvaluationQuestion) -> String {
        let words = "lacks " + missing.map { "“\($0)”" }.joined(separator: ", ")
        guard case .texts = fact else { return words }
        let known = documents.filter { document in
            !document.value.isUnknown && question.files.contains { DocumentPath.matches(document.key, $0) }
        }
        let isNowhere = missing.contains { text in !known.contains { $0.value.contains(text) } }
        guard isNowhere, !known.isEmpty else { return words }
        return "\(words), which none of the question's documents has in these words"
    }

    private func outcome(of answer: GivenAnswer) -> Judgement.Outcome {
        answer.citations.isEmpty ? .refused : answer.isUnsure ? .unsure : .answered
    }

    private func quotes(of answer: GivenAnswer, _ notes: inout [String]) -> [Bool?] {
        answer.citations.filter { !$0.quote.isEmpty }.map { citation in
            let path = citation.document.path
            guard let document = documents[path], !document.isUnknown else {
                notes.append("a quote is not checked, as the text of \(path) is not available")
                return nil
            }
            let isLiteral = document.contains(Folding.quoted(citation.quote))
            if !isLiteral { notes.append("a quote is not in \(path) in these words: “\(citation.quote)”") }
            return isLiteral
        }
    }

    private func cited(_ answer: GivenAnswer) -> String {
        answer.citations.map(\.document.path).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            .joined(separator: ", ")
    }
}
