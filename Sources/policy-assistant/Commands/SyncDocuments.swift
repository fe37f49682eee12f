internal import ArgumentParser
internal import PolicyAssistant
internal import ServiceLifecycle
internal import UnixSignals

struct SyncDocuments: Command {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Sync the documents in the assets folder to upstream.",
        discussion: """
            Uploads new documents, replaces changed ones, removes deleted ones, and flushes the threads that contain \
            old text. Answers are based on the old documents until all new ones are indexed, and on the new ones after \
            that. Then the sync verifies itself: it searches for a sentence of each new text, and for one that only \
            the old text had. It can be interrupted at any time and run again.

            Files that match .policyignore are skipped; it has the syntax of .gitignore.

            A document that upstream could not read is reported by each sync, and not uploaded again until it is \
            changed or --retry-failed is used.

            With --watch it keeps running, and syncs after each change, and after an outage as soon as that is over. A \
            document that is being written is synced when it is closed.

            Exit codes: 0 all documents are synced; 3 synced, but for the files reported as left out or failed; 4 \
            synced, but a check failed; 5 nothing was changed, because most documents would be removed or a file \
            cannot be synced; 69 Redis or upstream is unavailable; 75 another sync is running.
            """
    )

    static let showsUpstreamMessage = true

    @Flag(help: "Report what would be done without changing anything.")
    var dryRun = false

    @Flag(help: "Read every file, even if its size, times and inode have not changed.")
    var checksum = false

    @Flag(help: "Read every file, compare upstream with the records, and repair differences.")
    var repair = false

    @Flag(help: "Upload again what upstream could not read.")
    var retryFailed = false

    @Flag(
        help: """
            After a loss of Redis: adopt the documents, vector stores and uploads of this deployment upstream that no \
            record names, and delete those that are not needed. Includes --repair; try it with --dry-run first.
            """
    )
    var adopt = false

    @Option(help: "With --adopt, adopt the resources of this deployment; `unnamed` for stores without a deployment.")
    var deployment: String?

    @Flag(help: "Check all new documents instead of 200; changed ones are always checked.")
    var checkAll = false

    @Flag(help: "Change nothing if any file cannot be synced.")
    var strict = false

    @Flag(help: "Continue even if more than half of the documents, or all, would be removed.")
    var allowMassRemoval = false

    @Flag(help: "After a change of upstream or protocol, delete the resources of the previous one.")
    var cleanPrevious = false

    @Flag(help: "Wait for another running sync.")
    var wait = false

    @Flag(help: "Sync now and after each change of the folder, until SIGTERM or SIGINT (Linux).")
    var watch = false

    @Option(help: "With --watch, sync after this many seconds without a change.")
    var quietFor = 3.0

    @Option(help: "With --watch, also scan the folder at this interval in seconds; 0 for never.")
    var rescanEvery = 30.0

    @Flag(help: "Print the receipt as JSON.")
    var json = false

    @Option(help: "Upload this many files concurrently.")
    var concurrency = 8

    @Option(help: "The timeout of indexing in seconds for each 500 documents.")
    var indexingTimeout = 600

    @Option(help: "The folder of the documents.")
    var assets: String?

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard (1...64).contains(concurrency) else { throw ValidationError("--concurrency must be between 1 and 64.") }
        guard adopt || deployment == nil else { throw ValidationError("--deployment needs --adopt.") }
        guard !(watch && adopt) else { throw ValidationError("--watch and --adopt exclude each other.") }
        guard !(watch && dryRun) else { throw ValidationError("--watch and --dry-run exclude each other.") }
        guard (0...3600).contains(quietFor) else { throw ValidationError("--quiet-for must be between 0 and 3600.") }
        guard (0...86400).contains(rescanEvery) else {
            throw ValidationError("--rescan-every must be between 0 and 86400.")
        }
        guard indexingTimeout > 0 else { throw ValidationError("--indexing-timeout must be at least 1.") }
    }

    func execute() async throws {
        let settings = try await options.settings(
            for: [.redis, .upstream, .documents, .instructions],
            ["ASSETS_DIR": assets]
        )
        guard !watch else { return try await Runtime.with(settings, watch) }
        let receipt = try await Runtime.with(settings) { runtime in
            let display = ProgressDisplay()
            defer { display.finish() }
            return try await runtime.assistant.sync.run(syncOptions, progress: display.show)
        }
        try show(receipt)
        if let status = ExitStatus.code(for: receipt) { throw status }
    }

    private func watch(_ runtime: Runtime) async throws {
        let watch = FolderWatchService(
            sync: runtime.assistant.sync,
            options: syncOptions,
            timing: .init(quiet: .seconds(quietFor), rescan: .seconds(rescanEvery))
        ) { event in
            switch event {
            case .synced(let receipt): try? show(receipt)
            case .failed(let error): Terminal.error(error, showsUpstreamMessage: true)
            }
        }
        let services = ServiceGroup(
            configuration: .init(
                services: [
                    .init(
                        service: watch,
                        successTerminationBehavior: .gracefullyShutdownGroup,
                        serviceName: "watch"
                    )
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: runtime.logger
            )
        )
        try await services.run()
    }

    private func show(_ receipt: SyncReceipt) throws {
        try Terminal.output(receipt, asJSON: json, text: \.text)
    }

    private var syncOptions: SyncOptions {
        var options = SyncOptions()
        options.isDryRun = dryRun
        options.rereadsAll = checksum
        options.repairs = repair || adopt
        options.adopts = adopt
        options.adoptedDeployment = deployment
        options.verifiesAll = checkAll
        options.retriesFailed = retryFailed
        options.isStrict = strict
        options.allowsMassRemoval = allowMassRemoval
        options.cleansPrevious = cleanPrevious
        options.waitsForLock = wait
        options.concurrency = concurrency
        options.indexingDeadline = .seconds(indexingTimeout)
        return options
    }
}

/// Syncs after each change of the assets folder, until the service group shuts down.
///
/// A running sync is cancelled then, which is safe at any time.
private struct FolderWatchService: Service {
    let sync: Sync
    let options: SyncOptions
    let timing: Sync.WatchTiming
    let report: @Sendable (Sync.WatchEvent) -> Void

    func run() async throws {
        do {
            try await cancelWhenGracefulShutdown {
                try await sync.watch(options, timing, report: report)
            }
        } catch is CancellationError {}
    }
}
