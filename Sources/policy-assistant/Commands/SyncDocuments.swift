internal import ArgumentParser
internal import PolicyAssistant
internal import ServiceLifecycle
internal import UnixSignals

struct SyncDocuments: Command {
    static let configuration = CommandConfiguration(
        commandName: "sync",
        abstract: "Bring the documents upstream in line with the assets folder.",
        discussion: """
            Uploads new documents, replaces the files of changed ones, removes what is gone, and flushes the threads
            that still carry old text. Answers come from the old documents until the last moment, and from the new ones
            after it. Then it checks itself: a sentence of each new text is searched for, and one that only the old text
            had. It may be stopped at any time and run again.

            Files that .policyignore names are passed over; its patterns are those of .gitignore.

            A document that upstream could not read is named by each sync and not uploaded again, until it is changed or
            --retry-failed is given.

            With --watch it goes on: it syncs after each change, and after an outage as soon as that is over. A document
            that is still being written is taken when it is closed.

            Exit codes: 0 all documents are synced; 3 they are but for the files named as left out or failed; 4 they are,
            but a check failed; 5 nothing was changed, as most documents would be removed or a file cannot be taken;
            69 Redis or upstream cannot be reached; 75 another sync is at work.
            """
    )

    static let showsUpstreamWords = true

    @Flag(help: "Tell what would be done, and change nothing.")
    var dryRun = false

    @Flag(help: "Read every file, also those that, by size, times and inode, have not changed.")
    var checksum = false

    @Flag(help: "Read every file, hold what is upstream against the records, and mend what somebody else has changed.")
    var repair = false

    @Flag(help: "Upload again what upstream could not read.")
    var retryFailed = false
    @Flag(
        help: """
            After Redis was lost: take over the documents, vector stores and uploads of this deployment that are upstream \
            and on no record, and delete those that are not needed. Includes --repair; try it with --dry-run first.
            """
    )
    var adopt = false

    @Option(help: "With --adopt, take over what this deployment left; `unnamed` for stores that name none.")
    var deployment: String?

    @Flag(help: "Check every new document, not 200 of them; changed ones are always checked.")
    var checkAll = false

    @Flag(help: "Change nothing if any file cannot be taken.")
    var strict = false

    @Flag(help: "Go on even if more than half of the documents, or all, would be removed.")
    var allowMassRemoval = false

    @Flag(help: "After a change of upstream or protocol, delete what the one before still holds.")
    var cleanPrevious = false

    @Flag(help: "Wait for another sync that is at work.")
    var wait = false

    @Flag(help: "Sync now and after each change of the folder, until it is ended by SIGTERM or SIGINT (Linux).")
    var watch = false

    @Option(help: "With --watch, sync when nothing has changed for this many seconds.")
    var quietFor = 3.0

    @Option(help: "With --watch, look at the folder every so many seconds even if no change is told; 0 for never.")
    var rescanEvery = 30.0

    @Flag(help: "Print the receipt as JSON.")
    var json = false

    @Option(help: "Upload this many files at a time.")
    var concurrency = 8

    @Option(help: "Give indexing this many seconds for each 500 documents.")
    var indexingTimeout = 600

    @Option(help: "Take the documents from this folder.")
    var assets: String?

    @OptionGroup var options: SettingsOptions

    func validate() throws {
        guard (1...64).contains(concurrency) else { throw ValidationError("--concurrency must be from 1 to 64.") }
        guard adopt || deployment == nil else { throw ValidationError("--deployment needs --adopt.") }
        guard !(watch && adopt) else { throw ValidationError("--watch and --adopt exclude each other.") }
        guard !(watch && dryRun) else { throw ValidationError("--watch and --dry-run exclude each other.") }
        guard (0...3600).contains(quietFor) else { throw ValidationError("--quiet-for must be from 0 to 3600.") }
        guard (0...86400).contains(rescanEvery) else {
            throw ValidationError("--rescan-every must be from 0 to 86400.")
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
            case .failed(let error): Terminal.complain(error, showingUpstreamWords: true)
            }
        }
        let services = ServiceGroup(
            configuration: .init(
                services: [.init(service: watch, successTerminationBehavior: .gracefullyShutdownGroup)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: runtime.logger
            )
        )
        try await services.run()
    }

    private func show(_ receipt: SyncReceipt) throws {
        if json {
            try Terminal.printJSON(receipt)
        } else {
            Terminal.tell(receipt.text)
        }
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
