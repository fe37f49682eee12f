import Redis
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ScriptTests {
    private let script = RedisScript("return {KEYS[1], ARGV[1], redis.call('INCR', KEYS[1])}")

    @Test func isSentOnceAndThenRunByItsHash() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                for count in 1...3 {
                    let reply = try await redis.evaluate(script, keys: ["n"], arguments: ["x"])
                    #expect(reply == .array([.string("n"), .string("x"), .integer(count)]))
                }
                _ = try await redis.send(RedisCommand("SCRIPT", ["FLUSH"]))
                #expect(try await redis.evaluate(script, keys: ["n"], arguments: ["x"]).array?.last?.integer == 4)
                let statistics = try await redis.send(RedisCommand("INFO", ["commandstats"])).string ?? ""
                #expect(statistics.contains("cmdstat_eval:calls=2,"))
                #expect(statistics.contains("cmdstat_evalsha:calls=4,"))
            }
        }
    }

    @Test func errorOfTheScriptIsThrown() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let failing = RedisScript("return redis.error_reply('BUSYLOCK held')")
                let error = await #expect(throws: RedisError.self) { try await redis.evaluate(failing) }
                #expect(error?.serverCode == "BUSYLOCK")
                #expect(error?.message == "held")
            }
        }
    }

    @Test func runsInATransaction() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let values = try await redis.transaction([
                    .eval(script, keys: ["n"], arguments: ["x"]), .get("n"),
                ])
                #expect(values.last?.integer == 1)
            }
        }
    }
}
