internal import Synchronization

/// Finds API keys by their secrets, and caches them for a moment, so that not every request asks Redis.
public final class APIKeyCache: Sendable {
    /// How long a key is cached: a revoked key is refused after this time.
    public static let memory = Duration.seconds(3)

    /// How many keys are cached at once; others are looked up each time.
    private static let capacity = 1024

    private struct Entry {
        let key: APIKey
        let end: ContinuousClock.Instant
    }

    private let keys: APIKeys
    private let now: @Sendable () -> ContinuousClock.Instant
    /// By the hash of the secret.
    ///
    /// A secret without a key is not cached, so that a new key works at once and guesses take no memory.
    private let entries = Mutex<[String: Entry]>([:])

    /// Creates a cache.
    ///
    /// - Parameters:
    ///   - keys: The keys in Redis.
    ///   - now: The clock.
    public init(keys: APIKeys, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.keys = keys
        self.now = now
    }

    /// Returns the key that a secret belongs to, or nil where there is none.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func key(for secret: APIKeySecret) async throws -> APIKey? {
        // The key was valid at some time after this moment.
        let start = now()
        if let entry = entries.withLock({ $0[secret.digest] }), start < entry.end { return entry.key }
        let key = try await keys.key(for: secret)
        entries.withLock { entries in
            entries[secret.digest] = nil
            if entries.count >= Self.capacity { entries = entries.filter { start < $0.value.end } }
            guard let key, entries.count < Self.capacity else { return }
            entries[secret.digest] = Entry(key: key, end: start + Self.memory)
        }
        return key
    }
}
