internal import FoundationEssentials

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

/// The lock under which one sync at a time runs, on whatever host.
///
/// Its value names its holder: host, process and start. It is renewed while the holder runs, and expires 30 seconds after
/// the holder has died; one that a dead process of this host has left is released at once.
///
/// Earlier versions know the lock as `lock:sync`. That key is held as well, as one of them may be running, except where the
/// threads are in the same database: there it is the lock of a user called `sync`, and no earlier version runs.
struct SyncLock: Sendable {
    let files: FilesDatabase
    let threads: ThreadsDatabase

    /// How long the lock outlives a holder that died.
    static let leaseDuration = FilesDatabase.lockLease
    private static let pollInterval = Duration.milliseconds(500)

    /// Runs `body` while another task renews the lock; where the lock is lost, `body` is cancelled.
    ///
    /// - Parameters:
    ///   - waits: Whether to wait for a sync that is running; otherwise that is an error.
    ///   - onWaiting: Receives the holder that is waited for.
    ///   - body: Receives the lease, to check and to write with.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; ``PolicyAssistantError`` with the code `syncRunning` or `syncLockLost`.
    func hold<Result: Sendable>(
        waits: Bool,
        onWaiting: @Sendable (String) -> Void,
        _ body: @escaping @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        let lease = try await acquire(waits: waits, onWaiting: onWaiting)
        let outcome: Swift.Result<Result, any Error>
        do {
            outcome = .success(try await renewing(lease, body))
        } catch {
            outcome = .failure(error)
        }
        // A lock that cannot be released expires; the caller gets the outcome of `body`.
        await withoutCancellation { try? await lease.release(in: files.redis) }
        return try outcome.get()
    }

    private func renewing<Result: Sendable>(
        _ lease: Lease,
        _ body: @escaping @Sendable (Lease) async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await body(lease) }
            group.addTask {
                try await renew(lease)
                return nil
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw PolicyAssistantError.syncLockLost
        }
    }

    /// Renews the lease until it is lost.
    ///
    /// An outage of Redis alone is no loss: each write checks the token, and each change upstream the end of the lease.
    private func renew(_ lease: Lease) async throws {
        while true {
            try await Task.sleep(for: Self.leaseDuration / 3)
            if let isHeld = try? await lease.renew(for: Self.leaseDuration, in: files.redis), !isHeld {
                throw PolicyAssistantError.syncLockLost
            }
        }
    }

    private func acquire(waits: Bool, onWaiting: @Sendable (String) -> Void) async throws -> Lease {
        let host = Self.hostName()
        let holder = "\(host) \(getpid()) \(Date.now.formatted(.iso8601))"
        let isOneDatabase = try await threads.isInOneDatabase(with: files)
        var awaited: String?
        while true {
            let acquisition = try await Lease.acquire(
                .syncLock,
                with: isOneDatabase ? nil : .formerSyncLock,
                holder: holder,
                for: Self.leaseDuration,
                in: files.redis,
                lossError: .syncLockLost
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
                    Another sync is running (\(other.description)). Run this one again when it has ended, or with --wait, \
                    which waits for that.
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

extension PolicyAssistantError {
    static let syncLockLost = PolicyAssistantError(
        .syncLockLost,
        "The lock was lost to another sync; this one stopped before it could do harm. Run it again."
    )
}

extension Lease.Holder {
    /// Whether the holder is a process of this host that no longer exists.
    fileprivate func isOfDeadProcess(on host: String) -> Bool {
        guard words.count >= 2, words[0] == host, let process = pid_t(words[1]) else { return false }
        return kill(process, 0) != 0 && errno == ESRCH
    }

    fileprivate var description: String {
        guard words.count >= 3 else { return "holder unknown" }
        return "host \(words[0]), process \(words[1]), since \(words[2])"
    }
}
