import Foundation
import HTTPClient
import Logging
import OpenAI
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

/// What is said where something is wrong with Redis: to callers, who learn nothing of the server, and by the doctor.
@Suite struct RedisTroubleTests {
    struct Trouble: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// What an administrator does to bring it about.
        var commands: [[String]] = []
        /// What is wrong with the configuration.
        var change: @Sendable (inout RedisConfiguration) -> Void = { _ in }
        /// A part of what callers are told.
        let message: String
        /// A part of what the doctor finds.
        let finding: String
    }

    private static let troubles = [
        Trouble(
            testDescription: "no memory",
            commands: [["CONFIG", "SET", "maxmemory", "1"]],
            message: "no memory left",
            finding: "raise maxmemory"
        ),
        Trouble(
            testDescription: "a replica",
            commands: [["REPLICAOF", "127.0.0.1", "1"]],
            message: "read-only replica",
            finding: "set REDIS_ENDPOINT to the primary"
        ),
        Trouble(
            testDescription: "a replica that has lost its primary",
            commands: [["CONFIG", "SET", "replica-serve-stale-data", "no"], ["REPLICAOF", "127.0.0.1", "1"]],
            message: "lost its primary",
            finding: "MASTERDOWN"
        ),
        Trouble(
            testDescription: "too few replicas",
            commands: [["CONFIG", "SET", "min-replicas-to-write", "1"]],
            message: "too few replicas",
            finding: "NOREPLICAS"
        ),
        Trouble(
            testDescription: "a command that is not permitted",
            commands: [["ACL", "SETUSER", "default", "-time"]],
            message: "does not permit its user a command",
            finding: "lacks permissions: +time;"
        ),
        Trouble(
            testDescription: "a key that is not permitted",
            commands: [["ACL", "SETUSER", "default", "resetkeys", "~turn:*", "~thread:*", "~lock:*"]],
            message: "does not permit its user a key",
            finding: "~waiting:*"
        ),
        Trouble(
            testDescription: "no such database",
            change: { $0.database = 99 },
            message: "no database of the configured number",
            finding: "the server has no database 99"
        ),
        Trouble(
            testDescription: "a wrong password",
            change: { ($0.username, $0.password) = ("nobody", "secret-password") },
            message: "refused the user name or password",
            finding: "check REDIS_USERNAME"
        ),
        Trouble(
            testDescription: "nobody there",
            change: { $0.endpoint = .unixSocket(path: "/nonexistent/secret-host") },
            message: "cannot be reached",
            finding: "no answer"
        ),
        Trouble(
            testDescription: "a name that leads nowhere",
            change: { $0.endpoint = .tcp(host: "secret-host..invalid", port: 6379) },
            message: "host name of Redis is not known",
            finding: "check REDIS_ENDPOINT"
        ),
    ]

    @Test(arguments: troubles)
    func eachTroubleHasWordsOfItsOwn(trouble: Trouble) async throws {
        try await withChatFixture { fixture in
            try await fixture.redis.withClient { redis in
                for command in trouble.commands {
                    _ = try await redis.send(RedisCommand(command[0], Array(command[1...])))
                }
            }
            try await demandWords(of: trouble, in: fixture)
        }
    }

    @Test func diskThatTakesNothingIsToldAsSuch() async throws {
        try await withChatFixture { fixture in
            try await fixture.redis.withClient { redis in
                let folder = try await redis.send(RedisCommand("CONFIG", ["GET", "dir"])).array?.last?.string ?? ""
                try FileManager.default.createDirectory(atPath: "\(folder)/dump.rdb", withIntermediateDirectories: true)
                _ = try await redis.send(RedisCommand("CONFIG", ["SET", "save", "3600 1"]))
                _ = try await redis.send(RedisCommand("BGSAVE"))
                try await until {
                    let info = try await redis.send(RedisCommand("INFO", ["persistence"])).string
                    return info?.contains("rdb_last_bgsave_status:err") == true
                }
            }
            let trouble = Trouble(testDescription: "", message: "cannot save its data", finding: "MISCONF")
            try await demandWords(of: trouble, in: fixture)
        }
    }

    @Test func certificateThatIsNotTrustedIsToldAsSuch() async throws {
        try await withChatFixture { fixture in
            try await withRedisServer(.init(listening: .tls(names: ["IP:127.0.0.1"]))) { server in
                let endpoint = server.configuration().endpoint
                let trouble = Trouble(
                    testDescription: "",
                    change: { ($0.endpoint, $0.tls) = (endpoint, RedisConfiguration.TLS()) },
                    message: "certificate of the Redis server is not trusted",
                    finding: "set REDIS_CA_FILE"
                )
                try await demandWords(of: trouble, in: fixture)
            }
        }
    }

    @Test func anInstallationInOrderIsReadyAndNothingIsLeftBehind() async throws {
        try await withChatFixture { fixture in
            try await withDiagnosis(fixture) { diagnosis in
                try await diagnosis.assistant.checkReadiness()
                let findings = await diagnosis.databases()
                #expect(findings.map(\.level) == [.good, .good])
            }
            for database in [0, 1] {
                try await fixture.redis.withClient(database: database) { redis in
                    for key in try await redis.send(RedisCommand("KEYS", ["*probe*"])).array ?? [] {
                        let life = try await redis.send(RedisCommand("PTTL", [key.string ?? ""])).integer ?? 0
                        #expect(life <= 5000 && life != -1, "\(key) goes away by itself")
                    }
                }
            }
        }
    }

    private func demandWords(of trouble: Trouble, in fixture: ChatFixture) async throws {
        try await withDiagnosis(fixture, trouble.change) { diagnosis in
            let user = try UserID("ana")
            for act in [
                { try await diagnosis.assistant.checkReadiness() },
                { _ = try await diagnosis.assistant.answer(Question("How long is leave?", by: user)) },
            ] as [() async throws -> Void] {
                let error = await #expect(throws: PolicyAssistantError.self) { try await act() }
                #expect(error?.code == .storeUnavailable)
                #expect(error?.message.contains(trouble.message) == true, "\(String(describing: error))")
                #expect(error?.message.contains("secret") == false)
                #expect(error?.retryAfter != nil)
            }
            let finding = try #require(await diagnosis.databases().first)
            #expect(finding.level == .fault)
            #expect(finding.text.contains(trouble.finding), "\(finding.text)")
            #expect(!finding.text.contains("secret-password"))
        }
    }

    /// Lends a diagnosis whose assistant uses Redis by a changed configuration.
    private func withDiagnosis(
        _ fixture: ChatFixture,
        _ change: (inout RedisConfiguration) -> Void = { _ in },
        _ body: (Diagnosis) async throws -> Void
    ) async throws {
        var settings = fixture.settings
        var (threads, files) = (fixture.redis.configuration(database: 0), fixture.redis.configuration(database: 1))
        threads.commandTimeout = .milliseconds(500)
        files.commandTimeout = threads.commandTimeout
        threads.writeProbe = settings.threadsDatabase.writeProbe
        files.writeProbe = settings.filesDatabase.writeProbe
        change(&threads)
        change(&files)
        (settings.threadsDatabase, settings.filesDatabase) = (threads, files)
        let upstream = OpenAIConfiguration(baseURL: fixture.upstream.baseURL, apiKey: "sk-test")
        let openAI = try OpenAIClient(configuration: upstream, http: try HTTPClient())
        try await withRedisClient(threads) { threadsRedis in
            try await withRedisClient(files) { filesRedis in
                let assistant = Assistant(
                    settings: settings,
                    threadsRedis: threadsRedis,
                    filesRedis: filesRedis,
                    openAI: openAI,
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                )
                try await body(Diagnosis(assistant: assistant, openAI: openAI))
            }
        }
    }
}
