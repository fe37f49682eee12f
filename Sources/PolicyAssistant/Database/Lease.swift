internal import Redis
internal import Synchronization

/// A lock in Redis that ends by itself when its holder dies: a key with a token and a time to live.
///
/// It may have a second key, which is held as long as the first one is: that by which other versions know the lock.
struct Lease: Sendable {
    let key: String
    /// The second key; nil for none.
    let formerKey: String?
    /// What stands in the key while it is held: a random word, then words that say who holds it.
    let token: String
    private let term: Term

    /// Until when nobody else can have the key, by this process's own clock.
    private final class Term: Sendable {
        let end: Mutex<ContinuousClock.Instant>

        init(end: ContinuousClock.Instant) {
            self.end = Mutex(end)
        }
    }

    init(key: String, formerKey: String? = nil, token: String, heldUntil end: ContinuousClock.Instant = .now) {
        self.key = key
        self.formerKey = formerKey
        self.token = token
        term = Term(end: end)
    }

    /// How long before its end a holder stops relying on the lease, so that what it begins is over in time.
    static let margin = Duration.seconds(5)

    /// Makes sure, without asking, that nobody else can have the key for a while.
    ///
    /// To be called before anything is changed that Redis does not guard: a process that was stopped and goes on later
    /// must not go on with that.
    ///
    /// - Throws: ``lost``.
    func check() throws {
        guard term.end.withLock({ $0 }) - .now > Self.margin else { throw Self.lost }
    }

    static let lost = PolicyAssistantError(
        .syncLockLost,
        "The lock was lost to another sync; this one stopped before it could do harm. Run it again."
    )

    enum Acquisition {
        case acquired(Lease)
        case held(by: Holder)
    }

    /// Who has the key.
    struct Holder {
        let lease: Lease
        /// What the holder said of itself.
        var words: [Substring] { Array(lease.token.split(separator: " ").dropFirst()) }
    }

    /// All keys that are held.
    var keys: [String] { [key] + (formerKey.map { [$0] } ?? []) }

    /// Takes the key, and the second one with it, if nobody has either.
    ///
    /// - Parameters:
    ///   - key: The key.
    ///   - formerKey: The second key, if there is one.
    ///   - holder: What to say of the holder: words.
    ///   - duration: How long the lock is held unless it is renewed.
    ///   - redis: The database.
    /// - Returns: The lease, or who has it.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    static func acquire(
        _ key: String,
        with formerKey: String? = nil,
        holder: String,
        for duration: Duration,
        in redis: RedisClient
    ) async throws -> Acquisition {
        let token = "\(RandomToken.make()) \(holder)"
        let lease = Lease(key: key, formerKey: formerKey, token: token, heldUntil: .now + duration)
        let milliseconds = String(duration.milliseconds)
        let reply = try await redis.ask(take, keys: lease.keys, arguments: [token, milliseconds])
        guard let other = reply.string else { return .acquired(lease) }
        return .held(by: Holder(lease: Lease(key: key, formerKey: formerKey, token: other)))
    }

    /// Gives its keys another `duration` to live.
    ///
    /// - Returns: Whether this holder still had them.
    func renew(for duration: Duration, in redis: RedisClient) async throws -> Bool {
        let end = ContinuousClock.now + duration
        let reply = try await redis.ask(Self.prolong, keys: keys, arguments: [token, String(duration.milliseconds)])
        guard reply.integer == 1 else { return false }
        term.end.withLock { $0 = end }
        return true
    }

    /// Gives its keys back, unless another has them by now.
    func release(in redis: RedisClient) async throws {
        _ = try await redis.ask(Self.giveBack, keys: keys, arguments: [token])
    }

    /// Returns nothing when the keys were taken, or were this caller's already; else what stands in the one that was not.
    private static let take = RedisScript(
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

    private static let prolong = RedisScript(
        """
        for _, key in ipairs(KEYS) do
            if redis.call('GET', key) ~= ARGV[1] then return 0 end
        end
        for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ARGV[2]) end
        return 1
        """,
        repeatable: true
    )

    private static let giveBack = RedisScript(
        """
        for _, key in ipairs(KEYS) do
            if redis.call('GET', key) == ARGV[1] then redis.call('DEL', key) end
        end
        return 1
        """,
        repeatable: true
    )
}

/// Random words that nobody guesses.
enum RandomToken {
    /// Returns 32 hexadecimal digits.
    static func make() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<2).map { _ in
            let digits = String(generator.next() as UInt64, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}

extension Duration {
    /// The whole milliseconds in this duration.
    var milliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }
}
