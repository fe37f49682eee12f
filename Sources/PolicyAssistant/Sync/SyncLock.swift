internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// Keeps two syncs from working at once, on whatever hosts they run.
///
/// The lock says who holds it: host, process and since when. It is renewed while its holder works, and ends by itself
/// half a minute after a holder died; one left by a dead process of this host is taken at once.
///
/// Earlier versions know the lock as `lock:sync`. As one of them may be at work too, that key is held as well, except
/// where the threads are in the same database: there it is the lock of a user called `sync`, and no earlier version runs.
struct SyncLock: Sendable {
    let files: FilesDatabase
    let threads: ThreadsDatabase

    /// How long the lock outlives a holder that died.
    static let leaseDuration = Duration.seconds(30)
    private static let pollInterval = Duration.milliseconds(500)

    /// Runs `body` while a task beside it keeps the lock alive; where the lock is lost, `body` is cancelled.
    ///
    /// - Parameters:
    ///   - waits: Whether to wait for a sync that is at work; else that is an error.
    ///   - onWaiting: Is told who is waited for.
    ///   - body: Gets the lease, to check and to write with.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; ``PolicyAssistantError`` with the code `syncRunning` or `syncLockLost`.
    func hold<Result: Sendable>(
        waits: Bool,
        onWaiting: @Sendable (String) -> Void,
        _ body: @escaping @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        let lease = try await take(waits: waits, onWaiting: onWaiting)
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await keepingAlive(lease, body))
        } catch {
            outcome = .failure(error)
        }
        // Where the lock cannot be given back it ends by itself; what its caller should hear of is the outcome.
        await withoutCancellation { try? await lease.release(in: files.redis) }
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
    /// An outage of Redis is not a loss by itself: what is written checks the token, and what is changed upstream checks
    /// the lease's own end.
    private func keepAlive(_ lease: Lease) async throws {
        while true {
            try await Task.sleep(for: Self.leaseDuration / 3)
            if let isHeld = try? await lease.renew(for: Self.leaseDuration, in: files.redis), !isHeld {
                throw Lease.lost
            }
        }
    }

    private func take(waits: Bool, onWaiting: @Sendable (String) -> Void) async throws -> Lease {
        let host = Self.hostName()
        let holder = "\(host) \(getpid()) \(Date.now.formatted(.iso8601))"
        let isOneDatabase = try await threads.isInOneDatabase(with: files)
        var awaited: String?
        while true {
            let acquisition = try await Lease.acquire(
                FilesDatabase.lockKey,
                with: isOneDatabase ? nil : FilesDatabase.formerLockKey,
                holder: holder,
                for: Self.leaseDuration,
                in: files.redis
            )
            guard case .held(let other) = acquisition else {
                if case .acquired(let lease) = acquisition { return lease }
                continue
            }
            if other.isOfDeadProcess(on: host) {
                try await other.lease.release(in: files.redis)
                continue
            }
            guard waits else {
                throw PolicyAssistantError(
                    .syncRunning,
                    """
                    Another sync is at work (\(other.description)). Wait until it has ended, then run this one again; \
                    with --wait it waits by itself.
                    """,
                    retryAfter: Self.leaseDuration
                )
            }
            if awaited != other.lease.token { onWaiting(other.description) }
            awaited = other.lease.token
            try await Task.sleep(for: Self.pollInterval)
        }
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
