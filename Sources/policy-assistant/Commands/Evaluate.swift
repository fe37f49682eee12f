internal import ArgumentParser
internal import Evaluation
internal import Foundation
internal import PolicyAssistant

struct Evaluate: Command {
    static let configuration = CommandConfiguration(
        abstract: "Ask the questions of a file, and measure the answers.",
        discussion: """
            FILE has a question with its expected answer on each line:

              {"question": "How much leave do I get?", "file": "annual-leave.md", "must_contain": ["27 days"]}
              {"question": "And part-time?", "before": ["How much leave do I get?"], "file": "annual-leave.md"}
              {"question": "Which shares shall I buy?", "kind": "out-of-scope"}

            Questions of ai-rag-chat-evaluator and GOV.UK Chat (.jsonl) and tests of promptfoo (.yaml, .json) are also \
            supported; docs/EVALUATION.md describes all fields and measures. Each question is asked in its own \
            conversation, which is deleted afterwards.

              policy-assistant evaluate --draft > questions.jsonl       draft questions for editing
              policy-assistant evaluate questions.jsonl --html report.html
              policy-assistant evaluate questions.jsonl --json new.json --baseline old.json --fail-under 0.8

            Exit codes: 0 evaluated, and every bound is met; 1 some questions got errors instead of answers; 6 a bound \
            of --fail-under is not met, or significantly more answers are wrong than in the baseline; 64 invalid \
            arguments; 65 the file of questions or the baseline has errors; 69 the service, Redis or upstream is \
            unavailable.
            """
    )

    @Argument(help: "The file of questions.")
    var file: String?

    @Flag(help: "Print draft questions from the documents' headings, for editing.")
    var draft = false

    @Option(help: "Write the report as an HTML page to this file.")
    var html: String?

    @Option(help: "Write the result as JSON to this file; - for standard output.")
    var json: String?

    @Option(help: "Compare with the JSON of an earlier result; fail if the answers are significantly worse.")
    var baseline: String?

    @Option(
        help: """
            Fail if less than this share of the answers is right, such as 0.8; or a measure, such as fact=0.8. May be \
            repeated.
            """
    )
    var failUnder: [String] = []

    @Option(help: "Ask each question this many times.")
    var `repeat` = 2

    @Option(help: "Ask this many questions concurrently.")
    var concurrency = 4

    @Option(help: "Ask the service at this URL.")
    var url: String?

    @Option(help: "With --url, the API key or token to send; by default the variable POLICY_ASSISTANT_API_KEY.")
    var apiKey: String?

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard draft != (file != nil) else {
            throw ValidationError(draft ? "--draft needs no file." : "Name the file of questions, or use --draft.")
        }
        guard (1...20).contains(`repeat`) else { throw ValidationError("--repeat must be between 1 and 20.") }
        guard (1...64).contains(concurrency) else { throw ValidationError("--concurrency must be between 1 and 64.") }
        guard apiKey == nil || url != nil else { throw ValidationError("--api-key needs --url.") }
        for text in failUnder where Gate(text) == nil {
            throw ValidationError(
                "--fail-under \(text): use a share from 0 to 1, or MEASURE=SHARE of "
                    + Gate.measures.joined(separator: ", ")
            )
        }
        if let url {
            let parts = URLComponents(string: url)
            guard ["http", "https"].contains(parts?.scheme?.lowercased()), parts?.host?.isEmpty == false,
                parts?.user == nil, parts?.query == nil, parts?.fragment == nil
            else { throw ValidationError("--url needs a URL such as https://intranet.example/assistant.") }
        }
        for path in [html, json == "-" ? nil : json].compactMap(\.self) { try EvaluationFiles.checkWritable(path) }
    }

    func execute() async throws {
        do {
            try await evaluate()
        } catch let error as AskingError {
            Terminal.error(error.message)
            throw ExitStatus.code(for: error)
        } catch is CancellationError {
            Terminal.error("The evaluation was interrupted; nothing was written.")
            throw ExitStatus.failed
        }
    }

    private func evaluate() async throws {
        guard let file else { return try await withSource { source, _ in try await propose(source) } }
        let questions = try EvaluationFiles.questions(at: file)
        let earlier = try baseline.map { try EvaluationFiles.baseline(at: $0) }
        let result = try await withSource { source, name in
            try await measure(questions, source, name, baseline: earlier)
        }
        try write(result)
        let failures = failUnder.compactMap(Gate.init).compactMap { $0.failure(of: result) }
        for failure in failures { Terminal.error(failure) }
        let isWorse = result.comparison?.isSignificantlyWorse ?? false
        if isWorse { Terminal.error("Significantly more answers are wrong than in the baseline.") }
        guard result.errors == 0 else { throw ExitStatus.failed }
        if isWorse || !failures.isEmpty { throw ExitStatus.belowBound }
    }

    private func measure(
        _ questions: QuestionFile,
        _ source: some AnswerSource,
        _ answeredBy: String,
        baseline: Baseline?
    ) async throws -> EvaluationResult {
        var questions = questions
        let documents = try await source.documents()
        questions.check(against: documents.map(\.path))
        for note in questions.notes { Terminal.note(note) }
        if questions.drafts > 0 {
            Terminal.note("Drafts are not asked (\(questions.drafts)): edit them, and remove \"draft\": true.")
        }
        let evaluator = Evaluator(
            source: source,
            repeats: `repeat`,
            concurrency: concurrency,
            name: String(UInt64.random(in: .min ... .max), radix: 36)
        )
        let bar = ProgressBar()
        defer { bar.finish() }
        // After a signal the source is still needed to delete the conversations.
        let outcome = try await cancellingOnSignals { [questions] in
            try await evaluator.run(questions.questions, documents: documents) { done, total in
                bar.advance("asking", done, of: total)
            }
        }
        bar.finish()
        if let reason = outcome.undeleted.first {
            Terminal.error(
                """
                \(outcome.undeleted.count) conversations of users called evaluation-… could not be deleted: \(reason.message)\
                \(reason.code == "forbidden" ? " An administrator's key can (policy-assistant keys add NAME --admin)." : "")
                """
            )
        }
        let subject = EvaluationResult.Subject(
            program: Version.current,
            madeAt: Date().formatted(.iso8601),
            answeredBy: answeredBy,
            file: file.map { URL(fileURLWithPath: $0).lastPathComponent } ?? "",
            repeats: `repeat`
        )
        return EvaluationResult(outcome.questions, of: questions, subject: subject, baseline: baseline)
    }

    private func write(_ result: EvaluationResult) throws {
        if let html { try EvaluationFiles.write(Data(result.html.utf8), to: html) }
        switch json {
        case nil: Terminal.output(result.text)
        case "-"?:
            Terminal.note(result.text)
            try Terminal.outputJSON(result)
        case let path?:
            try EvaluationFiles.write(try result.json, to: path)
            Terminal.output(result.text)
        }
    }

    private func propose(_ source: some AnswerSource) async throws {
        var documents: [(path: String, text: String)] = []
        for document in try await source.documents() {
            documents.append((document.path, try await source.texts(of: document).first ?? ""))
        }
        let (lines, without) = try DraftQuestions.lines(from: documents)
        for line in lines { Terminal.output(line) }
        Terminal.note(
            "\(lines.count) drafts of \(documents.count) documents. Write each as an employee would ask it, put what"
        )
        Terminal.note("a right answer says into \"must_contain\", and remove \"draft\": true.")
        for path in without { Terminal.note("no headings of its own: \(path)") }
    }
}
