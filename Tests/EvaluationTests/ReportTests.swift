import Foundation
import Testing

@testable import Evaluation

@Suite struct ReportTests {
    /// Exact values: twice the binomial tail, in fractions.
    @Test(arguments: [
        (0, 0, 1.0), (5, 0, 0.0625), (6, 0, 0.03125), (0, 6, 0.03125), (10, 2, 0.03857421875), (3, 3, 1.0),
        (15, 5, 0.04138946533203125), (1, 8, 0.0390625), (1200, 1000, 2.1817026407914712e-05),
    ])
    func mcNemarsTestIsExact(_ worse: Int, _ better: Int, _ probability: Double) {
        #expect(abs(Comparison.probability(worse, better) / probability - 1) < 1e-9)
    }

    @Test(arguments: [
        (32, 40, 0.6524269352437855, 0.8950001032811363), (0, 10, 0.0, 0.2775328030260577),
        (10, 10, 0.7224671969739421, 1.0),
    ])
    func theIntervalIsWilsons(_ count: Int, _ total: Int, _ low: Double, _ high: Double) throws {
        let interval = try #require(Share(count, of: total).interval)
        #expect(abs(interval.lowerBound - low) < 1e-9 && abs(interval.upperBound - high) < 1e-9)
        #expect(Share(0, of: 0).interval == nil && Share(0, of: 0).value == nil)
    }

    /// A result of questions that are right or not.
    private func result(
        _ verdicts: [Bool],
        baseline: Baseline? = nil,
        text: (Int) -> String = { "question \($0)" }
    ) throws -> EvaluationResult {
        let evaluated = verdicts.enumerated().map { number, isRight in
            var question = EvaluationQuestion(id: "line \(number + 1)", text: text(number), expectation: .answer)
            question.files = ["leave.md"]
            question.kind = number % 2 == 0 ? "plain" : "number"
            let citation = GivenAnswer.Citation(
                document: EvaluatedDocument(path: isRight ? "leave.md" : "<b>other</b>.md", fileID: "f"),
                quote: "<i>quote</i>"
            )
            let answer = Result<GivenAnswer, AskingError>.success(
                GivenAnswer(text: "<script>alert(1)</script> & 'more'", citations: [citation])
            )
            let judgement = Judge(documents: [:]).judge(answer, to: question)
            return EvaluatedQuestion(
                question: question,
                attempts: [.init(answer: answer, seconds: Double(number + 1) / 10, judgement: judgement)]
            )
        }
        return EvaluationResult(
            evaluated,
            of: try QuestionFile("{\"question\": \"a\", \"file\": \"a.md\", \"x\": 1}", named: "q.jsonl"),
            subject: .init(program: "1", madeAt: "now", answeredBy: "<them>", file: "q&a.jsonl", repeats: 1),
            baseline: baseline
        )
    }

    @Test func aResultIsTheNextOnesBaseline() throws {
        let old = try Baseline(json: try result(Array(repeating: true, count: 10)).json)
        let noise = try result(Array(repeating: false, count: 5) + Array(repeating: true, count: 5), baseline: old)
        let comparison = try #require(noise.comparison)
        #expect(comparison.compared == 10 && comparison.worse.count == 5 && comparison.better.isEmpty)
        #expect(!comparison.isSignificantlyWorse)
        let worse = try result(Array(repeating: false, count: 6) + Array(repeating: true, count: 4), baseline: old)
        #expect(worse.comparison?.isSignificantlyWorse == true)
        #expect(worse.text.contains("difference is significant"))
        #expect(try result(Array(repeating: true, count: 10), baseline: old).comparison?.isSignificantlyWorse == false)
    }

    @Test func becomingBetterIsNeverAnError() throws {
        let old = try Baseline(json: try result(Array(repeating: false, count: 9)).json)
        let comparison = try #require(try result(Array(repeating: true, count: 9), baseline: old).comparison)
        #expect(comparison.better.count == 9 && comparison.probability < 0.05 && !comparison.isSignificantlyWorse)
    }

