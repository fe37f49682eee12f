internal import ArgumentParser
internal import PolicyAssistant

struct Flush: Command {
    static let configuration = CommandConfiguration(
        abstract: "Delete the threads of earlier revisions of the documents, upstream and here.",
        discussion: """
            Every sync does this automatically. This command retries deletions that upstream refused; no question uses \
            these threads.

            Exit codes: 0 all were deleted; 1 some were not; 69 Redis or upstream is unavailable.
            """
    )

    @Flag(help: "Print the result as JSON.")
    var json = false

    @OptionGroup var concurrencyOption: ConcurrencyOption

    @OptionGroup var options: SettingsOptions

    func execute() async throws {
        let settings = try await options.settings(for: [.redis, .upstream])
        let receipt = try await Runtime.with(settings) { runtime in
            let display = ProgressDisplay()
            defer { display.finish() }
            return try await runtime.assistant.sync.flush(
                concurrency: concurrencyOption.concurrency,
                progress: display.show
            )
        }
        try Terminal.output(receipt, asJSON: json) { receipt in
            let failures = receipt.threadsNotFlushed > 0 ? ", \(receipt.threadsNotFlushed) could not be deleted" : ""
            return "\(receipt.threadsFlushed) threads flushed\(failures)"
        }
        if receipt.threadsNotFlushed > 0 { throw ExitStatus.failed }
    }
}
