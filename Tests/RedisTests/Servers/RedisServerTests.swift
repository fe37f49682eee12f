import Redis
import TestSupport
import Testing

/// The fixture itself.
@Suite(.timeLimit(.minutes(1))) struct RedisServerTests {
    private struct Failure: Error {}

    @Test func endsWithItsScopeEvenIfTheTestThrows() async throws {
        var configuration: RedisConfiguration?
        await #expect(throws: Failure.self) {
            try await withRedisServer(.init(listening: .tcp)) { server in
                configuration = server.configuration()
                _ = try await server.withClient { try await $0.send(.ping) }
                throw Failure()
            }
        }
        try await withRedisClient(#require(configuration)) { redis in
            let error = await #expect(throws: RedisError.self) { try await redis.send(.ping) }
            #expect(error?.code == .connectionFailed)
        }
    }

    @Test func beginsEmptyAfterARestart() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                _ = try await redis.send(.set("k", "v"))
                await server.stop()
                try await server.start()
                let value = try await redis.send(.get("k"))
                #expect(value == .null)
            }
        }
    }
}
