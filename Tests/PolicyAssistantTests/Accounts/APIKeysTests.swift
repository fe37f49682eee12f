import Redis
import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct APIKeysTests {
    private func withKeys(_ body: (APIKeys, RedisClient) async throws -> Void) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in try await body(APIKeys(redis: redis), redis) }
        }
    }

    @Test func aSecretFindsItsKeyAndNoOther() async throws {
        try await withKeys { keys, _ in
            let portal = try await keys.add("portal", isAdmin: false, user: nil)
            let ana = try await keys.add("ana's script", isAdmin: true, user: UserID("ana"))
            #expect(try await keys.verify(portal.secret) == portal.key)
            #expect(try await keys.verify(ana.secret) == ana.key)
            #expect(ana.key.isAdmin && ana.key.user?.value == "ana")
            #expect(try await keys.verify(.make()) == nil)
            let expected = [portal.key, ana.key]
                .sorted { ($0.createdAt.timestamp, $0.id) < ($1.createdAt.timestamp, $1.id) }
            #expect(try await keys.list() == expected)
        }
    }

    @Test func theSecretIsKeptNowhere() async throws {
        try await withKeys { keys, redis in
            let (key, secret) = try await keys.add("portal", isAdmin: false, user: nil)
            let fields = try await redis.send(.hgetall("key:\(key.id)")).dictionary ?? [:]
            #expect(Set(fields.keys) == ["name", "sha256", "admin", "created_at", "last_characters"])
            #expect(!fields.values.contains { secret.text.dropFirst(3).contains($0) && $0.count > 4 })
            #expect(secret.text.hasSuffix(key.lastCharacters) && key.lastCharacters.count == 4)
            #expect(!"\(secret)".contains(secret.text.suffix(4)))
        }
    }

    @Test func aKeyWhoseHashIsAnothersIsNotFound() async throws {
        try await withKeys { keys, redis in
            let (key, secret) = try await keys.add("portal", isAdmin: false, user: nil)
            _ = try await redis.send(.hset("key:\(key.id)", ["sha256": ContentHash.of("something else")]))
            #expect(try await keys.verify(secret) == nil)
        }
    }

    @Test func aKeyWhoseUserCannotBeReadOpensNothing() async throws {
        try await withKeys { keys, redis in
            let (key, secret) = try await keys.add("portal", isAdmin: false, user: UserID("ana"))
            _ = try await redis.send(.hset("key:\(key.id)", ["user": ""]))
            #expect(try await keys.verify(secret) == nil)
        }
    }

    @Test(arguments: ["", "0123456789abcdef", "key", "*", "0123456789ABCDEF"])
    func revokesOnlyKeysThereAre(_ id: String) async throws {
        try await withKeys { keys, redis in
            _ = try await redis.send(.hset("key:key", ["sha256": "x", "name": "not one of ours"]))
            await #expect { try await keys.revoke(id) } throws: { ($0 as? PolicyAssistantError)?.code == .keyNotFound }
            #expect(try await redis.send(.exists("key:key")).integer == 1)
        }
    }

    @Test(arguments: ["", "two\nlines", "nul\0", String(repeating: "x", count: 65)])
    func refusesNamesThatListsCannotShow(_ name: String) async throws {
        try await withKeys { keys, _ in
            await #expect { try await keys.add(name, isAdmin: false, user: nil) } throws: {
                ($0 as? PolicyAssistantError)?.field == "name"
            }
        }
    }

    @Test(arguments: [
        "", "pa_", "pa_123", "pa_" + String(repeating: "G", count: 64), String(repeating: "a", count: 67),
    ])
    func takesOnlyWhatHasASecretsForm(_ text: String) {
        #expect(APIKeySecret(text) == nil)
    }

    @Test func aRevokedKeyIsRememberedForAMomentAndNoLonger() async throws {
        try await withKeys { keys, _ in
            let start = ContinuousClock.now
            let time = Mutex(start)
            let cache = APIKeyCache(keys: keys) { time.withLock(\.self) }
            let (key, secret) = try await keys.add("portal", isAdmin: false, user: nil)
            #expect(try await cache.verify(secret) == key)
            try await keys.revoke(key.id)
            time.withLock { $0 = start + APIKeyCache.lifetime - .milliseconds(1) }
            #expect(try await cache.verify(secret) == key)
            time.withLock { $0 = start + APIKeyCache.lifetime }
            #expect(try await cache.verify(secret) == nil)
        }
    }

    @Test func aKeyThatWasNotThereOpensAsSoonAsItIs() async throws {
        try await withKeys { keys, redis in
            let cache = APIKeyCache(keys: keys)
            let (key, secret) = try await keys.add("portal", isAdmin: false, user: nil)
            let fields = try #require(try await redis.send(.hgetall("key:\(key.id)")).dictionary)
            try await keys.revoke(key.id)
            #expect(try await cache.verify(secret) == nil)
            _ = try await redis.send(.hset("key:\(key.id)", fields))
            #expect(try await cache.verify(secret) == key)
        }
    }
}
