internal import ArgumentParser
internal import MessageExports
internal import PolicyAssistant

struct TryFineTuned: Command {
    static let configuration = CommandConfiguration(
        commandName: "try",
        abstract: "Let the model of a job reply to a message, without documents.",
        discussion: """
            The message is sent in the form of the training: to a model that was trained with prompts and completions with \
            the same marks. The reply shows the manner of writing, and says nothing about policies.
            """
    )

    static var showsUpstreamMessage: Bool { true }

    @Argument(help: "The job's ID.")
    var job: String

    @Argument(help: "The message.")
    var message: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let reply = try await FineTune.with(options) { fineTuning in
            let (record, model) = try await fineTuning.trained(job)
            guard record.form == TrainingFormat.promptCompletion.rawValue else {
                return try await fineTuning.reply(to: message, by: model)
            }
            let prompt = PromptCompletion.prompt(for: message)
            return PromptCompletion.text(
                of: try await fineTuning.continuation(of: prompt, until: PromptCompletion.stop, by: model)
            )
        }
        Terminal.output(reply)
    }
}

struct UseFineTuned: Command {
    static let configuration = CommandConfiguration(
        commandName: "use",
        abstract: "Let a role use the model of a job, in place of the one it had."
    )

    static var showsUpstreamMessage: Bool { true }

    @Argument(help: "The job's ID.")
    var job: String

    @Option(help: "The role's name.")
    var role: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let record = try await FineTune.with(options) { try await $0.use(job, for: role) }
        Terminal.note("role \(role) uses the model \(record.fineTunedModel ?? "")")
    }
}

struct ForgetFineTuned: Command {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Delete the model of a job upstream.",
        discussion: """
            Roles that use the model stay, and the assistant's model answers in them. The job stays in the list as \
            “forgotten”; the same order trains anew.
            """
    )

    static var showsUpstreamMessage: Bool { true }

    @Argument(help: "The job's ID.")
    var job: String

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        _ = try await FineTune.with(options) { try await $0.forget(job) }
        Terminal.note("the model of job \(job) is deleted")
    }
}
