import Testing

@testable import Evaluation

@Suite struct JudgeTests {
    private let judge = Judge(documents: [
        "time/leave.md": SearchedDocument(["Full-time employees receive **27 days** of leave."]),
        "sealed.pdf": SearchedDocument([]),
    ])

    private func question(
        files: [String] = ["leave.md"],
        fact: Fact? = .texts(anyOf: [["27 days"]])
    ) -> EvaluationQuestion {
        var question = EvaluationQuestion(id: "1", text: "How much leave?", expectation: .answer)
        question.files = files
        question.fact = fact
        return question
    }

    private func judge(_ question: EvaluationQuestion, _ text: String, _ citations: (String, String)...) -> Judgement {
        let answer = GivenAnswer(
            text: text,
            citations: citations.map { path, quote in
                GivenAnswer.Citation(document: EvaluatedDocument(path: path, fileID: "f"), quote: quote)
            }
        )
        return judge.judge(.success(answer), to: question)
    }

    private let literal = "Full-time employees receive 27 days of leave."

    @Test func aRightAnswerPassesEveryCheck() {
        let judgement = judge(question(), "You have **27\ndays**.", ("time/leave.md", literal))
        #expect(judgement.outcome == .answered && judgement.isRight == true)
        #expect(judgement.isFileFirst == true && judgement.isFileCited == true)
        #expect(judgement.isFactStated == true && judgement.isFactHeld == true)
        #expect(judgement.quotes == [true])
        #expect(judgement.misses.isEmpty && judgement.notes.isEmpty)
    }

    @Test func aFactInAQuoteCountsAndIsPointedOut() {
        let judgement = judge(question(), "See below.", ("time/leave.md", literal))
        #expect(judgement.isFactStated == false && judgement.isFactHeld == true && judgement.isRight == true)
        #expect(judgement.notes == ["the fact is in a quote, not in the answer itself"])
    }

    @Test func theRightDocumentMayComeSecond() {
        let judgement = judge(question(), "27 days", ("other.md", ""), ("time/leave.md", ""))
        #expect(judgement.isFileFirst == false && judgement.isFileCited == true && judgement.isRight == true)
        #expect(judgement.notes == ["cites the right document, but not first"])
    }

    @Test func saysWhatIsMissing() {
        let judgement = judge(question(), "30 days", ("other.md", ""))
        #expect(judgement.isRight == false && judgement.isFileCited == false && judgement.isFactHeld == false)
        #expect(judgement.misses == ["lacks “27 days”", "cites other.md, not leave.md"])
    }

    @Test func saysThatTheQuestionMayBeWrong() {
        let fact = Fact.texts(anyOf: [["99 days"]])
        let judgement = judge(question(fact: fact), "27 days", ("time/leave.md", literal))
        #expect(judgement.misses == ["lacks “99 days”, which none of the question's documents has in these words"])
    }

    @Test func oneOfSeveralListsHasToBeThereWhole() {
        let fact = Fact.texts(anyOf: [["one", "two"], ["three", "FOUR"]])
        #expect(fact.missing(in: "Three and four") == [])
        #expect(fact.missing(in: "one three") == ["two"])
        #expect(Fact.figures(["1500", "3"]).missing(in: "€1.500 in 4 parts") == ["3"])
    }

    @Test func anAnswerWithoutASourceIsNone() {
        let judgement = judge(question(), "27 days")
        #expect(judgement.outcome == .refused && judgement.isRight == false)
        #expect(judgement.misses == ["not answered: no document is cited"])
    }

    @Test func anErrorIsNoAnswer() {
        var question = question()
        question.assertions = [Assertion(kind: .contains, isNegated: true, values: ["x"])]
        let error = AskingError(code: "upstream_timeout", message: "Too late.")
        let judgement = judge.judge(.failure(error), to: question)
        #expect(judgement.outcome == .failed && judgement.isRight == false && judgement.assertions == [false])
        #expect(judgement.misses == ["no answer: Too late."])
        let refusal = EvaluationQuestion(id: "1", text: "Cup?", expectation: .refusal)
        #expect(judge.judge(.failure(error), to: refusal).isRight == false)
    }

    @Test(arguments: [
        ("I could not find it.", false, Judgement.Outcome.refused, true),
        ("I am not sure that this answers it: 27 days", true, .unsure, true),
        ("27 days", true, .answered, false),
    ])
    func anOutOfScopeQuestionIsToBeRefusedOrDoubted(
        _ text: String,
        _ isCited: Bool,
        _ outcome: Judgement.Outcome,
        _ isRight: Bool
    ) {
        let question = EvaluationQuestion(id: "1", text: "Cup?", expectation: .refusal)
        let judgement = isCited ? judge(question, text, ("time/leave.md", "")) : judge(question, text)
        #expect(judgement.outcome == outcome && judgement.isRight == isRight)
    }

    @Test func quotesAreHeldAgainstTheirDocuments() {
        let judgement = judge(
            question(),
            "27 days",
            ("time/leave.md", "… receive 27 days of leave. …"),
            ("time/leave.md", "receive 28 days"),
            ("sealed.pdf", "anything"),
            ("sealed.pdf", "")
        )
        #expect(judgement.quotes == [true, false, nil])
        #expect(judgement.notes.count == 2)
    }

    @Test func assertionsDecideWhereNothingElseIsKnown() {
        var question = EvaluationQuestion(id: "1", text: "How much?", expectation: .assertions)
        #expect(judge(question, "27 days").isRight == nil)
        question.assertions = [Assertion(kind: .contains, isNegated: false, values: ["27"])]
        #expect(judge(question, "27 days").isRight == true)
        let judgement = judge(question, "28 days")
        #expect(judgement.isRight == false && judgement.misses == ["fails contains “27”"])
    }
}
