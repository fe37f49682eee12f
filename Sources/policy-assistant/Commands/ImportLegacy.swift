internal import ArgumentParser
internal import PolicyAssistant

struct ImportLegacy: Command {
    static let configuration = CommandConfiguration(
        commandName: "import-legacy",
        abstract: "Import the threads and files of an older deployment from Redis.",
        discussion: """
            An older deployment stored each user's thread and each uploaded file as a string: in the threads' database \
            `ana@example.com` → `thread_…`, in the documents' database `leave.pdf` → `file-…`. Stop it first, \
            configure the same Redis and the same account, and try --dry-run.

            With OPENAI_API=assistants, a user keeps a thread that still exists upstream; with any other protocol it \
            is retired, and the user gets a new one. The next sync uses a file that has the size of the document with \
            its name and was uploaded after the document's last change, and deletes any other file. No other key is \
            changed. The command can be interrupted at any time and run again; then it reports the complete result.

            Exit codes: 0 everything was imported; 1 some items were not, as reported; 69 Redis or upstream is \
            unavailable; 75 a sync is running.
            """
    )

    @Flag(help: "Report what would be done without changing anything.")
    var dryRun = false

    @Flag(help: "Delete retired threads upstream, with their messages.")
    var deleteThreads = false

    @Flag(help: "Print the result as JSON, with the users' names.")
    var json = false

    @OptionGroup var concurrencyOption: ConcurrencyOption

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: [.redis, .upstream, .documents])
        let isComplete = try await Runtime.with(settings) { runtime in
            let receipt = try await runtime.assistant.legacyImport.run(importOptions)
            try Terminal.output(receipt, asJSON: json, text: \.text)
            // After the output: an import that is killed before it reports the result again.
            if !dryRun { try await runtime.assistant.legacyImport.acknowledge() }
            return receipt.isComplete
        }
        if !isComplete { throw ExitStatus.failed }
    }

    private var importOptions: LegacyImport.Options {
        var options = LegacyImport.Options()
        options.isDryRun = dryRun
        options.deletesThreads = deleteThreads
        options.concurrency = concurrencyOption.concurrency
        return options
    }
}
