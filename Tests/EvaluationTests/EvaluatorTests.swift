import Synchronization
import Testing

@testable import Evaluation

@Suite struct EvaluatorTests {
    /// Answers by a rule, and remembers who asked what.
    final class ScriptedSource: AnswerSource {
        struct State {
            var asked: [(user: String, message: String)] = []
            var forgotten: [String] = []
            var running = 0
            var maximumRunning = 0
        }

        let state = Mutex(State())
        let rule: @Sendable (_ message: String, _ count: Int) throws -> GivenAnswer

        init(_ rule: @escaping @Sendable (_ message: String, _ count: Int) throws -> GivenAnswer) {
            self.rule = rule
        }

        func documents() async throws -> [EvaluatedDocument] { [.init(path: "leave.md", fileID: "f")] }

        func answer(_ message: String, by user: String) async throws -> GivenAnswer {
            let count = state.withLock { state in
                state.asked.append((user, message))
                state.running += 1
                state.maximumRunning = max(state.maximumRunning, state.running)
                return state.asked.count
            }
            defer { state.withLock { $0.running -= 1 } }
            await Task.yield()
            return try rule(message, count)
        }

        func forget(_ user: String) async -> AskingError? {
            state.withLock { state in
                state.forgotten.append(user)
                return user.hasSuffix("-4") ? AskingError(code: "forbidden", message: "Not you.") : nil
            }
        }

        func texts(of document: EvaluatedDocument) async throws -> [String] { ["You have 27 days."] }
    }

    private static let right = GivenAnswer(
        text: "27 days",
        citations: [.init(document: .init(path: "leave.md", fileID: "f"), quote: "27 days")]
    )

    private func evaluate(
        _ source: ScriptedSource,
        _ questions: [EvaluationQuestion],
        repeats: Int = 2,
        concurrency: Int = 2
    ) async throws -> [EvaluatedQuestion] {
        let evaluator = Evaluator(source: source, repeats: repeats, concurrency: concurrency, name: "x")
        let documents = try await source.documents()
        return try await evaluator.run(questions, documents: documents) { _, _ in }.questions
    }

    private func question(_ text: String, before: [String] = []) -> EvaluationQuestion {
        var question = EvaluationQuestion(id: text, text: text, expectation: .answer)
        question.before = before
        question.files = ["leave.md"]
        question.fact = .texts(anyOf: [["27 days"]])
        return question
    }

    @Test func asksEachQuestionInConversationsOfItsOwnAndForgetsThem() async throws {
        let source = ScriptedSource { _, _ in Self.right }
        let questions = [question("a"), question("b", before: ["first", "second"]), question("c")]
        let evaluated = try await evaluate(source, questions)
        #expect(evaluated.map(\.question.text) == ["a", "b", "c"])
        #expect(evaluated.allSatisfy { $0.isRight == true && $0.isAgreed == true && $0.attempts.count == 2 })
        let conversations = Dictionary(grouping: source.state.withLock(\.asked), by: \.user).values
        #expect(conversations.map { $0.map(\.message) }.filter { $0 == ["first", "second", "b"] }.count == 2)
        #expect(conversations.count == 6)
        #expect(Set(source.state.withLock(\.forgotten)) == Set((1...6).map { "evaluation-x-\($0)" }))
        #expect(source.state.withLock(\.maximumRunning) <= 2)
    }

    @Test func tellsProgressUpToTheEnd() async throws {
        let source = ScriptedSource { _, _ in Self.right }
        let told = Mutex<[Int]>([])
        let evaluator = Evaluator(source: source, repeats: 3, concurrency: 4, name: "x")
        let outcome = try await evaluator.run([question("a"), question("b")], documents: []) { done, total in
            #expect(total == 6)
            told.withLock { $0.append(done) }
        }
        // One conversation could not be deleted, and that is no secret.
        #expect(outcome.undeleted.map(\.message) == ["Not you."])
        #expect(told.withLock(\.self) == [0, 1, 2, 3, 4, 5, 6])
    }

    @Test func aQuestionIsRightOnlyIfEachRepeatIs() async throws {
        let source = ScriptedSource { _, count in count == 1 ? Self.right : GivenAnswer(text: "30", citations: []) }
        let evaluated = try await evaluate(source, [question("a")], concurrency: 1)
        #expect(evaluated[0].isRight == false && evaluated[0].isAgreed == false)
        let measures = Measures(evaluated)
        #expect(measures.right == Share(0, of: 1) && measures.agreement == Share(0, of: 1))
        #expect(measures.fact == Share(1, of: 2) && measures.answered == Share(1, of: 2))
        #expect(measures.verbatim == Share(1, of: 1))
    }

    @Test func anErrorIsCountedAndItsConversationForgotten() async throws {
        let source = ScriptedSource { message, _ in
            guard message != "b" else { throw AskingError(code: "upstream_timeout", message: "Too late.") }
            return Self.right
        }
        let evaluated = try await evaluate(source, [question("a"), question("c", before: ["b"])], repeats: 1)
        #expect(evaluated.map(\.isRight) == [true, false])
        #expect(evaluated[1].isAgreed == nil)
        #expect(source.state.withLock(\.forgotten).count == 2)
        #expect(!source.state.withLock(\.asked).contains { $0.message == "c" })
    }

    @Test func stopsWhereNothingIsAnswered() async throws {
        let source = ScriptedSource { _, _ in throw AskingError(code: "upstream_unavailable", message: "Down.") }
        let questions = (1...50).map { question("\($0)") }
        let error = await #expect(throws: AskingError.self) { try await evaluate(source, questions) }
        #expect(error?.message == "Down.")
        let asked = source.state.withLock(\.asked.count)
        #expect(asked >= 8 && asked < 20)
        #expect(source.state.withLock(\.forgotten.count) == asked)
    }

    @Test func anyOtherErrorEndsTheEvaluation() async throws {
        struct Broken: Error {}
        let source = ScriptedSource { _, _ in throw Broken() }
        await #expect(throws: Broken.self) { try await evaluate(source, [question("a")]) }
        #expect(source.state.withLock(\.forgotten.count) >= 1)
    }
}
