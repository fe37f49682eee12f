internal import FoundationEssentials
public import Redis

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

    /// Deletes a key; servers refuse it within ``APIKeyCache/memory``.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `keyNotFound` or `storeUnavailable`.
    public func revoke(_ id: String) async throws {
        guard id.utf8.count == APIKey.idLength, id.utf8.allSatisfy(\.isLowercaseHexadecimal),
            try await redis.ask(.del(RedisKey.apiKey(id).name)).integer == 1
        else {
            throw PolicyAssistantError(.keyNotFound, "There is no key with this ID; `keys list` shows those there are.")
        }
    }

    /// Finds the key that a secret belongs to, in one round trip.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func key(for secret: APIKeySecret) async throws -> APIKey? {
        let reply = try await redis.ask(.hgetall(RedisKey.apiKey(secret.keyID).name))
        guard let fields = reply.dictionary, let digest = fields["sha256"],
            digest.isEqualInConstantTime(to: secret.digest)
        else { return nil }
        return APIKey(id: secret.keyID, fields: fields)
    }
}

extension String {
    /// Compares in a time that does not depend on where the texts differ.
    fileprivate func isEqualInConstantTime(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
