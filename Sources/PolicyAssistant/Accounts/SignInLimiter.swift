internal import Redis

/// Holds up those who try one password after another, by the name they try and by the address they come from.
///
/// An attempt takes a token from the bucket of its name, `signin:name:<hash>`, and from that of its address,
/// `signin:address:<hash>`, before the password is looked at, so that any number of attempts at once is no way round. A
/// right password fills the name's bucket and gives the address its token back. Whether somebody has the name makes no
/// difference.
struct SignInLimiter: Sendable {
    private let redis: RedisClient
    private let buckets: TokenBuckets

    init(redis: RedisClient) {
        self.redis = redis
        buckets = TokenBuckets(redis: redis)
    }

    /// An attempt that was let in.
    struct Attempt: Sendable {
        fileprivate let name: TokenBucket
        fileprivate let address: TokenBucket
    }

    static func key(forName name: String) -> String { "signin:name:\(ContentHash.of(name).prefix(32))" }

    /// Counts an attempt as one that fails.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `tooManyAttempts` and the time to wait, or `storeUnavailable`.
    func begin(name: String, address: String) async throws -> Attempt {
        let attempt = Attempt(
            name: TokenBucket(key: Self.key(forName: name), capacity: 5, refill: .seconds(300)),
            // Many people may share an address.
            address: TokenBucket(
                key: "signin:address:\(ContentHash.of(address).prefix(32))",
                capacity: 50,
                refill: .seconds(20)
            )
        )
        if let wait = try await buckets.take(from: [attempt.name, attempt.address]).wait {
            throw PolicyAssistantError(
                .tooManyAttempts,
                "Too many attempts to sign in have failed. Wait before you try again.",
                // Rounded up, so that whoever waits as long is let in.
                retryAfter: .seconds(wait.components.seconds + 1)
            )
        }
        return attempt
    }

    /// Takes an attempt for one that did not fail: the holder of the name has shown up.
    func succeeded(_ attempt: Attempt) async throws {
        _ = try await redis.ask(.del(attempt.name.key))
        try await buckets.giveBack(to: [attempt.address])
    }

    /// Takes back an attempt that came to nothing through no fault of its own.
    func withdraw(_ attempt: Attempt) async throws {
        try await buckets.giveBack(to: [attempt.name, attempt.address])
    }
}
