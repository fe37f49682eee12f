internal import FoundationEssentials
internal import Redis

/// The turns of users, across replicas: each user's lock, the queue of replicas that wait for it, and the revision
/// before which no thread may be recorded.
extension ThreadsDatabase {
    /// How long a turn's lock outlives its last renewal.
    static let lockLease = Duration.seconds(15)

    /// The lock that a user's turn holds, and the user's other turns wait for.
    ///
    /// A user's turns run one after another, whatever their roles.
    struct TurnLock: Sendable {
        /// Whose thread the turn uses.
        let owner: ThreadOwner
        let token: String

        var user: UserID { owner.user }
        var key: RedisKey { .turnLock(of: user) }
    }

    enum TurnAdmission: Sendable {
        /// The turn may run; the thread is the one on record, and `remembered` what its user wants remembered.
        case admitted(TurnLock, thread: ThreadRecord?, remembered: [RememberedMessage] = [])
        /// Another turn of the user runs, or is to run before this one.
        case occupied
    }

    /// Takes the user's lock and reads the thread, in one round trip.
    ///
    /// A replica that does not get the lock joins the queue of replicas that want it, and has to ask again soon. A free
    /// lock goes to the first in the queue, so that a replica with many turns of the user does not starve the others. A
    /// replica that has not asked for as long as a lock lives has left the queue.
    ///
    /// A lock that the same replica holds is no obstacle: a replica runs one turn of a user at a time, so the lock
    /// belongs to a turn that is over and could not release it when Redis did not answer. The earlier turn loses it.
    ///
    /// - Parameters:
    ///   - owner: Whose thread the turn uses.
    ///   - replica: The replica's unique name, of letters and digits.
    /// - Returns: Whether the turn may run.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func begin(_ owner: ThreadOwner, in replica: String) async throws -> TurnAdmission {
        let lock = TurnLock(owner: owner, token: "\(replica):\(RandomToken.make())")
        return try await redis.run(TurnScripts.begin(lock, by: replica))
    }

    /// Removes a replica from the queue for the user's lock.
    func leaveQueue(of user: UserID, as replica: String) async throws {
        _ = try await redis.ask(.hdel(RedisKey.turnQueue(of: user).name, [replica]).repeatable())
    }

    /// How many locks are renewed in one call, during which Redis serves nobody else.
    private static let locksPerCall = 500

    /// Gives locks their whole lease again.
    ///
    /// - Returns: For each lock, in order, whether its turn still held it.
    func renew(_ locks: [TurnLock]) async throws -> [Bool] {
        var held: [Bool] = []
        for first in stride(from: 0, to: locks.count, by: Self.locksPerCall) {
            held += try await redis.run(TurnScripts.renew(Array(locks[first...].prefix(Self.locksPerCall))))
        }
        return held
    }

    enum Assignment: Sendable {
        case assigned
        /// Another turn has the lock by now, and the recorded thread may be newer.
        case lockLost
        /// The threads of this revision are flushed already, or are about to be.
        case outdated
    }

    /// Makes `record` the user's thread, provided that the turn still holds its lock.
    ///
    /// A thread that it replaces is listed for deletion by the same script.
    ///
    /// - Parameters:
    ///   - record: The thread.
    ///   - lock: The turn's lock.
    ///   - kept: A thread that is never deleted upstream.
    /// - Returns: Whether it is the user's thread now.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func assign(
        _ record: ThreadRecord,
        under lock: TurnLock,
        keeping kept: String? = nil
    ) async throws -> Assignment {
        try await redis.run(TurnScripts.assign(record, under: lock, keeping: kept))
    }

    /// Records the use of the thread and the responses that the turn leaves upstream, and releases the lock.
    ///
    /// Only the user's own thread counts as used, and only a lock that the turn still holds is released. Runs even
    /// where the calling task is cancelled.
    ///
    /// A thread that is no longer the user's, with responses that are recorded nowhere else, is listed for deletion.
    func end(
        _ lock: TurnLock,
        used threadID: String? = nil,
        leaving trace: TurnTrace? = nil,
        at time: Date = .now
    ) async throws {
        try await redis.run(TurnScripts.end(lock, used: threadID, leaving: trace, at: time), isShielded: true)
    }

    /// Lets no thread of an earlier revision be recorded from now on, so that a flush misses none.
    func requireRevision(_ revision: Int) async throws {
        _ = try await redis.ask(.set(RedisKey.flushedRevision.name, String(revision)))
    }

    /// Returns the revision before which no thread may be recorded; 0 where none is required.
    func requiredRevision() async throws -> Int {
        try await redis.ask(.get(RedisKey.flushedRevision.name)).string.flatMap(Int.init) ?? 0
    }

    /// Returns the running turns: their tokens by their locks' keys.
    func runningTurns() async throws -> [RedisKey: String] {
        let keys = try await redis.keys(withPrefix: RedisKeyPattern.turnLock.prefix)
        var turns: [RedisKey: String] = [:]
        for start in stride(from: 0, to: keys.count, by: RedisClient.keysPerPage) {
            let page = Array(keys[start..<min(start + RedisClient.keysPerPage, keys.count)])
            let tokens = try await redis.ask(.mget(page.map(\.name))).array ?? []
            for (key, token) in zip(page, tokens) {
                // Where both databases are one, the lock of an earlier version's sync may be among them: its token has
                // spaces.
                if let token = token.string, !token.contains(" ") { turns[key] = token }
            }
        }
        return turns
    }

    /// Returns those of some turns that have not ended.
    func stillRunning(of turns: [RedisKey: String]) async throws -> [RedisKey: String] {
        let keys = Array(turns.keys)
        let tokens = try await redis.ask(.mget(keys.map(\.name))).array ?? []
        return Dictionary(
            uniqueKeysWithValues: zip(keys, tokens).compactMap { key, token in
                token.string == turns[key] ? turns[key].map { (key, $0) } : nil
            }
        )
    }
}
