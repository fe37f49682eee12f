import Redis
import TestSupport
import Testing

/// Time, size and number are bounded, and waiting can be given up.
@Suite(.timeLimit(.minutes(1))) struct BoundsTests {
    @Test func connectingTakesNoLongerThanItsTimeout() async throws {
        try await withRawServer({ _, _ in .silence }) { server in
            var configuration = server.configuration
            configuration.connectTimeout = .milliseconds(100)
            configuration.commandTimeout = .seconds(600)
            try await withRedisClient(configuration) { redis in
                let error = await #expect(throws: RedisError.self) { try await redis.send(.get("k")) }
                #expect(error?.code == .connectionFailed)
                #expect(error?.message.contains("0.1 seconds") == true)
            }
            await server.isLeft()
        }
    }

    @Test func commandTakesNoLongerThanItsTimeoutWhileConnecting() async throws {
        try await withRawServer({ _, _ in .silence }) { server in
            var configuration = server.configuration
            configuration.connectTimeout = .seconds(600)
            configuration.commandTimeout = .milliseconds(100)
            try await withRedisClient(configuration) { redis in
                for _ in 0..<2 {
                    let error = await #expect(throws: RedisError.self) { try await redis.send(.get("k")) }
                    #expect(error?.code == .timedOut)
                }
            }
        }
    }

    @Test func serverThatStopsAnsweringIsLeft() async throws {
        try await withScriptedServer({ _, _ in .silence }) { server in
            var configuration = server.configuration
            configuration.commandTimeout = .milliseconds(100)
            try await withRedisClient(configuration) { redis in
                let error = await #expect(throws: RedisError.self) { try await redis.send(.get("k")) }
                #expect(error?.code == .timedOut)
                await server.isLeft()
            }
        }
    }

    @Test func clientGoesOnWithAServerThatWasFrozen() async throws {
        try await withRedisServer { server in
            var configuration = server.configuration()
            configuration.commandTimeout = .milliseconds(200)
            try await withRedisClient(configuration) { redis in
                let identify = RedisCommand("CLIENT", ["ID"])
                let before = try await eventually { try await redis.send(identify) }
                server.freeze()
                let error = await #expect(throws: RedisError.self) { try await redis.send(.get("k")) }
                #expect(error?.code == .timedOut)
                server.thaw()
                let after = try await eventually { try await redis.send(identify) }
                #expect(before != after, "the connection that got stuck was given up")
            }
        }
    }

    @Test func talkingToSomethingElseIsAViolation() async throws {
        try await withRawServer({ _, _ in .send("HTTP/1.1 400 Bad Request\r\n\r\n") }) { server in
            try await withRedisClient(server.configuration) { redis in
                let error = await #expect(throws: RedisError.self) { try await redis.send(.get("k")) }
                #expect(error?.code == .protocolViolation)
            }
            await server.isLeft()
        }
    }

    @Test func replyThatNobodyAskedForEndsTheConnection() async throws {
        try await withScriptedServer({ _, _ in .send("$1\r\nx\r\n$1\r\ny\r\n") }) { server in
            try await withRedisClient(server.configuration) { redis in
                let first = try await redis.send(.get("k"))
                #expect(first.string == "x")
                await server.isLeft()
                let second = try await redis.send(.get("k"))
                #expect(second.string == "x", "not y")
            }
        }
    }

    @Test func replyOverTheLimitIsAnErrorAndTheClientGoesOn() async throws {
        try await withRedisServer { server in
            var configuration = server.configuration()
            configuration.maximumReplyBytes = 10_000
            try await withRedisClient(configuration) { redis in
                _ = try await redis.send(.set("large", String(repeating: "x", count: 1_000_000)))
                _ = try await redis.send(.set("small", String(repeating: "x", count: 9_000)))
                let error = await #expect(throws: RedisError.self) { try await redis.send(.get("large")) }
                #expect(error?.code == .replyTooLarge)
                #expect(try await redis.send(.get("small")).string?.count == 9_000)
            }
        }
    }

    @Test func moreCallersThanTheLimitAreTurnedAway() async throws {
        try await withScriptedServer({ _, _ in .silence }) { server in
            var configuration = server.configuration
            configuration.maximumPendingCommands = 10
            try await withRedisClient(configuration) { redis in
                let tooMany = await #expect(throws: RedisError.self) {
                    try await redis.pipeline(Array(repeating: .get("k"), count: 11))
                }
                #expect(tooMany?.code == .tooManyPending)
                async let pending = #expect(throws: RedisError.self) {
                    try await redis.pipeline(Array(repeating: .get("k"), count: 10))
                }
                _ = await server.receives("GET")
                let oneMore = await #expect(throws: RedisError.self) { try await redis.send(.get("k")) }
                #expect(oneMore?.code == .tooManyPending)
                await redis.close()
                #expect(await pending?.code == .closed)
            }
        }
    }

    @Test func cancelledCallerIsFreeAtOnceAndItsReplyIsThrownAway() async throws {
        try await withScriptedServer({ bytes, _ in bytes.contains("second") ? .send("+1\r\n+2\r\n") : .silence }) {
            server in
            try await withRedisClient(server.configuration) { redis in
                await withTaskGroup(of: RedisError?.self) { group in
                    group.addTask { await #expect(throws: RedisError.self) { try await redis.send(.get("first")) } }
                    _ = await server.receives("first")
                    group.cancelAll()
                    for await error in group { #expect(error?.code == .cancelled) }
                }
                let second = try await redis.send(.get("second"))
                #expect(second.string == "2")
            }
        }
    }

    @Test func cancelledTaskSendsNothing() async throws {
        try await withScriptedServer({ _, _ in .send("+x\r\n") }) { server in
            try await withRedisClient(server.configuration) { redis in
                await withTaskGroup(of: RedisError?.self) { group in
                    group.cancelAll()
                    group.addTask { await #expect(throws: RedisError.self) { try await redis.send(.get("first")) } }
                    for await error in group { #expect(error?.code == .cancelled) }
                }
                let second = try await redis.send(.get("second"))
                #expect(second.string == "x")
                #expect(await !server.receives("GET").contains("first"))
            }
        }
    }
}
