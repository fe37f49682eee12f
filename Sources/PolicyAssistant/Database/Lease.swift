internal import Redis
internal import Synchronization

/// A lock in Redis that ends by itself when its holder dies: a key with a token and a lifetime.
///
/// It may have a second key, by which other versions know the lock; it is held as long as the first one is.
struct Lease: Sendable {
    let key: RedisKey
    /// The second key; nil for none.
    let formerKey: RedisKey?
    /// The value of the key while it is held: a random token, then words that describe the holder.
    let token: String
    /// The error where another holder has the lock by now.
    let lossError: PolicyAssistantError
    private let term: Term

    /// Until when nobody else can have the key, by this process's own clock.
    private final class Term: Sendable {
        let end: Mutex<ContinuousClock.Instant>

        init(end: ContinuousClock.Instant) {
            self.end = Mutex(end)
        }
    }

    init(
        key: RedisKey,
        formerKey: RedisKey? = nil,
        token: String,
        heldUntil end: ContinuousClock.Instant = .now,
        lossError: PolicyAssistantError
    ) {
        self.key = key
        self.formerKey = formerKey
        self.token = token
        self.lossError = lossError
        term = Term(end: end)
    }

    /// How long before its end a holder stops relying on the lease, so that what it begins is over in time.
    static let margin = Duration.seconds(5)

    /// Checks, without asking Redis, that nobody else can have the key for a while.
    ///
    /// To be called before anything is changed that Redis does not guard: a process that was suspended and resumes must
    /// not go on with that.
    ///
    /// - Throws: ``lossError``.
    func check() throws {
        guard term.end.withLock({ $0 }) - .now > Self.margin else { throw lossError }
    }

    enum Acquisition: Sendable {
        case acquired(Lease)
        case held(by: Holder)
    }

    /// The holder of the key.
    struct Holder: Sendable {
        let lease: Lease
        /// The words with which the holder described itself.
        var words: [Substring] { Array(lease.token.split(separator: " ").dropFirst()) }
    }

    /// All keys of the lease.
    var keys: [RedisKey] { [key] + (formerKey.map { [$0] } ?? []) }

    /// Takes the key, and the second one with it, if both are free.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - formerKey: The second key, if there is one.
    ///   - holder: Words that describe the holder.
    ///   - duration: How long the lock is held unless it is renewed.
    ///   - redis: The database.
    ///   - lossError: The error where another holder has the lock later.
    /// - Returns: The lease, or who holds the lock.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    static func acquire(
        _ key: RedisKey,
        with formerKey: RedisKey? = nil,
        holder: String,
        for duration: Duration,
        in redis: RedisClient,
        lossError: PolicyAssistantError
    ) async throws -> Acquisition {
        let lease = Lease(
            key: key,
            formerKey: formerKey,
            token: "\(RandomToken.make()) \(holder)",
            heldUntil: .now + duration,
            lossError: lossError
        )
        return try await redis.run(LeaseScripts.acquire(lease, for: duration))
    }

    /// Gives the keys another `duration` to live.
    ///
    /// - Returns: Whether this holder still had them.
    func renew(for duration: Duration, in redis: RedisClient) async throws -> Bool {
        let end = ContinuousClock.now + duration
        guard try await redis.run(LeaseScripts.renew(self, for: duration)) else { return false }
        term.end.withLock { $0 = end }
        return true
    }

    /// Releases the keys, unless another holder has them by now.
    func release(in redis: RedisClient) async throws {
        try await redis.run(LeaseScripts.release(self))
    }
}

/// The scripts of leases.
enum LeaseScripts {
    /// Takes the keys of a lease, or finds who holds one of them.
    static func acquire(_ lease: Lease, for duration: Duration) -> RedisScriptCall<Lease.Acquisition> {
        RedisScriptCall(
            acquire,
            keys: lease.keys,
            arguments: [lease.token, String(duration.milliseconds)]
        ) { reply in
            if reply.isNull { return .acquired(lease) }
            return reply.string.map { token in
                let other = Lease(
                    key: lease.key,
                    formerKey: lease.formerKey,
                    token: token,
                    lossError: lease.lossError
                )
                return .held(by: Lease.Holder(lease: other))
            }
        }
    }

    /// Renews all keys of a lease; returns whether its holder still has them.
    static func renew(_ lease: Lease, for duration: Duration) -> RedisScriptCall<Bool> {
        RedisScriptCall(renew, keys: lease.keys, arguments: [lease.token, String(duration.milliseconds)])
    }

    /// Deletes those keys of a lease that its holder still has.
    static func release(_ lease: Lease) -> RedisScriptCall<Void> {
        RedisScriptCall(release, keys: lease.keys, arguments: [lease.token])
    }

    static let all = [acquire, renew, release]

    private static let acquire = RedisScript(
        """
        for _, key in ipairs(KEYS) do
            local holder = redis.call('GET', key)
            if holder and holder ~= ARGV[1] then return holder end
        end
        for _, key in ipairs(KEYS) do redis.call('SET', key, ARGV[1], 'PX', ARGV[2]) end
        return false
        """,
        repeatable: true
    )

    private static let renew = RedisScript(
        """
        for _, key in ipairs(KEYS) do
            if redis.call('GET', key) ~= ARGV[1] then return 0 end
        end
        for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[2]) end
        return 1
        """,
        repeatable: true
    )

    private static let release = RedisScript(
        """
        for _, key in ipairs(KEYS) do
            if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
        end
        return 1
        """,
        repeatable: true
    )
}
