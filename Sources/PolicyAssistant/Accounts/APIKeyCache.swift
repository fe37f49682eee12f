internal import Synchronization

/// Finds the keys that callers show, and remembers them for a moment, so that not every request asks Redis.
public final class APIKeyCache: Sendable {
    /// How long a key is remembered: a revoked key opens nothing after so long.
    public static let memory = Duration.seconds(3)

    /// How many keys are remembered at once; those beyond are looked up each time.
    private static let capacity = 1024

    private struct Entry {
        let key: APIKey
        let end: ContinuousClock.Instant
    }

    private let keys: APIKeys
    private let now: @Sendable () -> ContinuousClock.Instant
    /// By the hash of the secret.
    ///
    /// What is not found is not remembered, so that a new key opens at once and guesses cost no memory.
    private let entries = Mutex<[String: Entry]>([:])

    /// Creates a ring.
    ///
    /// - Parameters:
    ///   - keys: Where the keys are.
    ///   - now: Tells the time.
    public init(keys: APIKeys, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
        self.keys = keys
        self.now = now
    }

    /// Returns the key that a secret belongs to, or nil where there is none.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func key(for secret: APIKeySecret) async throws -> APIKey? {
        // What is found was true at some time after this moment.
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
