internal import ArgumentParser
internal import MessageExports
internal import OpenAI
internal import PolicyAssistant

struct FineTune: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "finetune",
        abstract: "Train a model at the upstream with examples of how a person writes, and let a role use it.",
        discussion: """
            The upstream is that of OPENAI_BASE_URL and OPENAI_API_KEY, if it has OpenAI's fine-tuning API. The examples \
            are uploaded, and deleted there once the job has ended.

              policy-assistant finetune start ben_chat.jsonl --model gpt-4.1-mini-2025-04-14 --suffix ben
              policy-assistant finetune status
              policy-assistant finetune use ftjob-abc123 --role ben

            OpenAI itself takes jobs for its own models until 2027-01-06 only; `role imitate` needs no training.
            """,
        subcommands: [
            StartFineTuning.self, FineTuningStatus.self, TryFineTuned.self, UseFineTuned.self, ForgetFineTuned.self,
        ]
    )

    /// Runs `body` with the jobs of the upstream.
    static func with<Result: Sendable>(
        _ options: SettingsOptions,
        _ body: @escaping @Sendable (FineTuning) async throws -> Result
    ) async throws -> Result {
        let settings = try await options.settings(for: [.redis, .upstream])
        return try await Runtime.with(settings, isIdle: true) { runtime in
            try await Runtime.withThreadsRedis(settings) { redis in
                try await body(FineTuning(settings: settings, redis: redis, openAI: runtime.openAI))
            }
        }
    }

    /// Waits until a job has ended, and shows its progress; after a signal the job goes on.
    static func follow(_ job: String, _ fineTuning: FineTuning) async throws -> FineTuningRecord {
        let bar = ProgressBar()
        defer { bar.finish() }
        do {
            return try await cancellingOnSignals {
                try await fineTuning.wait(for: job) { event in
                    if let step = event.step, let total = event.totalSteps {
                        bar.advance("training", step, of: total)
                    } else {
                        bar.note(event.message)
                    }
                }
            }
        } catch is CancellationError {
            bar.note("job \(job) goes on; `policy-assistant finetune status \(job) --wait` waits for it")
            throw ExitStatus.failed
        }
    }
}

struct StartFineTuning: Command {
    static let configuration = CommandConfiguration(
        commandName: "start",
        abstract: "Upload examples, start a job, and wait for the trained model.",
        discussion: """
            The command can be interrupted or killed at any time and run again: the same examples, model and suffix make \
            one job, unless it failed.

            Exit codes: 0 the model is trained, or with --no-wait the job is started; 1 the job failed, or upstream does \
            not train the model; 64 invalid arguments; 65 the examples have errors; 69 Redis or upstream is unavailable.
            """
    )

    /// The fewest examples that OpenAI's API takes.
    private static let minimumExamples = 10

    static var showsUpstreamMessage: Bool { true }

    @Argument(help: "The examples of `messages export`.")
    var file: String

    @Option(help: "The model to train.")
    var model: String

    @Option(help: "A part of the trained model's name: up to 18 letters, digits and hyphens.")
    var suffix = ""

    @Flag(help: "Do not wait until the job has ended.")
    var noWait = false

    @Flag(help: "Print the job as JSON.")
    var json = false

    @OptionGroup var length: ExampleLengthOption

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        let isValid =
            suffix.utf8.count <= 18 && suffix.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
        guard isValid else { throw ValidationError("--suffix takes up to 18 letters, digits and hyphens.") }
        guard !model.isEmpty else { throw ValidationError("--model needs the name of a model.") }
    }

    func execute() async throws {
        let form = try checkedForm()
        let order = FineTuning.Order(path: file, form: form.rawValue, model: model, suffix: suffix)
        let record = try await FineTune.with(options) { fineTuning in
            let record = try await fineTuning.start(order) { Terminal.note($0) }
            return noWait || record.hasEnded ? record : try await FineTune.follow(record.job, fineTuning)
        }
        let job = FineTuningRow(record)
        try Terminal.output(job, asJSON: json, text: \.text)
        if job.isFailed { throw ExitStatus.failed }
    }

    /// Checks that every line is an example that needs no mending, and that there are enough, and returns their form.
    private func checkedForm() throws(ExportError) -> CheckedFile.Form {
        let checked = try FileCheck.check(ExportFile(path: file), maximumCharacters: length.maxCharacters)
        guard checked.form != .conversation else {
            throw ExportError(.malformed, "\(file) is a conversation; `messages export` makes examples of it.")
        }
        if let finding = checked.findings.first {
            throw ExportError(
                .malformed,
                "\(file) has \(finding.count) lines \(finding.problem.explanation) by `messages check`, the first on line "
                    + "\(finding.lines.first ?? 0). Run it, and use the file that it writes."
            )
        }
        guard let form = checked.form, checked.lineCount >= Self.minimumExamples else {
            throw ExportError(
                .malformed,
                "\(file) has \(checked.lineCount) examples, and training takes at least \(Self.minimumExamples)."
            )
        }
        return form
    }
}

struct FineTuningStatus: Command {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show a job as it is upstream now, or list the jobs on record."
    )

    static var showsUpstreamMessage: Bool { true }

    @Argument(help: "The job's ID; without one, all jobs are listed as they were last seen.")
    var job: String?

    @Flag(help: "Wait until the job has ended.")
    var wait = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard !wait || job != nil else { throw ValidationError("--wait needs a job.") }
    }

    func execute() async throws {
        guard let job else {
            let records = try await FineTune.with(options) { try await $0.list() }
            return try Terminal.output(rows: records.map(FineTuningRow.init), asJSON: json, text: \.text)
        }
        let record = try await FineTune.with(options) { fineTuning in
            wait ? try await FineTune.follow(job, fineTuning) : try await fineTuning.status(of: job)
        }
        try Terminal.output(FineTuningRow(record), asJSON: json, text: \.text)
    }
}

/// A job in the commands' output.
struct FineTuningRow: Encodable {
    let job: String
    let status: String
    let model: String
    let fineTunedModel: String?
    let role: String?
    let createdAt: String

    init(_ record: FineTuningRecord) {
        job = record.job
        status = record.status
        model = record.model
        fineTunedModel = record.fineTunedModel
        role = record.role
        createdAt = record.createdAt.timestamp
    }

    var isFailed: Bool { [FineTuningJob.Status.failed, .cancelled].contains(.init(rawValue: status)) }

    var text: String {
        let result = fineTunedModel.map { " → \($0)" } ?? ""
        return "\(job)  \(status)  \(createdAt)  \(model)\(result)" + (role.map { "  role \($0)" } ?? "")
    }
}
