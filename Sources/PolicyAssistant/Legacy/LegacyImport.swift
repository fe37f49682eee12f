/// Takes over what an older deployment left in Redis: users' threads and uploaded files, noted as plain strings.
///
/// Each is adopted or retired, and its old key removed, in one step; what was done is on record until it was reported. So
/// a run may be killed at any instant, and another goes on.
public struct LegacyImport: Sendable {
    /// How to import.
    public struct Options: Sendable {
        /// Tells what would be done, and changes nothing.
        public var isDryRun = false
        /// Deletes threads upstream that are retired.
        public var deletesThreads = false
        /// How many things are looked after at a time.
        public var concurrency = 8

        /// Creates the usual options.
        public init() {}
    }

    let settings: Settings
    let files: FilesDatabase
    let threads: ThreadsDatabase
    let upstream: LegacyUpstream

    private var threadKeys: LegacyDatabase { LegacyDatabase(redis: threads.redis, kind: .thread) }
    private var fileKeys: LegacyDatabase { LegacyDatabase(redis: files.redis, kind: .file) }

    /// Runs once, while no sync does.
    ///
    /// - Returns: What was done with each thing, by this run and by those before that were not reported.
    /// - Throws: ``PolicyAssistantError``; what was done by then is on record, and the next run tells it.
    public func run(_ options: Options = Options()) async throws -> LegacyReceipt {
        try await translatingUpstreamErrors {
            guard !options.isDryRun else { return try await settle(options, holding: nil) }
            return try await SyncLock(files: files, threads: threads).hold(waits: false, onWaiting: { _ in }) { lease in
                try await settle(options, holding: lease)
            }
        }
    }

    /// Notes that what the last run returned has reached whoever asked for it.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`; then the next run tells it once more.
    public func acknowledge() async throws {
        try await threadKeys.forgetJournal()
        try await fileKeys.forgetJournal()
    }

    private func settle(_ options: Options, holding lease: Lease?) async throws -> LegacyReceipt {
        let corpus = try await files.corpus()
        let inForce = corpus.flatMap { $0.isHeld(asIn: settings) ? $0 : nil }
        let legacyThreads = LegacyThreads(
            database: threadKeys,
            threads: threads,
            upstream: upstream,
            settings: settings,
            corpus: inForce,
            options: options
        )
        let legacyFiles = LegacyFiles(
            database: fileKeys,
            upstream: upstream,
            records: try await .gather(files, assets: settings.assetsDirectory),
            options: options,
            lease: lease
        )
        let outcomes = try await [(threadKeys, legacyThreads.run()), (fileKeys, legacyFiles.run())]
        guard !options.isDryRun else { return LegacyReceipt(dryRun: true, outcomes: outcomes.flatMap(\.1)) }
        var receipt = LegacyReceipt(dryRun: false, outcomes: [])
        for (keys, outcomes) in outcomes {
            // The journal has what was done, also by runs that were killed; a key that it names was not kept.
            let done = try await keys.journal()
            let names = Set(done.map { ExactPath($0.key) })
            receipt.outcomes += done + outcomes.filter { $0.action == .kept && !names.contains(ExactPath($0.key)) }
        }
        return receipt
    }
}
