import Redis
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct PipeliningTests {
    @Test func thousandCallersShareAConnectionAndEachGetsItsOwnReply() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                try await withThrowingTaskGroup(of: (Int, String?).self) { group in
                    for number in 0..<1000 {
                        group.addTask { (number, try await redis.send(RedisCommand("ECHO", ["\(number)"])).string) }
                    }
                    for try await (number, reply) in group { #expect(reply == "\(number)") }
                }
                let clients = try await redis.send(RedisCommand("CLIENT", ["LIST"])).string ?? ""
                #expect(clients.split(separator: "\n").count == 1)
                let info = try await redis.send(RedisCommand("INFO", ["stats"])).string ?? ""
                #expect(info.contains("total_connections_received:1\r\n"))
            }
        }
    }

    @Test func commandsOfAPipelineRunInOrder() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let outcomes = try await redis.pipeline(Array(repeating: .incr("n"), count: 500))
                #expect(outcomes == (1...500).map { .success(.integer($0)) })
            }
        }
    }

    @Test func pipelineTellsOfEachCommand() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let outcomes = try await redis.pipeline([.set("k", "1"), .hgetall("k"), .get("k")])
                #expect(outcomes.count == 3)
                #expect(outcomes[0] == .success(.string("OK")))
                #expect(outcomes[2] == .success(.string("1")))
                guard case .failure(let error) = outcomes[1] else {
                    Issue.record("HGETALL of a string is an error")
                    return
                }
                #expect(error.serverCode == "WRONGTYPE")
                #expect(try await redis.pipeline([]).isEmpty)
            }
        }
    }

    @Test func commandsIssuedTogetherLeaveInOneWrite() async throws {
        let replies = String(repeating: "$-1\r\n", count: 100)
        try await withScriptedServer({ _, _ in .send(replies) }) { server in
            try await withRedisClient(server.configuration) { redis in
                let outcomes = try await redis.pipeline((0..<100).map { .get("key:\($0)") })
                #expect(outcomes.count == 100)
                let read = await server.receives("key:")
                #expect(read.split(separator: "GET").count == 101)
            }
        }
    }

    @Test func largeValuesPassAmongSmallOnes() async throws {
        let large = String(repeating: "0123456789", count: 500_000)
        try await withRedisServer { server in
            try await server.withClient { redis in
                try await withThrowingTaskGroup(of: Bool.self) { group in
                    for number in 0..<20 {
                        group.addTask {
                            let value = number.isMultiple(of: 5) ? large : "\(number)"
                            _ = try await redis.send(.set("k\(number)", value))
                            return try await redis.send(.get("k\(number)")).string == value
                        }
                    }
                    for try await isSame in group { #expect(isSame) }
                }
            }
        }
    }
}
