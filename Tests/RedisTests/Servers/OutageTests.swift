import Redis
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct OutageTests {
    /// A backoff that does not end within a test.
    private let longBackoff = RedisBackoff(minimum: .seconds(600), maximum: .seconds(600))
    private let noBackoff = RedisBackoff(minimum: .nanoseconds(1), maximum: .nanoseconds(1))

    @Test func connectionIsMadeAnewAtOnceAfterARestart() async throws {
        try await withRedisServer { server in
            var configuration = server.configuration()
            configuration.backoff = longBackoff
            try await withRedisClient(configuration) { redis in
                for round in 1...3 {
                    _ = try await redis.send(.set("k", "\(round)"))
                    await server.stop()
                    try await server.start()
                    #expect(try await redis.send(.get("k")) == .null, "the first attempt is not held back")
                }
            }
        }
    }

    @Test func failsAtOnceWhileTheServerIsDown() async throws {
        try await withRedisServer { server in
            var configuration = server.configuration()
            configuration.backoff = longBackoff
            try await withRedisClient(configuration) { redis in
                _ = try await redis.send(.ping)
                await server.stop()
                let first = await #expect(throws: RedisError.self) { try await redis.send(.ping) }
                #expect(first?.isUnavailable == true)
                #expect(first?.code == .connectionFailed)
                try await server.start()
                for _ in 0..<100 {
                    let next = await #expect(throws: RedisError.self) { try await redis.send(.ping) }
                    #expect(next == first, "no attempt is made before its time, and the cause is told")
                }
            }
        }
    }

    @Test func triesAgainAfterTheBackoff() async throws {
        try await withRedisServer { server in
            var configuration = server.configuration()
            configuration.backoff = noBackoff
            try await withRedisClient(configuration) { redis in
                await server.stop()
                for _ in 0..<3 {
                    let error = await #expect(throws: RedisError.self) { try await redis.send(.ping) }
                    #expect(error?.code == .connectionFailed)
                }
                try await server.start()
                #expect(try await redis.send(.ping) == .string("PONG"))
            }
        }
    }

    @Test func commandInFlightIsLostUnlessItIsRepeatable() async throws {
        // The first connection gets a command and hangs up; the second answers.
        try await withScriptedServer({ _, connection in
            connection.isMultiple(of: 2) ? .send("$1\r\nx\r\n") : .sendAndHangUp("")
        }) { server in
            try await withRedisClient(server.configuration) { redis in
                let reply = try await redis.send(.get("k"))
                #expect(reply.string == "x")
            }
            try await withRedisClient(server.configuration) { redis in
                let error = await #expect(throws: RedisError.self) { try await redis.send(.incr("k")) }
                #expect(error?.code == .connectionLost)
                #expect(error?.isUnavailable == true)
                let reply = try await redis.send(.get("k"))
                #expect(reply.string == "x", "the client goes on")
            }
        }
    }

    @Test func repeatableCommandIsSentOnceMoreOnly() async throws {
        try await withScriptedServer({ _, _ in .sendAndHangUp("") }) { server in
            try await withRedisClient(server.configuration) { redis in
                let error = await #expect(throws: RedisError.self) { try await redis.send(.get("k")) }
                #expect(error?.code == .connectionLost)
            }
            var reads = 0
            for await event in server.events {
                if case .received(let bytes) = event, bytes.contains("GET") { reads += 1 }
                if case .closed = event, reads == 2 { break }
            }
            #expect(reads == 2)
        }
    }

    @Test func pipelineCutInTheMiddleKeepsWhatWasAnswered() async throws {
        try await withScriptedServer({ _, connection in
            connection == 1 ? .sendAndHangUp(":1\r\n:2\r\n:3") : .send("$1\r\nx\r\n")
        }) { server in
            try await withRedisClient(server.configuration) { redis in
                let outcomes = try await redis.pipeline([.incr("a"), .incr("a"), .incr("a"), .get("b"), .incr("a")])
                #expect(outcomes[0] == .success(.integer(1)))
                #expect(outcomes[1] == .success(.integer(2)))
                #expect(outcomes[3] == .success(.string("x")), "repeatable, and so asked again")
                for index in [2, 4] {
                    let error = #expect(throws: RedisError.self) { try outcomes[index].get() }
                    #expect(error?.code == .connectionLost)
                }
            }
        }
    }

    @Test func serverKilledInTheMiddleOfAPipelineIsTold() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                _ = try await redis.send(.ping)
                server.freeze()
                try await withThrowingTaskGroup(of: RedisError?.self) { group in
                    for _ in 0..<50 {
                        group.addTask {
                            await #expect(throws: RedisError.self) {
                                try await redis.pipeline([.incr("a"), .incr("b")])
                            }
                        }
                    }
                    await server.stop()
                    for try await error in group { #expect(error?.isUnavailable == true) }
                }
                try await server.start()
                #expect(try await eventually { try await redis.send(.ping) } == .string("PONG"))
            }
        }
    }
}
