import Redis
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct AuthenticationTests {
    private static let options = [
        RedisServer.Options(password: "correct horse"),
        RedisServer.Options(username: "ana", password: "correct horse"),
    ]

    @Test(arguments: options)
    func rightPasswordSignsIn(options: RedisServer.Options) async throws {
        try await withRedisServer(options) { server in
            try await server.withClient(database: 2) { redis in
                let user = try await redis.send(RedisCommand("ACL", ["WHOAMI"]))
                #expect(user.string == options.username ?? "default")
            }
        }
    }

    @Test(arguments: options)
    func wrongPasswordIsTold(options: RedisServer.Options) async throws {
        try await withRedisServer(options) { server in
            var configuration = server.configuration()
            configuration.password = "wrong horse"
            try await withRedisClient(configuration) { redis in
                let error = await #expect(throws: RedisError.self) { try await redis.send(.ping) }
                #expect(error?.code == .authenticationFailed)
                #expect(error?.serverCode == "WRONGPASS")
                #expect(error?.description.contains("horse") == false)
            }
        }
    }

    @Test func unknownUserIsTold() async throws {
        try await withRedisServer(Self.options[1]) { server in
            var configuration = server.configuration()
            configuration.username = "bob"
            try await withRedisClient(configuration) { redis in
                let error = await #expect(throws: RedisError.self) { try await redis.send(.ping) }
                #expect(error?.code == .authenticationFailed)
            }
        }
    }

    @Test func missingPasswordIsTold() async throws {
        try await withRedisServer(Self.options[0]) { server in
            var configuration = server.configuration()
            configuration.password = nil
            try await withRedisClient(configuration) { redis in
                let error = await #expect(throws: RedisError.self) { try await redis.send(.ping) }
                #expect(error?.code == .authenticationFailed)
                #expect(error?.serverCode == "NOAUTH")
            }
        }
    }
}
