internal import FoundationEssentials
public import Redis

/// The API keys in the threads' database: `key:<id>`.
public struct APIKeys: Sendable {
    private let redis: RedisClient

    /// How many hexadecimal digits of the secret's hash name a key: enough that no two keys meet.
    static let idLength = 16

    /// Creates the keys' door.
    public init(redis: RedisClient) {
        self.redis = redis
    }

    /// Makes a key.
    ///
    /// - Parameters:
    ///   - name: What to call it: 1 to 64 characters in one line.
    ///   - isAdmin: Whether it opens the administrators' routes and everybody's threads.
    ///   - user: The one user that it may act as; nil for any.
    /// - Returns: The key, and the secret, which cannot be had again.
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
            createdAt: Date.now.formatted(.iso8601),
            lastCharacters: secret.lastCharacters
        )
        _ = try await redis.ask(.hset(APIKey.prefix + key.id, key.fields(digest: secret.digest)))
        return (key, secret)
    }

    /// Returns all keys, the oldest first.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func list() async throws -> [APIKey] {
        let names = try await redis.keys(withPrefix: APIKey.prefix)
        let hashes = try await redis.ask(names.map { .hgetall($0) })
        return zip(names, hashes)
            .compactMap { name, hash in
                hash.dictionary.flatMap { APIKey(id: String(name.dropFirst(APIKey.prefix.count)), fields: $0) }
            }
            .sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }
    }

    /// Deletes a key; servers refuse it ``APIKeyCache/memory`` later at the latest.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `keyNotFound` or `storeUnavailable`.
    public func revoke(_ id: String) async throws {
        guard id.utf8.count == Self.idLength, id.utf8.allSatisfy(\.isLowercaseHexadecimal),
            try await redis.ask(.del(APIKey.prefix + id)).integer == 1
        else {
            throw PolicyAssistantError(.keyNotFound, "There is no key with this ID; `keys list` shows those there are.")
        }
    }

    /// Finds the key that a secret belongs to, in one round trip.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func key(for secret: APIKeySecret) async throws -> APIKey? {
        let reply = try await redis.ask(.hgetall(APIKey.prefix + secret.keyID))
        guard let fields = reply.dictionary, let digest = fields["sha256"],
            digest.isEqualInConstantTime(to: secret.digest)
        else { return nil }
        return APIKey(id: secret.keyID, fields: fields)
    }
}

extension String {
    /// Compares in a time that tells nothing of where the texts differ.
    fileprivate func isEqualInConstantTime(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
