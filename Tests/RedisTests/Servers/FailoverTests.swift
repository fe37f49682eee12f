import Redis
import TestSupport
import Testing

/// Two servers behind one address, of which first the one and then the other is the primary.
@Suite(.timeLimit(.minutes(1))) struct FailoverTests {
    @Test func refusedCommandsGoToTheNewPrimary() async throws {
        try await withPair { first, second, relay, configuration in
            try await withRedisClient(configuration) { redis in
                #expect(try await redis.send(.incr("n")).integer == 1)
                try await second.withClient { replica in
                    while try await replica.send(.get("n")).string != "1" { await Task.yield() }
                }
                try await demote(first, behind: second, relay)
                #expect(try await redis.send(.incr("n")).integer == 2, "carried out once, by the new primary")
                let script = RedisScript("redis.call('SET', KEYS[1], ARGV[1]) return redis.call('INCR', KEYS[2])")
                #expect(try await redis.evaluate(script, keys: ["k", "n"], arguments: ["v"]).integer == 3)
                #expect(relay.connections == 2)
            }
        }
    }

    @Test func serverThatAnswersReadsOnlyIsNoticedByWhoOnlyReads() async throws {
        try await withPair { first, second, relay, configuration in
            var configuration = configuration
            configuration.writeProbe = RedisConfiguration.WriteProbe(key: "probe", interval: .zero)
            try await withRedisClient(configuration) { redis in
                #expect(try await redis.send(.get("n")) == .null)
                try await demote(first, behind: second, relay)
                // The former primary follows nobody: what it has grows old.
                try await first.withClient { _ = try await $0.send(RedisCommand("REPLICAOF", ["127.0.0.1", "1"])) }
                try await second.withClient { _ = try await $0.send(.set("n", "new")) }
                #expect(try await redis.send(.get("n")).string == "new")
            }
        }
    }

    @Test func commandsWaitUntilTheNameLeadsToAPrimary() async throws {
        try await withPair { first, second, relay, configuration in
            var configuration = configuration
            configuration.writeProbe = RedisConfiguration.WriteProbe(key: "probe")
            try await withRedisClient(configuration) { redis in
                _ = try await redis.send(.ping)
                try await first.withClient { client in
                    _ = try await client.send(RedisCommand("REPLICAOF", ["127.0.0.1", "1"]))
                }
                async let count = redis.send(.incr("n"))
                // The relay is asked again and again, and leads to the replica still.
                while relay.connections < 4 { await Task.yield() }
                try await demote(first, behind: second, relay)
                #expect(try await count.integer == 1)
            }
        }
    }

    @Test func waitEndsWithTheReason() async throws {
        try await withPair { first, _, _, configuration in
            var impatient = configuration
            impatient.commandTimeout = .seconds(2)
            try await first.withClient { client in
                _ = try await client.send(RedisCommand("REPLICAOF", ["127.0.0.1", "1"]))
            }
            try await withRedisClient(impatient) { redis in
                let error = await #expect(throws: RedisError.self) { try await redis.send(.incr("n")) }
                #expect(error?.code == .readOnly)
                #expect(error?.serverCode == "READONLY")
                #expect(error?.isUnavailable == true)
            }
            try await withRedisClient(configuration) { redis in
                let read = try await redis.send(.get("n"))
                #expect(read == .null, "reads are answered, where no probe is asked for")
            }
        }
    }

    @Test func replicaWithoutItsPrimaryIsLeft() async throws {
        try await withPair { first, second, relay, configuration in
            try await withRedisClient(configuration) { redis in
                _ = try await redis.send(.ping)
                try await first.withClient { client in
                    _ = try await client.send(RedisCommand("CONFIG", ["SET", "replica-serve-stale-data", "no"]))
                    _ = try await client.send(RedisCommand("REPLICAOF", ["127.0.0.1", "1"]))
                }
                try await second.withClient { _ = try await $0.send(RedisCommand("REPLICAOF", ["NO", "ONE"])) }
                relay.lead(to: try port(of: second))
                _ = try await redis.send(.set("n", "1"))
                #expect(try await redis.send(.get("n")).string == "1")
            }
        }
    }

    /// Makes the second server the primary, to which the relay leads from then on; connections to the first stay.
    private func demote(_ first: RedisServer, behind second: RedisServer, _ relay: TCPRelay) async throws {
        try await second.withClient { _ = try await $0.send(RedisCommand("REPLICAOF", ["NO", "ONE"])) }
        let port = "\(try port(of: second))"
        try await first.withClient { _ = try await $0.send(RedisCommand("REPLICAOF", ["127.0.0.1", port])) }
        relay.lead(to: try self.port(of: second))
    }

    private func port(of server: RedisServer) throws -> Int {
        guard case .tcp(_, let port) = server.configuration().endpoint else {
            throw ProgramFailure(program: "redis-server", output: "not on a port")
        }
        return port
    }

    /// Lends a primary, a replica that has all of its data, and a relay that leads to the primary.
    private func withPair(
        _ body: (RedisServer, RedisServer, TCPRelay, RedisConfiguration) async throws -> Void
    ) async throws {
        try await withRedisServer(.init(listening: .tcp)) { first in
            try await withRedisServer(.init(listening: .tcp)) { second in
                let port = try port(of: first)
                try await first.withClient { redis in
                    _ = try await redis.send(RedisCommand("CONFIG", ["SET", "repl-diskless-sync-delay", "0"]))
                }
                try await second.withClient { redis in
                    _ = try await redis.send(RedisCommand("REPLICAOF", ["127.0.0.1", "\(port)"]))
                    while try await redis.send(RedisCommand("ROLE")).array?[3].string != "connected" {
                        await Task.yield()
                    }
                }
                try await withTCPRelay(to: port) { relay in
                    var configuration = first.configuration()
                    configuration.endpoint = .tcp(host: "127.0.0.1", port: relay.port)
                    try await body(first, second, relay, configuration)
                }
            }
        }
    }
}
