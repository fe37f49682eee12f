internal import FoundationEssentials
internal import Logging
internal import OpenAI

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Brings the documents upstream in line with the assets folder.
///
/// The order of its steps is its guarantee: new content is uploaded and indexed unseen, one write in Redis switches to it,
/// and only then are threads with old text flushed and old files deleted. Killed at any instant, it can be run again.
public struct Sync: Sendable {
    let settings: Settings
    let files: FilesDatabase
    let threads: ThreadsDatabase
    let index: DocumentIndex
    let backend: ResponsesBackend
    let logger: Logger

    /// How long the lock outlives a holder that died.
    static let leaseDuration = Duration.seconds(30)

    init(
        settings: Settings,
        files: FilesDatabase,
        threads: ThreadsDatabase,
        index: DocumentIndex,
        backend: ResponsesBackend,
        logger: Logger
    ) {
        self.settings = settings
        self.files = files
        self.threads = threads
        self.index = index
        self.backend = backend
        self.logger = logger
    }

    /// Runs once.
    ///
    /// - Parameters:
    ///   - options: How to run.
    ///   - progress: Is told how far the sync has come, from several tasks.
    /// - Returns: What was done. Documents that failed are named in it, and are no error.
    /// - Throws: ``PolicyAssistantError`` where the sync could not be done; what was in force before then still is, or
    ///   the new revision is wholly, and running it again goes on where it stopped.
    public func run(
        _ options: SyncOptions = SyncOptions(),
        progress: @escaping @Sendable (SyncProgress) -> Void = { _ in }
    ) async throws -> SyncReceipt {
        let start = ContinuousClock.now
        var receipt = try await translatingUpstreamErrors {
            guard !options.isDryRun else {
                return try await SyncRun(sync: self, options: options, progress: progress).preview()
            }
            return try await holdingLock { lease in
                try await SyncRun(sync: self, options: options, progress: progress).run(holding: lease)
            }
        }
        receipt.seconds = Double((ContinuousClock.now - start).milliseconds) / 1000
        return receipt
    }

    /// Runs `body` while a task beside it keeps the lock alive; where the lock is lost, `body` is cancelled.
    private func holdingLock<Result: Sendable>(
        _ body: @escaping @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        let lease = try await takeLock()
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await keepingAlive(lease, body))
        } catch {
            outcome = .failure(error)
        }
        // Where the lock cannot be given back it ends by itself; what its caller should hear of is the outcome.
        await shieldedFromCancellation { try? await lease.release(in: files.redis) }
        return try outcome.get()
    }

    private func keepingAlive<Result: Sendable>(
        _ lease: Lease,
        _ body: @escaping @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await body(lease) }
            group.addTask {
                try await keepAlive(lease)
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw Lease.lost
        }
    }

    /// Renews the lease until it is lost.
    ///
    /// An outage of Redis is not a loss: the write that matters checks the token.
    private func keepAlive(_ lease: Lease) async throws {
        while true {
            try await Task.sleep(for: Self.leaseDuration / 3)
            if let isHeld = try? await lease.renew(for: Self.leaseDuration, in: files.redis), !isHeld {
                throw Lease.lost
            }
        }
    }

    private func takeLock() async throws -> Lease {
        let host = Self.hostName()
        let holder = "\(host) \(getpid()) \(Date.now.formatted(.iso8601))"
        for _ in 0..<2 {
            switch try await Lease.acquire(
                FilesDatabase.lockKey,
                holder: holder,
                for: Self.leaseDuration,
                in: files.redis
            ) {
            case .acquired(let lease):
                return lease
            case .held(let other):
                guard other.isOfDeadProcess(on: host) else {
                    throw PolicyAssistantError(
                        .syncRunning,
                        "Another sync is at work (\(other.description)). Wait until it has ended, then run this one again.",
                        retryAfter: Self.leaseDuration
                    )
                }
                try await other.lease.release(in: files.redis)
            }
        }
        throw PolicyAssistantError(.syncRunning, "Another sync has just begun. Wait until it has ended.")
    }

    private static func hostName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        guard gethostname(&name, name.count - 1) == 0 else { return "unknown" }
        return String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}

extension Lease.Holder {
    /// Whether the lock was left by a process of this host that is no more.
    fileprivate func isOfDeadProcess(on host: String) -> Bool {
        guard words.count >= 2, words[0] == host, let process = pid_t(words[1]) else { return false }
        return kill(process, 0) != 0 && errno == ESRCH
    }

    fileprivate var description: String {
        guard words.count >= 3 else { return "holder unknown" }
        return "host \(words[0]), process \(words[1]), since \(words[2])"
    }
}
