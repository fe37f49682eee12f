internal import Logging
internal import OpenAI

/// Brings the documents upstream in line with the assets folder.
///
/// The order of its steps is its guarantee: new content is uploaded and indexed unseen, one write in Redis switches to it,
/// and only then are threads with old text flushed and old files deleted. Killed at any instant, it can be run again.
public struct Sync: Sendable {
    let settings: Settings
    let files: FilesDatabase
    let threads: ThreadsDatabase
    let index: any DocumentIndex
    let backend: any UpstreamAdapter
    let formerUpstream: FormerUpstream
    let logger: Logger

    /// Gives a client of an upstream that was used earlier, by its identity; nil where its key is not known.
    typealias FormerUpstream = @Sendable (_ identity: String) -> OpenAIClient?

    init(
        settings: Settings,
        files: FilesDatabase,
        threads: ThreadsDatabase,
        index: any DocumentIndex,
        backend: any UpstreamAdapter,
        formerUpstream: @escaping FormerUpstream,
        logger: Logger
    ) {
        self.settings = settings
        self.files = files
        self.threads = threads
        self.index = index
        self.backend = backend
        self.formerUpstream = formerUpstream
        self.logger = logger
    }

    /// Runs once.
    ///
    /// - Parameters:
    ///   - options: How to run.
    ///   - progress: Is told how far the sync has come, from several tasks.
    /// - Returns: What was done. Documents that failed and checks that failed are named in it, and are no error.
    /// - Throws: ``PolicyAssistantError`` where the sync could not be done; what was in force before then still is, or
    ///   the new revision is wholly, and running it again goes on where it stopped.
    public func run(
        _ options: SyncOptions = SyncOptions(),
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) async throws -> SyncReceipt {
        let start = ContinuousClock.now
        var receipt = try await translatingUpstreamErrors {
            let run = SyncRun(sync: self, options: options, progress: progress)
            guard !options.isDryRun else { return try await run.preview() }
            return try await SyncLock(files: files, threads: threads).hold(waits: options.waitsForLock) {
                progress(.waiting(for: $0))
            } _: { lease in
                try await run.run(holding: lease)
            }
        }
        receipt.seconds = Double((ContinuousClock.now - start).milliseconds) / 1000
        return receipt
    }

    /// Deletes the threads of revisions before the one in force, and those that could not be deleted earlier.
    ///
    /// - Parameters:
    ///   - concurrency: How many are deleted at a time.
    ///   - progress: Is told how far it has come.
    /// - Returns: How many were deleted, and how many could not be.
    /// - Throws: ``PolicyAssistantError``.
    public func flush(
        concurrency: Int = 8,
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) async throws -> FlushReceipt {
        try await threadFlush
            .run(olderThan: try await files.corpus()?.revision ?? 0, concurrency: concurrency, progress: progress)
    }

    var threadFlush: ThreadFlush { ThreadFlush(disposal: disposal) }

    var disposal: ThreadDeletion {
        ThreadDeletion(threads: threads, backend: backend, settings: settings, logger: logger)
    }
}
