import Redis
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TransactionTests {
    @Test func runsAllOfItsCommands() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let values = try await redis.transaction([.set("a", "1"), .incr("a"), .get("none")])
                #expect(values == [.string("OK"), .integer(2), .null])
                #expect(try await redis.transaction([]).isEmpty)
            }
        }
    }

    @Test func nobodySeesHalfOfIt() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                try await server.withClient { other in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in 0..<100 {
                            group.addTask { _ = try await redis.transaction([.incr("a"), .incr("b"), .incr("c")]) }
                            group.addTask {
                                let writes = ["a", "b", "c"].map { RedisCommand.set($0, "\(number)") }
                                _ = try await other.transaction(writes)
                            }
                        }
                        for reader in [redis, other] {
                            for _ in 0..<100 {
                                group.addTask {
                                    let counters = try await reader.send(.mget(["a", "b", "c"])).array ?? []
                                    #expect(Set(counters).count == 1)
                                }
                            }
                        }
                        try await group.waitForAll()
                    }
                }
            }
        }
    }

    @Test func runsNothingIfACommandIsRefused() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let error = await #expect(throws: RedisError.self) {
                    try await redis.transaction([.set("a", "1"), RedisCommand("NOSUCH", ["secret"]), .set("b", "2")])
                }
                #expect(error?.serverCode == "EXECABORT")
                #expect(error?.message.contains("unknown command") == true)
                #expect(error?.message.contains("secret") == false)
                let values = try await redis.send(.mget(["a", "b"]))
                #expect(values == .array([.null, .null]))
            }
        }
    }

    @Test func tellsOfACommandThatFailedWhileItRan() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let error = await #expect(throws: RedisError.self) {
                    try await redis.transaction([.set("a", "1"), .sadd("a", ["x"]), .set("b", "2")])
                }
                #expect(error?.serverCode == "WRONGTYPE")
                let last = try await redis.send(.get("b"))
                #expect(last.string == "2", "Redis does not undo the rest")
            }
        }
    }
}
