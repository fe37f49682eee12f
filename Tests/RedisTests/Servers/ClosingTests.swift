import Logging
import Redis
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ClosingTests {
    @Test func endsTheConnectionAndAllWhoWait() async throws {
        try await withScriptedServer({ _, _ in .silence }) { server in
            let redis = RedisClient(configuration: server.configuration, logger: Logger(label: "test"))
            async let error = #expect(throws: RedisError.self) { try await redis.send(.get("k")) }
            _ = await server.receives("GET")
            await redis.close()
            #expect(await error?.code == .closed)
            await server.isLeft()
        }
    }

    @Test func mayBeCalledAgainAndIsForGood() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                _ = try await redis.send(.ping)
                await withTaskGroup { group in
                    for _ in 0..<5 { group.addTask { await redis.close() } }
                }
                let error = await #expect(throws: RedisError.self) { try await redis.send(.ping) }
                #expect(error?.code == .closed)
            }
        }
    }

    @Test func closesAClientThatWasNeverUsed() async throws {
        try await withRedisServer { server in
            try await server.withClient { _ in }
        }
    }

    @Test func closesWhileConnecting() async throws {
        try await withRawServer({ _, _ in .silence }) { server in
            var configuration = server.configuration
            configuration.connectTimeout = .seconds(600)
            let redis = RedisClient(configuration: configuration, logger: Logger(label: "test"))
            async let error = #expect(throws: RedisError.self) { try await redis.send(.get("k")) }
            _ = await server.receives("PING")
            await redis.close()
            #expect(await error?.code == .closed)
            await server.isLeft()
        }
    }

    @Test func clientThatIsLetGoLeavesNoConnectionBehind() async throws {
        try await withScriptedServer({ _, _ in .send("+x\r\n") }) { server in
            func use() async throws {
                let redis = RedisClient(configuration: server.configuration, logger: Logger(label: "test"))
                _ = try await redis.send(.get("k"))
            }
            try await use()
            await server.isLeft()
        }
    }
}