    @Test func onlyTheSameQuestionsAreCompared() throws {
        let old = try Baseline(json: try result([true, true, true]).json)
        let new = try result([false, false], baseline: old) { $0 == 0 ? "question 1" : "a new one" }
        let comparison = try #require(new.comparison)
        #expect(comparison.compared == 1 && comparison.worse == ["line 1"])
        #expect(comparison.added == 1 && comparison.removed == 2)
    }

    @Test func whatIsNoResultIsNoBaseline() {
        #expect(throws: DecodingError.self) { try Baseline(json: Data("{\"rows\": []}".utf8)) }
    }

    @Test(
        arguments: [
            ("0.8", nil), ("0.5", "right is 50 %"), ("file_first=0.5", nil), ("file_first=0.51", "file_first is 50 %"),
            ("refused=0", "refused is not measured"), ("verbatim=1", "verbatim is not measured"),
        ] as [(String, String?)]
    )
    func gatesBoundOneMeasure(_ text: String, _ failure: String?) throws {
        let gate = try #require(Gate(text))
        let result = try result(text == "0.8" ? [true, true, true, true, false] : [true, false, true, false])
        guard let failure, text != "0.5" else {
            #expect(gate.failure(of: result) == nil)
            return
        }
        #expect(gate.failure(of: result)?.contains(failure) == true)
    }

    @Test(arguments: ["", "80", "-0.1", "1.1", "facts=0.5", "fact=", "=0.5", "nan"])
    func whatIsNoBoundIsNoGate(_ text: String) {
        #expect(Gate(text) == nil)
    }

    @Test func thePageEscapesEverythingAndNeedsNothingElse() throws {
        let page = try result([true, false]) { "Is 1 < 2 \"here\" \($0)?" }.html
        for markup in ["<script", "<i>", "<b>other", "<them>", "src=", "http://", "https://"] {
            #expect(!page.contains(markup), "\(markup)")
        }
        for text in [
            "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &#39;more&#39;", "Is 1 &lt; 2 &quot;here&quot; 1?",
            "q&amp;a.jsonl",
            "cites &lt;b&gt;other&lt;/b&gt;.md, not leave.md", "Not right (1)", "1 right", "`x` is not read",
            "default-src 'none'",
        ] {
            #expect(page.contains(text), "\(text)")
        }
    }

    @Test func theTextNamesEachMissAndWhy() throws {
        let text = try result([true, false, true]).text
        for words in [
            "3 questions, asked once: 2 right (66.7 %; 95 % interval 21 to 94 %), 1 not.", "file_first",
            "2 of 3", "line 2  question 1", "cites <b>other</b>.md, not leave.md", "plain",
        ] {
            #expect(text.contains(words), "\(words) in \(text)")
        }
        #expect(!text.contains("out of scope"))
    }

    @Test func theJSONHasMeasuresKindsAndAnswers() throws {
        let json = try JSONSerialization.jsonObject(with: try result([true, false, true, true]).json) as? [String: Any]
        let measures = try #require(json?["measures"] as? [String: [String: Any]])
        #expect(measures["file_first"]?["share"] as? Double == 0.75)
        #expect(measures["right"]?["count"] as? Int == 3 && measures["right"]?["of"] as? Int == 4)
        #expect(measures["refused"]?["share"] == nil)
        #expect(Set(measures.keys) == Set(Measures.names))
        let questions = try #require(json?["questions"] as? [[String: Any]])
        #expect(questions.count == 4 && questions[1]["right"] as? Bool == false)
        #expect(json?["p95_seconds"] as? Double == 0.4 && json?["median_seconds"] as? Double == 0.3)
        #expect((json?["kinds"] as? [[String: Any]])?.compactMap { $0["kind"] as? String } == ["number", "plain"])
    }
}
