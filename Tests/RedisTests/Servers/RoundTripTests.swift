import Redis
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RoundTripTests {
    @Test(arguments: [RedisServer.Options(), RedisServer.Options(listening: .tcp)])
    func keepsWhatWasWritten(options: RedisServer.Options) async throws {
        try await withRedisServer(options) { server in
            try await server.withClient { redis in
                let absent = try await redis.send(.get("k"))
                #expect(absent == .null)
                #expect(try await redis.send(.set("k", "välue")) == .string("OK"))
                #expect(try await redis.send(.get("k")).string == "välue")
                #expect(try await redis.send(.mget(["k", "none"])) == .array([.string("välue"), .null]))
                #expect(try await redis.send(.del("k")).integer == 1)
                #expect(try await redis.send(.exists("k")).integer == 0)
            }
        }
    }

    @Test func keepsEveryByte() async throws {
        let value = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
        try await withRedisServer { server in
            try await server.withClient { redis in
                _ = try await redis.send(RedisCommand("SET", bytes: [[0, 13, 10], value]))
                #expect(try await redis.send(RedisCommand("GET", bytes: [[0, 13, 10]])) == .bytes(value))
            }
        }
    }

    @Test func factoriesSayWhatTheyPromise() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                #expect(try await redis.send(.hset("h", ["a": "1", "b": "2"])).integer == 2)
                #expect(try await redis.send(.hgetall("h")).dictionary == ["a": "1", "b": "2"])
                #expect(try await redis.send(.hgetall("none")).dictionary == [:])
                #expect(try await redis.send(.hget("h", "a")).integer == 1)
                #expect(try await redis.send(.hmget("h", ["b", "c"])) == .array([.string("2"), .null]))
                #expect(try await redis.send(.hincr("h", "a", by: 4)).integer == 5)
                #expect(try await redis.send(.hdel("h", ["a", "c"])).integer == 1)
                #expect(try await redis.send(.sadd("s", ["x", "y"])).integer == 2)
                #expect(try await redis.send(.smembers("s")).array?.count == 2)
                #expect(try await redis.send(.sismember("s", "x")).integer == 1)
                #expect(try await redis.send(.srem("s", ["x"])).integer == 1)
                #expect(try await redis.send(.scard("s")).integer == 1)
                #expect(try await redis.send(.incr("n")).integer == 1)
                #expect(try await redis.send(.incr("n", by: -3)).integer == -2)
                #expect(try await redis.send(.setIfAbsent("n", "x")).isNull)
                #expect(try await redis.send(.setIfAbsent("m", "x", lifetime: .seconds(60))).string == "OK")
                #expect(try await redis.send(.expire("n", after: .seconds(60))).integer == 1)
                for key in ["n", "m"] {
                    let lifetime = try #require(try await redis.send(RedisCommand("PTTL", [key])).integer)
                    #expect((1...60_000).contains(lifetime))
                }
            }
        }
    }

    @Test func errorReplyIsThrown() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                _ = try await redis.send(.set("k", "text"))
                let error = await #expect(throws: RedisError.self) { try await redis.send(.hgetall("k")) }
                #expect(error?.code == .server)
                #expect(error?.serverCode == "WRONGTYPE")
                #expect(error?.isUnavailable == false)
            }
        }
    }

    @Test func databasesAreApart() async throws {
        try await withRedisServer { server in
            try await server.withClient(database: 0) { threads in
                try await server.withClient(database: 1) { files in
                    _ = try await threads.send(.set("k", "thread"))
                    _ = try await files.send(.set("k", "file"))
                    #expect(try await threads.send(.get("k")).string == "thread")
                    #expect(try await files.send(.get("k")).string == "file")
                }
            }
        }
    }

    @Test func unknownDatabaseIsNoConnection() async throws {
        try await withRedisServer { server in
            try await server.withClient(database: 99) { redis in
                let error = await #expect(throws: RedisError.self) { try await redis.send(.ping) }
                #expect(error?.code == .databaseNotFound)
                #expect(error?.message.contains("DB index is out of range") == true)
            }
        }
    }
}
