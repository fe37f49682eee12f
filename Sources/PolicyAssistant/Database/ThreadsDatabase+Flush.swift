internal import Redis

/// What a flush needs of the threads' database.
///
/// A thread that is nobody's any more is either deleted upstream or stands in the hash `undeleted` until it is.
extension ThreadsDatabase {
    /// A thread and the user whose it is.
    struct OwnedThread: Sendable {
        let user: String
        let record: ThreadRecord
    }

    /// Calls `body` with the threads that were made under a revision before `revision`, some hundreds at a time.
    func threads(olderThan revision: Int, _ body: ([OwnedThread]) async throws -> Void) async throws {
        var keys: [String] = []
        var iterator = redis.scan(prefix: ThreadRecord.prefix).makeAsyncIterator()
        repeat {
            do {
                keys.removeAll()
                while keys.count < Self.pageSize, let key = try await iterator.next(isolation: nil) { keys.append(key) }
            } catch {
                throw PolicyAssistantError(error)
            }
            let hashes = try await redis.ask(keys.map { .hgetall($0) })
            let outdated = zip(keys, hashes).compactMap { key, hash -> OwnedThread? in
                guard let user = key.suffix(afterPrefix: ThreadRecord.prefix),
                    let record = hash.dictionary.flatMap(ThreadRecord.init(fields:)), record.revision < revision
                else { return nil }
                return OwnedThread(user: user, record: record)
            }
            if !outdated.isEmpty { try await body(outdated) }
        } while keys.count == Self.pageSize
    }

    /// Puts a thread on the list of threads to delete upstream, and deletes the user's mapping to it, as one; a newer
    /// thread of the user stays.
    ///
    /// To be called before the thread is deleted upstream: whoever is stopped in between leaves it on the list, and who
    /// is cancelled has it put there all the same.
    ///
    /// - Parameters:
    ///   - thread: The thread.
    ///   - responses: Responses made in it that are not on record yet.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func deferDeletion(of thread: OwnedThread, noting responses: [String] = []) async throws {
        let record = thread.record
        _ = try await redis.ask(
            Self.retireThread,
            keys: [
                Self.key(thread.user), PendingThreadDeletion.key, PendingThreadDeletion.usersKey,
                Self.responsesKey(record.id),
            ],
            arguments: [
                record.id, PendingThreadDeletion(record).value, UserID(recorded: thread.user).pseudonym,
                Self.responseRetention,
            ] + responses,
            isShielded: true
        )
    }

    /// The threads that are still to be deleted upstream.
    func pendingDeletions() async throws -> [PendingThreadDeletion] {
        (try await redis.ask(.hgetall(PendingThreadDeletion.key)).dictionary ?? [:]).map(PendingThreadDeletion.init)
    }

    /// The turns that run now: their tokens by their locks' keys.
    func runningTurns() async throws -> [String: String] {
        let keys = try await redis.keys(withPrefix: "lock:")
        var turns: [String: String] = [:]
        for start in stride(from: 0, to: keys.count, by: Self.pageSize) {
            let page = Array(keys[start..<min(start + Self.pageSize, keys.count)])
            let tokens = try await redis.ask(.mget(page)).array ?? []
            for (key, token) in zip(page, tokens) {
                // The lock of an earlier version's sync may be among them; its token holds words.
                if let token = token.string, !token.contains(" ") { turns[key] = token }
            }
        }
        return turns
    }

    /// Those of some turns that have not ended.
    func stillRunning(of turns: [String: String]) async throws -> [String: String] {
        let keys = Array(turns.keys)
        let tokens = try await redis.ask(.mget(keys)).array ?? []
        return Dictionary(
            uniqueKeysWithValues: zip(keys, tokens).compactMap { key, token in
                token.string == turns[key] ? turns[key].map { (key, $0) } : nil
            }
        )
    }

    private static let pageSize = 500

    private static let retireThread = RedisScript(
        """
        redis.call('HSET', KEYS[2], ARGV[1], ARGV[2])
        redis.call('HSET', KEYS[3], ARGV[1], ARGV[3])
        if ARGV[5] then
            local now = redis.call('TIME')[1]
            for i = 5, #ARGV do redis.call('ZADD', KEYS[4], now, ARGV[i]) end
            redis.call('EXPIRE', KEYS[4], ARGV[4])
        end
        if redis.call('HGET', KEYS[1], 'id') == ARGV[1] then redis.call('DEL', KEYS[1]) end
        return 1
        """,
        repeatable: true
    )
}
