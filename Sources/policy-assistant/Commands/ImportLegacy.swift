internal import ArgumentParser
internal import PolicyAssistant

struct ImportLegacy: Command {
    static let configuration = CommandConfiguration(
        commandName: "import-legacy",
        abstract: "Take over what an older deployment left in Redis.",
        discussion: """
            An older deployment noted each user's thread and each uploaded file as a plain string: in the threads' database
            `ana@example.com` → `thread_…`, in the documents' database `leave.pdf` → `file-…`. Stop it first, configure the
            same Redis and the same account, and look with --dry-run.

            With OPENAI_API=assistants a thread that upstream still has goes on as its user's; under any other protocol it
            is retired, and its user begins a new one. A file that has the size of the document of its name, and was
            uploaded after the document was last changed, is used by the next sync; any other is deleted by it. No other
            key is touched. It may be stopped at any time and run again, and then tells all that was done.

            Exit codes: 0 all is done; 1 something is left as it was, and said to be; 69 Redis or upstream cannot be reached;
            75 a sync is at work.
            """
    )

    @Flag(help: "Tell what would be done, and change nothing.")
    var dryRun = false

    @Flag(help: "Delete threads upstream that are retired, with all that was said in them.")
    var deleteThreads = false

    @Flag(help: "Print what was done as JSON, with the users' names.")
    var json = false

    @Option(help: "Look after this many at a time.")
    var concurrency = 8

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard (1...64).contains(concurrency) else { throw ValidationError("--concurrency must be from 1 to 64.") }
    }

    func execute() async throws {
        let settings = try await options.settings(for: [.redis, .upstream, .documents])
        let isComplete = try await Runtime.with(settings) { runtime in
            let receipt = try await runtime.assistant.legacyImport.run(importOptions)
            if json {
                try Terminal.printJSON(receipt)
            } else {
                Terminal.tell(receipt.text)
            }
            // Not before it was told: whoever is killed until here tells it again.
            if !dryRun { try await runtime.assistant.legacyImport.acknowledge() }
            return receipt.isComplete
        }
        if !isComplete { throw ExitStatus.failed }
    }

    private var importOptions: LegacyImport.Options {
        var options = LegacyImport.Options()
        options.isDryRun = dryRun
        options.deletesThreads = deleteThreads
        options.concurrency = concurrency
        return options
    }
}
