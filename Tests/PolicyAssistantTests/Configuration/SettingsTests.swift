import Foundation
import OpenAI
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct SettingsTests {
    /// Reads settings in a folder that has documents and instructions.
    private func read(
        _ environment: [String: String] = [:],
        overrides: [String: String] = [:],
        file: String? = nil
    ) async throws -> Settings {
        try await withTemporaryFolder { folder in
            let instructions = "\(folder)/instructions.md"
            try "Answer from the files.".write(toFile: instructions, atomically: true, encoding: .utf8)
            if let file { try file.write(toFile: "\(folder)/.env", atomically: true, encoding: .utf8) }
            var environment = environment
            environment["ASSETS_DIR"] = environment["ASSETS_DIR"] ?? folder
            environment["INSTRUCTIONS_FILE"] = environment["INSTRUCTIONS_FILE"] ?? instructions
            return try await Settings.read(
                overrides: overrides,
                environment: environment,
                environmentFile: "\(folder)/.env"
            )
        }
    }

    private func faults(_ environment: [String: String]) async throws -> [String] {
        do {
            _ = try await read(environment)
            return []
        } catch let faults as ConfigurationFaults {
            return faults.faults.map(\.name)
        }
    }

    @Test func needsNothing() async throws {
        let settings = try await read()
        guard case .embedded = settings.upstream else {
            Issue.record("an upstream without a key")
            return
        }
        #expect(settings.upstreamIdentity == "embedded")
        #expect(settings.host == "127.0.0.1")
        #expect(settings.port == 8000)
        #expect(settings.model == "gpt-6-luna")
        #expect(settings.threadsDatabase.database == 0)
        #expect(settings.filesDatabase.database == 1)
        #expect(settings.warnings.isEmpty)
    }

    @Test func commandLineWinsOverEnvironmentAndThatOverTheFile() async throws {
        let file = "PORT=1\nLOG_FORMAT=json\nOPENAI_MODEL=from-file"
        let settings = try await read(
            ["PORT": "2", "OPENAI_MODEL": "from-environment"],
            overrides: ["PORT": "3"],
            file: file
        )
        #expect(settings.port == 3)
        #expect(settings.model == "from-environment")
        #expect(settings.logFormat == .json)
    }

    @Test func readsQuotedAndEmptyValuesOfTheFileAsMeant() async throws {
        let settings = try await read(file: "OPENAI_MODEL=\"quoted\"\nPORT=\nOPENAI_API_KEY=''")
        #expect(settings.model == "quoted")
        #expect(settings.port == 8000)
        #expect(settings.upstreamIdentity == "embedded")
    }

    @Test func anEmptyVariableOfTheEnvironmentLeavesTheFileItsSay() async throws {
        #expect(try await read(["OPENAI_MODEL": ""], file: "OPENAI_MODEL=from-file").model == "from-file")
    }

    @Test func tellsEveryFaultByName() async throws {
        let names = try await faults([
            "PORT": "eighty", "ASSETS_DIR": "/nowhere", "OPENAI_API": "telepathy", "LOG_FORMAT": "xml",
            "REDIS_PORT": "0", "OPENAI_BASE_URL": "https://example.invalid/v1", "REDIS_TLS": "perhaps",
        ])
        let expected: Set = [
            "PORT", "ASSETS_DIR", "OPENAI_API", "LOG_FORMAT", "REDIS_PORT", "OPENAI_API_KEY", "REDIS_TLS",
        ]
        #expect(Set(names) == expected)
        #expect(names.count == expected.count)
    }

    @Test func faultsDoNotTellSecrets() async throws {
        await #expect {
            _ = try await read(["OPENAI_API_KEY": "sk-secret", "OPENAI_BASE_URL": "no url", "PORT": "x"])
        } throws: { error in
            !"\(error)".contains("sk-secret") && "\(error)".contains("OPENAI_BASE_URL")
        }
    }

    @Test func filesDatabaseIsOnTheThreadsServerUnlessItHasAnEndpoint() async throws {
        let server = ["REDIS_ENDPOINT": "redis.internal", "REDIS_PORT": "6400", "REDIS_PASSWORD": "secret"]
        let shared = try await read(server).filesDatabase
        #expect(shared.endpoint == .tcp(host: "redis.internal", port: 6400))
        #expect(shared.password == "secret")
        let own = try await read(server.merging(["REDIS_ENDPOINT_FILES_DB": "files.internal"]) { $1 }).filesDatabase
        #expect(own.endpoint == .tcp(host: "files.internal", port: 6379))
        #expect(own.password == nil)
    }

    @Test func endpointMayBeAUnixSocket() async throws {
        #expect(
            try await read(["REDIS_ENDPOINT": "/run/redis.sock"]).threadsDatabase.endpoint
                == .unixSocket(path: "/run/redis.sock")
        )
    }

    @Test func refusesOneDatabaseForBoth() async throws {
        #expect(try await faults(["REDIS_DATABASE": "1"]) == ["REDIS_DATABASE_FILES_DB"])
        #expect(try await faults(["REDIS_DATABASE": "1", "REDIS_PORT_FILES_DB": "6380"]).isEmpty)
    }

    @Test func opensToTheNetworkOnlyWhenToldTo() async throws {
        #expect(try await faults(["HOST": "0.0.0.0"]) == ["HOST"])
        #expect(try await faults(["HOST": "0.0.0.0", "ALLOW_UNAUTHENTICATED": "true"]).isEmpty)
        #expect(try await faults(["HOST": "127.0.0.2"]).isEmpty)
    }

    @Test func warnsOfSettingsThatDoNothing() async throws {
        let warnings = try await read(["ASSISTANT_ID": "asst_1", "THREAD_ID": "thread_1"]).warnings
        #expect(warnings.count == 2)
        #expect(warnings.first?.contains("ASSISTANT_ID") == true)
    }
}
