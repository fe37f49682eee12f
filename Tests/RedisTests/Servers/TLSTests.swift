import Redis
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TLSTests {
    private func ping(_ configuration: RedisConfiguration) async throws -> RedisValue {
        try await withRedisClient(configuration) { try await $0.send(.ping) }
    }

    @Test func trustedCertificateOfTheAddressIsTaken() async throws {
        try await withRedisServer(.init(listening: .tls(names: ["IP:127.0.0.1"]), password: "pw")) { server in
            let reply = try await ping(server.configuration(database: 1))
            #expect(reply == .string("PONG"))
        }
    }

    @Test func trustedCertificateOfTheHostNameIsTaken() async throws {
        try await withRedisServer(.init(listening: .tls(names: ["DNS:localhost"]))) { server in
            let reply = try await ping(named("localhost", server.configuration()))
            #expect(reply == .string("PONG"))
        }
    }

    @Test func certificateOfAnotherHostIsRefused() async throws {
        try await withRedisServer(.init(listening: .tls(names: ["DNS:redis.example"]))) { server in
            for host in ["localhost", "127.0.0.1"] {
                let error = await #expect(throws: RedisError.self) {
                    try await ping(named(host, server.configuration()))
                }
                #expect(error?.code == .connectionFailed)
            }
        }
    }

    @Test func certificateThatNobodyVouchesForIsRefused() async throws {
        try await withRedisServer(.init(listening: .tls(names: ["DNS:localhost"]))) { server in
            var configuration = named("localhost", server.configuration())
            configuration.tls = RedisConfiguration.TLS()
            let error = await #expect(throws: RedisError.self) { try await ping(configuration) }
            #expect(error?.code == .connectionFailed)
        }
    }

    @Test func serverWithoutTLSIsRefused() async throws {
        try await withRedisServer(.init(listening: .tcp)) { server in
            var configuration = server.configuration()
            configuration.tls = RedisConfiguration.TLS()
            // Redis takes the beginning of TLS for the beginning of a command, and waits for the rest.
            configuration.connectTimeout = .milliseconds(200)
            let error = await #expect(throws: RedisError.self) { try await ping(configuration) }
            #expect(error?.code == .connectionFailed)
        }
    }

    @Test func unreadableTrustRootsAreTold() async throws {
        try await withRedisServer(.init(listening: .tls(names: ["DNS:localhost"]))) { server in
            var configuration = server.configuration()
            configuration.tls = RedisConfiguration.TLS(trustRootsFile: "/nonexistent.pem")
            let error = await #expect(throws: RedisError.self) { try await ping(configuration) }
            #expect(error?.code == .connectionFailed)
        }
    }

    /// The configuration with its host called by another name.
    private func named(_ host: String, _ configuration: RedisConfiguration) -> RedisConfiguration {
        guard case .tcp(_, let port) = configuration.endpoint else { return configuration }
        var configuration = configuration
        configuration.endpoint = .tcp(host: host, port: port)
        return configuration
    }
}
