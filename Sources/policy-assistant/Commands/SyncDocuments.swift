internal import ArgumentParser
internal import PolicyAssistant

struct SyncDocuments: Command {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Bring the documents upstream in line with the assets folder.",
        discussion: """
            Uploads new documents, replaces the files of changed ones, removes what is gone, and flushes the threads
            that still carry old text. Answers come from the old documents until the last moment, and from the new ones
            after it. It may be stopped at any time and run again.

            Exit codes: 0 all documents are synced; 3 they are but for the files named as left out or failed; 69 Redis or
            upstream cannot be reached; 75 another sync is at work.
            """
    )

    @Flag(help: "Tell what would be done, and change nothing.")
    var dryRun = false

    @Flag(help: "Read every file, also those whose size and time have not changed.")
    var checksum = false

    @Flag(help: "Print the receipt as JSON.")
    var json = false

    @Option(help: "Upload this many files at a time.")
    var concurrency = 8

    @Option(help: "Take the documents from this folder.")
    var assets: String?

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard (1...64).contains(concurrency) else { throw ValidationError("--concurrency must be from 1 to 64.") }
    }

    func execute() async throws {
        let settings = try await options.settings(["ASSETS_DIR": assets])
        let syncOptions = SyncOptions(isDryRun: dryRun, rereadsAll: checksum, concurrency: concurrency)
        let receipt = try await Runtime.with(settings) { runtime in
            let display = ProgressDisplay()
            defer { display.finish() }
            return try await runtime.assistant.sync.run(syncOptions, progress: display.show)
        }
        if json {
            try Terminal.printJSON(receipt)
        } else {
            print(receipt.text)
        }
        guard receipt.isComplete else { throw ExitStatus.documentsLeftOut }
    }
}
