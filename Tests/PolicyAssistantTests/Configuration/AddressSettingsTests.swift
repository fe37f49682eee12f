import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct AddressSettingsTests {
    @Test(arguments: [
        ("redis.internal", "redis.internal", 6379), ("redis.internal:6380", "redis.internal", 6380),
        ("10.0.0.5", "10.0.0.5", 6379),
        ("10.0.0.5:7000", "10.0.0.5", 7000), ("::1", "::1", 6379), ("[::1]", "::1", 6379), ("[::1]:6380", "::1", 6380),
        ("2001:db8::5", "2001:db8::5", 6379), ("fe80::1%eth0", "fe80::1%eth0", 6379),
    ])
    func readsWhereRedisIs(_ endpoint: String, _ host: String, _ port: Int) async throws {
        let settings = try await readSettings(["REDIS_ENDPOINT": endpoint])
        #expect(settings.threadsDatabase.endpoint == .tcp(host: host, port: port))
        #expect(settings.filesDatabase.endpoint == .tcp(host: host, port: port))
    }

    @Test(arguments: [
        "redis://:hunter2@127.0.0.1", "rediss://redis.internal:6380/0?password=hunter2", ":hunter2@redis.internal",
        "user:hunter2@redis.internal:6379", "redis.internal/hunter2", "redis.internal:hunter2", "[::1]:hunter2", "[::1",
        "tcp://redis.internal:6379", "redis internal",
    ])
    func anEndpointThatCannotBeReadIsAFaultThatDoesNotRepeatIt(_ endpoint: String) async throws {
        for name in ["REDIS_ENDPOINT", "REDIS_ENDPOINT_FILES_DB"] {
            let faults = try await configurationFaults([name: endpoint])
            #expect(faults?.faults.map(\.name) == [name])
            #expect(faults?.description.contains("hunter2") == false)
        }
    }

    @Test func aPortIsNamedOnce() async throws {
        #expect(try await settingsFaults(["REDIS_ENDPOINT": "a:6380", "REDIS_PORT": "6379"]) == ["REDIS_PORT"])
        #expect(try await settingsFaults(["REDIS_ENDPOINT": "a:6380", "REDIS_PORT": "6380"]).isEmpty)
    }

    @Test func aServiceBesideThePodIsExplained() async throws {
        let faults = try await configurationFaults(["REDIS_PORT": "tcp://10.0.0.11:6380"])
        let problem = try #require(faults?.faults.first)
        #expect(problem.name == "REDIS_PORT")
        for word in ["Kubernetes", "Service named redis", "enableServiceLinks: false", "REDIS_PORT"] {
            #expect(problem.problem.contains(word))
        }
        #expect(try await settingsFaults(["PORT": "tcp://10.0.0.11:80"]) == ["PORT"])
        let other = ["REDIS_ENDPOINT": "redis.internal", "REDIS_PORT": "tcp://10.0.0.11:6380"]
        #expect(try await settingsFaults(other) == ["REDIS_PORT"])
        #expect(
            try await settingsFaults(["REDIS_PORT_FILES_DB": "udp://[fd00::1]:6380"]) == ["REDIS_PORT_FILES_DB"]
        )
    }

    @Test(arguments: ["redis", "redis.default.svc.cluster.local", "10.0.0.11"])
    func aServiceThatIsMeantGivesItsPort(_ endpoint: String) async throws {
        let settings = try await readSettings(["REDIS_ENDPOINT": endpoint, "REDIS_PORT": "tcp://10.0.0.11:6380"])
        #expect(settings.threadsDatabase.endpoint == .tcp(host: endpoint, port: 6380))
    }

    @Test func aSocketNeedsNoPort() async throws {
        let settings = try await readSettings([
            "REDIS_ENDPOINT": "/run/redis.sock", "REDIS_PORT": "tcp://10.0.0.11:6380",
        ])
        #expect(settings.threadsDatabase.endpoint == .unixSocket(path: "/run/redis.sock"))
    }

    @Test func theFileTakesPrecedenceOverWhatKubernetesSets() async throws {
        let settings = try await readSettings(["REDIS_PORT": "tcp://10.0.0.11:6380"], file: "REDIS_PORT=6400\n")
        #expect(settings.threadsDatabase.endpoint == .tcp(host: "127.0.0.1", port: 6400))
    }

    @Test(arguments: [
        ("::1", "::1"), ("[::1]", "::1"), ("0:0:0:0:0:0:0:1", "0:0:0:0:0:0:0:1"), ("localhost", "localhost"),
        ("127.0.0.2", "127.0.0.2"),
    ])
    func listensOnThisMachine(_ text: String, _ host: String) async throws {
        #expect(try await readSettings(["HOST": text]).host == host)
    }

    @Test(arguments: ["127.example.com", "127.0.0.256", "0.0.0.0", "[::]", "::", "2001:db8::1", "1::1"])
    func otherAddressesNeedAuthentication(_ host: String) async throws {
        #expect(try await settingsFaults(["HOST": host]) == ["HOST"])
        #expect(try await settingsFaults(["HOST": host, "AUTH_MODE": "api-key"]).isEmpty)
    }

    @Test(arguments: ["0.0.0.0:8000", "http://0.0.0.0", "a b", "user:hunter2@a"])
    func aHostIsAHostAlone(_ host: String) async throws {
        let faults = try await configurationFaults(["HOST": host, "AUTH_MODE": "api-key"])
        #expect(faults?.faults.map(\.name) == ["HOST"])
        #expect(faults?.description.contains("hunter2") == false)
    }
}
