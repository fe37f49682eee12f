internal import FoundationEssentials
public import Redis
internal import Synchronization

/// The API keys in the threads database.
public struct APIKeys: Sendable {
    private let redis: RedisClient

    /// Creates the API keys on a client of the threads database.
    public init(redis: RedisClient) {
        self.redis = redis
    }

    /// Creates a key.
    ///
    /// - Parameters:
    ///   - name: The key's name in lists: 1 to 64 characters in one line.
    ///   - isAdmin: Whether it authorizes the administrators' routes and access to every user's thread.
    ///   - user: The only user that it may act as; nil for any user.
    /// - Returns: The key, and the secret, which is stored nowhere.
    /// - Throws: ``PolicyAssistantError`` with the code `invalidField` or `storeUnavailable`.
    public func add(_ name: String, isAdmin: Bool, user: UserID?) async throws -> (key: APIKey, secret: APIKeySecret) {
        guard (1...64).contains(name.count), !name.contains(where: \.isNewline),
            !name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else {
            throw PolicyAssistantError(
                .invalidField,
                "The name of a key must have from 1 to 64 characters in one line.",
                field: "name"
            )
        }
        let secret = APIKeySecret.make()
        let key = APIKey(
            id: secret.keyID,
            name: name,
            isAdmin: isAdmin,
            user: user,
            createdAt: .currentSecond,
            lastCharacters: secret.lastCharacters
        )
        _ = try await redis.ask(.hset(RedisKey.apiKey(key.id).name, key.fields(digest: secret.digest)))
        return (key, secret)
    }

    /// Returns all keys, the oldest first.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func list() async throws -> [APIKey] {
        let keys = try await redis.keys(withPrefix: RedisKeyPattern.apiKey.prefix)
        let hashes = try await redis.ask(keys.map { .hgetall($0.name) })
        let found = zip(keys, hashes).compactMap { key, hash -> APIKey? in
            guard let id = RedisKeyPattern.apiKey.value(in: key.name), let fields = hash.dictionary else { return nil }
            return APIKey(id: id, fields: fields)
        }
        return found.sorted { ($0.createdAt.timestamp, $0.id) < ($1.createdAt.timestamp, $1.id) }
    }

    /// Deletes a key; servers refuse it within ``APIKeyCache/lifetime``.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `keyNotFound` or `storeUnavailable`.
    public func revoke(_ id: String) async throws {
        guard id.utf8.count == APIKey.idLength, id.utf8.allSatisfy(\.isLowercaseHexadecimal),
            try await redis.ask(.del(RedisKey.apiKey(id).name)).integer == 1
        else {
            throw PolicyAssistantError(.keyNotFound, "There is no key with this ID; `keys list` shows those there are.")
        }
    }

    /// Returns the key that a secret belongs to, in one round trip; nil for an unknown secret.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func verify(_ secret: APIKeySecret) async throws -> APIKey? {
        let reply = try await redis.ask(.hgetall(RedisKey.apiKey(secret.keyID).name))
        guard let fields = reply.dictionary, let digest = fields["sha256"],
            digest.isEqualInConstantTime(to: secret.digest)
        else { return nil }
        return APIKey(id: secret.keyID, fields: fields)
    }
}

/// Verifies API keys, and caches them for a moment, so that not every request asks Redis.
public final class APIKeyCache: Sendable {
    /// How long a key is cached: a revoked key is refused after this time.
    public static let lifetime = Duration.seconds(3)

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

    /// Returns the key that a secret belongs to; nil for an unknown secret.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func verify(_ secret: APIKeySecret) async throws -> APIKey? {
        // The key was valid at some time after this moment.
        let start = now()
        if let entry = entries.withLock({ $0[secret.digest] }), start < entry.end { return entry.key }
        let key = try await keys.verify(secret)
        entries.withLock { entries in
            entries[secret.digest] = nil
            if entries.count >= Self.capacity { entries = entries.filter { start < $0.value.end } }
            guard let key, entries.count < Self.capacity else { return }
            entries[secret.digest] = Entry(key: key, end: start + Self.lifetime)
        }
        return key
    }
}

extension String {
    /// Compares in a time that does not depend on where the texts differ.
    fileprivate func isEqualInConstantTime(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
