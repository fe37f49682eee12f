internal import Redis

/// Limits failed attempts to sign in, by user name and by address.
///
/// An attempt takes a token from the bucket of its name and from the bucket of its address before the password is
/// checked, so that concurrent attempts are limited too. A right password fills the name's bucket and returns the
/// address's token. Names without an account are counted in the same way.
struct SignInLimiter: Sendable {
    private let redis: RedisClient
    private let buckets: TokenBuckets

    init(redis: RedisClient) {
        self.redis = redis
        buckets = TokenBuckets(redis: redis)
    }

    /// An attempt that was admitted.
    struct Attempt: Sendable {
        fileprivate let name: TokenBucket
        fileprivate let address: TokenBucket
    }

    /// Counts an attempt as one that fails.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `tooManyAttempts` and the time to wait, or `storeUnavailable`.
    func begin(name: String, address: String) async throws -> Attempt {
        let attempt = Attempt(
            name: TokenBucket(key: .signIns(withName: name), capacity: 5, refill: .seconds(300)),
            // Many people may share an address.
            address: TokenBucket(key: .signIns(from: address), capacity: 50, refill: .seconds(20))
        )
        if let wait = try await buckets.take(from: [attempt.name, attempt.address]).wait {
            throw PolicyAssistantError(
                .tooManyAttempts,
                "Too many attempts to sign in have failed. Wait before you try again.",
                // Rounded up, so that an attempt after this time is admitted.
                retryAfter: .seconds(wait.components.seconds + 1)
            )
        }
        return attempt
    }

    /// Counts an attempt as one that succeeded.
    func succeeded(_ attempt: Attempt) async throws {
        _ = try await redis.ask(.del(attempt.name.key.name))
        try await buckets.giveBack(to: [attempt.address])
    }

    /// Does not count an attempt that failed for another reason than a wrong password.
    func withdraw(_ attempt: Attempt) async throws {
        try await buckets.giveBack(to: [attempt.name, attempt.address])
    }
}
