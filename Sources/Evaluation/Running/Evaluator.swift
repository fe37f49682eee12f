/// Asks the questions of an evaluation, several at a time, each in a conversation of its own.
public struct Evaluator<Source: AnswerSource>: Sendable {
    private let source: Source
    private let repeats: Int
    private let concurrency: Int
    private let name: String
    private let clock: any Clock<Duration>

    /// The maximum number of consecutive errors, or two per concurrent question, after which the evaluation ends.
    private static var maximumFailures: Int { 8 }

    /// Creates an evaluator.
    ///
    /// - Parameters:
    ///   - source: The source of answers.
    ///   - repeats: How often each question is asked: at least 1.
    ///   - concurrency: How many questions are asked at a time: at least 1.
    ///   - name: A name unique to this evaluation: its users are `evaluation-NAME-1` and so on.
    ///   - clock: The clock of the answers' durations.
    public init(
        source: Source,
        repeats: Int,
        concurrency: Int,
        name: String,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.source = source
        self.repeats = repeats
        self.concurrency = concurrency
        self.name = name
        self.clock = clock
    }

    /// Asks all questions and judges the answers.
    ///
    /// - Parameters:
    ///   - questions: The questions.
    ///   - documents: The documents that answers are from.
    ///   - progress: Called after each answer with the number of answers so far, and in all.
    /// - Returns: The questions with their answers, in order, and the errors of deletions.
    /// - Throws: ``AskingError`` after too many consecutive errors, and what the source throws.
    public func run(
        _ questions: [EvaluationQuestion],
        documents: [EvaluatedDocument],
        progress: @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws -> Outcome {
        let attempts = try await attempts(at: questions, progress)
        let judge = Judge(documents: try await texts(for: questions, attempts, documents))
        let evaluated = zip(questions, attempts).map { question, attempts in
            EvaluatedQuestion(
                question: question,
                attempts: attempts.map { attempt in
                    EvaluatedQuestion.Attempt(
                        answer: attempt.answer,
                        seconds: attempt.seconds,
                        judgement: judge.judge(attempt.answer, to: question)
                    )
                }
            )
        }
        return Outcome(questions: evaluated, undeleted: attempts.joined().compactMap(\.undeleted))
    }

    /// The outcome of an evaluation.
    public struct Outcome: Sendable {
        /// The questions with their answers.
        public let questions: [EvaluatedQuestion]
        /// For each conversation that could not be deleted, why.
        public let undeleted: [AskingError]
    }

    private struct Attempt: Sendable {
        let answer: Result<GivenAnswer, AskingError>
        var seconds = 0.0
        /// Why its conversation was not deleted.
        var undeleted: AskingError?
    }

    private func attempts(
        at questions: [EvaluationQuestion],
        _ progress: @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws -> [[Attempt]] {
        let total = questions.count * repeats
        var attempts = [[Attempt?]](repeating: Array(repeating: nil, count: repeats), count: questions.count)
        var (done, failures) = (0, 0)
        progress(0, total)
        try await withThrowingTaskGroup(of: (number: Int, attempt: Attempt).self) { group in
            var next = 0
            func begin() {
                guard next < total else { return }
                let number = next
                next += 1
                group.addTask { (number, try await ask(questions[number % questions.count], number)) }
            }
            for _ in 0..<concurrency { begin() }
            while let (number, attempt) = try await group.next() {
                attempts[number % questions.count][number / questions.count] = attempt
                done += 1
                progress(done, total)
                if case .failure(let error) = attempt.answer {
                    failures += 1
                    guard failures < max(Self.maximumFailures, 2 * concurrency) else { throw error }
                } else {
                    failures = 0
                }
                begin()
            }
        }
        return attempts.map { $0.compactMap(\.self) }
    }

    /// Asks a question after its earlier messages, as a user of its own, and deletes the conversation.
    private func ask(_ question: EvaluationQuestion, _ number: Int) async throws -> Attempt {
        let user = "evaluation-\(name)-\(number + 1)"
        var attempt: Attempt
        do {
            for message in question.before { _ = try await source.answer(message, by: user) }
            let (answer, seconds) = try await clock.timed { try await source.answer(question.text, by: user) }
            attempt = Attempt(answer: .success(answer), seconds: seconds)
        } catch let error as AskingError {
            attempt = Attempt(answer: .failure(error))
        } catch {
            _ = await source.forget(user)
            throw error
        }
        attempt.undeleted = await source.forget(user)
        return attempt
    }

    /// Returns the texts of the cited documents, and of the documents of questions with a fact.
    private func texts(
        for questions: [EvaluationQuestion],
        _ attempts: [[Attempt]],
        _ documents: [EvaluatedDocument]
    ) async throws -> [String: SearchedDocument] {
        let cited = attempts.joined().flatMap { (try? $0.answer.get())?.citations.map(\.document) ?? [] }
        let names = Set(questions.filter { $0.fact != nil }.flatMap(\.files))
        let named = documents.filter { document in names.contains { DocumentPath.matches(document.path, $0) } }
        var texts: [String: SearchedDocument] = [:]
        for document in Set(cited + named) {
            texts[document.path] = SearchedDocument(try await source.texts(of: document))
        }
        return texts
    }
}

extension Clock<Duration> {
    /// Runs `body`, and returns its duration in seconds.
    fileprivate func timed<Value>(_ body: () async throws -> Value) async rethrows -> (value: Value, seconds: Double) {
        let start = now
        let value = try await body()
        return (value, start.duration(to: now) / .seconds(1))
    }
}
