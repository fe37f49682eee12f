import Redis
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ScanTests {
    @Test func findsAllKeysOfAPrefixAndNoOthers() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let own = (0..<5000).map { "file:\($0)" }
                let foreign = (0..<1000).flatMap { ["profile:\($0)", "File:\($0)"] }
                for keys in [own, foreign] {
                    _ = try await redis.send(RedisCommand("MSET", keys.flatMap { [$0, "x"] }))
                }
                var found: Set<String> = []
                for try await key in redis.scan(prefix: "file:") { found.insert(key) }
                #expect(found == Set(own))
                found = []
                for try await key in redis.scan(prefix: "", count: 10_000) { found.insert(key) }
                #expect(found == Set(own + foreign))
            }
        }
    }

    @Test(arguments: ["a*", "a?", "[ab]", "[^x]", "a\\", "a\\*", "ü[", "{a-z}"])
    func takesAPrefixLiterally(prefix: String) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let decoys = ["a", "ab", "abc", "b", "axx", "[", "ax\\", "\\", "ü", "üx", "^", "{", "z"]
                let own = [prefix, prefix + "*", prefix + " tail"]
                for key in decoys + own { _ = try await redis.send(.set(key, "x")) }
                var found: Set<String> = []
                for try await key in redis.scan(prefix: prefix) { found.insert(key) }
                #expect(found == Set(own))
            }
        }
    }

    @Test func endsWithTheErrorOfTheClient() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                await redis.close()
                let error = await #expect(throws: RedisError.self) {
                    for try await _ in redis.scan(prefix: "a") {}
                }
                #expect(error?.code == .closed)
            }
        }
    }
}
