import Foundation
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
                #expect(error?.code == .certificateUntrusted)
            }
        }
    }

    @Test func certificateThatNobodyVouchesForIsRefused() async throws {
        try await withRedisServer(.init(listening: .tls(names: ["DNS:localhost"]))) { server in
            var configuration = named("localhost", server.configuration())
            configuration.tls = RedisConfiguration.TLS()
            let error = await #expect(throws: RedisError.self) { try await ping(configuration) }
            #expect(error?.code == .certificateUntrusted)
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

    @Test func unreadableFilesAreTold() async throws {
        try await withRedisServer(.init(listening: .tls(names: ["DNS:localhost"]))) { server in
            var configuration = server.configuration()
            configuration.tls?.trustRootsFile = "/nonexistent.pem"
            let error = await #expect(throws: RedisError.self) { try await ping(configuration) }
            #expect(error?.code == .tlsFailed)
        }
        try await withTemporaryFolder { folder in
            let own = try await TestCertificate(in: folder, names: ["DNS:localhost"])
            let other = try await TestCertificate(in: try subfolder("other", of: folder), names: ["DNS:localhost"])
            try "".write(toFile: "\(folder)/empty.pem", atomically: true, encoding: .utf8)
            let (empty, absent) = ("\(folder)/empty.pem", "\(folder)/absent.pem")
            typealias TLS = RedisConfiguration.TLS
            let cases: [(TLS, TLS.InvalidFile.File)] = [
                (TLS(trustRootsFile: empty), .trustRoots), (TLS(trustRootsFile: absent), .trustRoots),
                (TLS(additionalTrustRootsFiles: [own.certificateFile, empty]), .additionalTrustRoots),
                (TLS(certificateFile: empty, keyFile: own.keyFile), .certificate),
                (TLS(certificateFile: own.certificateFile, keyFile: absent), .key),
                (TLS(certificateFile: own.certificateFile, keyFile: own.certificateFile), .key),
                (TLS(certificateFile: own.certificateFile, keyFile: other.keyFile), .key),
                (TLS(certificateFile: own.certificateFile), .certificate),
            ]
            for (tls, file) in cases {
                let error = #expect(throws: TLS.InvalidFile.self) { try tls.validate() }
                #expect(error?.file == file, "\(tls)")
            }
            try TLS(
                trustRootsFile: other.certificateFile,
                additionalTrustRootsFiles: [own.certificateFile],
                certificateFile: own.certificateFile,
                keyFile: own.keyFile
            ).validate()
        }
    }

    @Test func certificatesAreTrustedBesidesTheSystems() async throws {
        try await withRedisServer(.init(listening: .tls(names: ["DNS:localhost"]))) { server in
            var configuration = named("localhost", server.configuration())
            let own = try #require(configuration.tls?.trustRootsFile)
            configuration.tls = RedisConfiguration.TLS(additionalTrustRootsFiles: [own])
            #expect(try await ping(configuration) == .string("PONG"))
        }
    }

    @Test func serverThatAsksForACertificateIsShownOne() async throws {
        try await withRedisServer(.init(listening: .tls(names: ["DNS:localhost"]))) { server in
            var configuration = named("localhost", server.configuration())
            try await withRedisClient(configuration) { redis in
                _ = try await redis.send(RedisCommand("CONFIG", ["SET", "tls-auth-clients", "yes"]))
            }
            let error = await #expect(throws: RedisError.self) { try await ping(configuration) }
            #expect(error?.code == .tlsFailed)
            #expect(error?.message.contains("client certificate") == true)
            let certificate = try #require(configuration.tls?.trustRootsFile)
            configuration.tls?.certificateFile = certificate
            configuration.tls?.keyFile = certificate.replacing("certificate.pem", with: "key.pem")
            #expect(try await ping(configuration) == .string("PONG"))
        }
    }

    private func subfolder(_ name: String, of folder: String) throws -> String {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    /// The configuration with its host called by another name.
    private func named(_ host: String, _ configuration: RedisConfiguration) -> RedisConfiguration {
        guard case .tcp(_, let port) = configuration.endpoint else { return configuration }
        var configuration = configuration
        configuration.endpoint = .tcp(host: host, port: port)
        return configuration
    }
}
