internal import Redis
internal import Synchronization

/// A lock in Redis that ends by itself when its holder dies: a key with a token and a time to live.
struct Lease: Sendable {
    let key: String
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

    init(key: String, token: String, heldUntil end: ContinuousClock.Instant = .now) {
        self.key = key
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

    /// Takes the key if nobody has it.
    static func acquire(
        _ key: String,
        holder: String,
        for duration: Duration,
        in redis: RedisClient
    ) async throws -> Acquisition {
        let token = "\(RandomToken.make()) \(holder)"
        let end = ContinuousClock.now + duration
        let milliseconds = String(duration.milliseconds)
        let reply = try await redis.ask(take, keys: [key], arguments: [token, milliseconds])
        guard let other = reply.string else { return .acquired(Lease(key: key, token: token, heldUntil: end)) }
        return .held(by: Holder(lease: Lease(key: key, token: other)))
    }

    /// Gives the key another `duration` to live.
    ///
    /// - Returns: Whether this holder still had it.
    func renew(for duration: Duration, in redis: RedisClient) async throws -> Bool {
        let end = ContinuousClock.now + duration
        let reply = try await redis.ask(Self.prolong, keys: [key], arguments: [token, String(duration.milliseconds)])
        guard reply.integer == 1 else { return false }
        term.end.withLock { $0 = end }
        return true
    }

    /// Gives the key back, unless another has it by now.
    func release(in redis: RedisClient) async throws {
        _ = try await redis.ask(Self.giveBack, keys: [key], arguments: [token])
    }

    /// Returns nothing when the key was taken, or was this caller's already; else what stands in it.
    private static let take = RedisScript(
        """
        if redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return false end
        local holder = redis.call('GET', KEYS[1])
        if holder == ARGV[1] then return false end
        return holder
        """,
        repeatable: true
    )

    private static let prolong = RedisScript(
        """
        if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
        return redis.call('PEXPIRE', KEYS[1], ARGV[2])
        """,
        repeatable: true
    )

    private static let giveBack = RedisScript(
        """
        if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
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
