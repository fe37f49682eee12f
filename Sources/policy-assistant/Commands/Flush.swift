internal import ArgumentParser
internal import PolicyAssistant

struct Flush: Command {
    static let configuration = CommandConfiguration(
        abstract: "Delete the threads of older documents, upstream and here.",
        discussion: """
            Every sync does this by itself. By hand it tries again to delete what upstream refused to delete then; no
            question uses those threads in any case.

            Exit codes: 0 all are deleted; 1 some are not; 69 Redis or upstream cannot be reached.
            """
    )

    @Flag(help: "Print what was done as JSON.")
    var json = false

    @Option(help: "Delete this many threads at a time.")
    var concurrency = 8

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard (1...64).contains(concurrency) else { throw ValidationError("--concurrency must be from 1 to 64.") }
    }

    func execute() async throws {
        let settings = try await options.settings(for: [.redis, .upstream])
        let receipt = try await Runtime.with(settings) { runtime in
            let display = ProgressDisplay()
            defer { display.finish() }
            return try await runtime.assistant.sync.flush(concurrency: concurrency, progress: display.show)
        }
        if json {
            try Terminal.printJSON(receipt)
        } else {
            let left = receipt.threadsNotFlushed > 0 ? ", \(receipt.threadsNotFlushed) could not be deleted" : ""
            Terminal.tell("\(receipt.threadsFlushed) threads flushed\(left)")
        }
        if receipt.threadsNotFlushed > 0 { throw ExitStatus.failed }
    }
}
