internal import Logging
internal import OpenAI

/// Brings the documents upstream in line with the assets folder.
///
/// Its guarantee is in the order of its steps: new content is uploaded and indexed, and no turn finds it; one write in
/// Redis switches to it; only then are threads with old text flushed and old files deleted. A sync that is killed at any
/// instant can be run again.
///
/// ```swift
/// import HTTPClient
/// import Logging
/// import OpenAI
/// import PolicyAssistant
/// import Redis
///
/// let settings = try await Settings.read(environment: ["OPENAI_API_KEY": "sk-…"])
/// let logger = Logger(label: "sync")
/// let http = try HTTPClient()
/// let assistant = Assistant(
///     settings: settings,
///     threadsRedis: RedisClient(configuration: settings.threadsDatabase, logger: logger),
///     filesRedis: RedisClient(configuration: settings.filesDatabase, logger: logger),
///     openAI: try OpenAIClient(configuration: OpenAIConfiguration(apiKey: "sk-…"), http: http),
///     logger: logger
/// )
/// var options = SyncOptions()
/// options.waitsForLock = true
/// let receipt = try await assistant.sync.run(options) { print($0) }
/// for document in receipt.leftOut + receipt.failed { print(document.path, document.reason) }
/// await http.shutdown()
/// ```
public struct Sync: Sendable {
    let settings: Settings
    let files: FilesDatabase
    let threads: ThreadsDatabase
    let index: VectorStoreIndex
    /// Creates the assistant; nil in the protocol that has none.
    let assistant: AssistantPreparation?
    let threadDeletion: ThreadDeletion
    let formerUpstream: PreviousCleanup.FormerUpstream
    let logger: Logger

    init(
        settings: Settings,
        files: FilesDatabase,
        threads: ThreadsDatabase,
        index: VectorStoreIndex,
        assistant: AssistantPreparation?,
        threadDeletion: ThreadDeletion,
        formerUpstream: @escaping PreviousCleanup.FormerUpstream,
        logger: Logger
    ) {
        self.settings = settings
        self.files = files
        self.threads = threads
        self.index = index
        self.assistant = assistant
        self.threadDeletion = threadDeletion
        self.formerUpstream = formerUpstream
        self.logger = logger
    }

    /// Runs once.
    ///
    /// - Parameters:
    ///   - options: The options.
    ///   - progress: Receives how far the sync has come, from several tasks.
    /// - Returns: What was done. Documents that failed, and failed verifications, are in it and are no error.
    /// - Throws: ``PolicyAssistantError`` where the sync could not be done. Either the revision before or the new one is in
    ///   force, wholly, and another run continues.
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

    /// Deletes the threads of revisions before the one in force, and those whose deletion was deferred.
    ///
    /// - Parameters:
    ///   - concurrency: How many threads are deleted at a time.
    ///   - progress: Receives how far it has come, from several tasks.
    /// - Returns: How many were deleted, and how many could not be.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func flush(
        concurrency: Int = 8,
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) async throws -> FlushReceipt {
        try await threadFlush(concurrency, progress).run(olderThan: try await files.corpus()?.revision ?? 0)
    }

    func threadFlush(_ concurrency: Int, _ progress: @escaping @Sendable (SyncProgress) -> Void) -> ThreadFlush {
        ThreadFlush(deletion: threadDeletion, concurrency: concurrency, progress: progress)
    }
}
