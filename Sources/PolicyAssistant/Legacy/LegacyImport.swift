/// Takes over the keys that an older deployment left in Redis: users' threads and uploaded files, stored as plain
/// strings.
///
/// Each is adopted or retired, and its old key deleted, in one step; the outcome is on record until it is reported. A
/// run may be killed at any instant, and the next one continues.
public struct LegacyImport: Sendable {
    /// How to import.
    public struct Options: Sendable {
        /// Whether nothing is changed and only reported what would be.
        public var isDryRun = false
        /// Whether retired threads are deleted upstream.
        public var deletesThreads = false
        /// How many threads or files are settled at a time.
        public var concurrency = 8

        /// Creates the default options.
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
    /// - Returns: The outcome of each thread and file, by this run and by earlier ones that were not reported.
    /// - Throws: ``PolicyAssistantError``; what was done until then is on record, and the next run reports it.
    public func run(_ options: Options = Options()) async throws -> LegacyReceipt {
        try await translatingUpstreamErrors {
            guard !options.isDryRun else { return try await settle(options, holding: nil) }
            return try await SyncLock(files: files, threads: threads).hold(waits: false, onWaiting: { _ in }) { lease in
                try await settle(options, holding: lease)
            }
        }
    }

    /// Records that the outcomes that the last run returned are reported.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`; then the next run reports them once more.
    public func acknowledge() async throws {
        try await threadKeys.deleteJournal()
        try await fileKeys.deleteJournal()
    }

    private func settle(_ options: Options, holding lease: Lease?) async throws -> LegacyReceipt {
        let corpus = try await files.corpus()
        let inForce = corpus.flatMap { $0.isAtUpstream(of: settings) ? $0 : nil }
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
            // The journal has the outcomes of killed runs too; a key that it names was not kept.
            let done = try await keys.journal()
            let names = Set(done.map { ExactPath($0.key) })
            receipt.outcomes += done + outcomes.filter { $0.action == .kept && !names.contains(ExactPath($0.key)) }
        }
        return receipt
    }
}
