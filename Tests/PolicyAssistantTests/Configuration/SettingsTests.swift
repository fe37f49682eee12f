import Foundation
import OpenAI
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct SettingsTests {
    @Test func encoderIsBesideTheDataOrTheProgramOnceItIsFetched() async throws {
        try await withTemporaryFolder { folder in
            let settings = ["DATA_DIR": folder]
            #expect(try await readSettings(settings).engineSearch == .words)
            let encoder = "\(folder)/sentence-encoder"
            try FileManager.default.createDirectory(atPath: encoder, withIntermediateDirectories: true)
            #expect(try await readSettings(settings).encoderDirectory == nil, "nothing is in it yet")
            try Data("model".utf8).write(to: URL(filePath: "\(encoder)/model.safetensors"))
            let found = try await readSettings(settings)
            #expect(found.encoderDirectory == encoder)
            #expect(found.engineSearch == .englishMeaning)
            #expect(found.engineSearch?.rawValue == "meaning_english")
            let half = try #require(Diagnosis.engineSearch(found))
            #expect(half.level == .warning && half.text.contains("there is none for other languages"))
            try FileManager.default.createDirectory(
                atPath: "\(encoder)/multilingual",
                withIntermediateDirectories: true
            )
            try Data("model".utf8).write(to: URL(filePath: "\(encoder)/multilingual/sp.model"))
            #expect(try await readSettings(settings).engineSearch == .meaning)
            #expect(Diagnosis.engineSearch(try await readSettings(settings))?.level == .good)
            let installed = try await readSettings(["DATA_DIR": "/nowhere"], programFolder: folder)
            #expect(installed.encoderDirectory == encoder)
            let named = try await readSettings(settings.merging(["ENCODER_MODEL_DIR": folder]) { $1 })
            #expect(named.encoderDirectory == folder)
            let remote = try await readSettings(settings.merging(["OPENAI_API_KEY": "key"]) { $1 })
            #expect(remote.engineSearch == nil, "another upstream answers")
            #expect(Diagnosis.engineSearch(remote) == nil)
        }
    }

    @Test func readsTheLanguagesOfScans() async throws {
        #expect(try await readSettings().ocrLanguages == nil)
        #expect(try await readSettings(["OCR_LANGUAGES": "deu+chi_sim"]).ocrLanguages == "deu+chi_sim")
        for value in ["deu,eng", "deu+", "--psm", "deu eng"] {
            await #expect(throws: ConfigurationFaults.self) { try await readSettings(["OCR_LANGUAGES": value]) }
        }
    }

    @Test func needsNothing() async throws {
        let settings = try await readSettings()
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
        let settings = try await readSettings(
            ["PORT": "2", "OPENAI_MODEL": "from-environment"],
            overrides: ["PORT": "3"],
            file: file
        )
        #expect(settings.port == 3)
        #expect(settings.model == "from-environment")
        #expect(settings.logFormat == .json)
    }

    @Test func readsQuotedAndEmptyValuesOfTheFileAsMeant() async throws {
        let settings = try await readSettings(file: "OPENAI_MODEL=\"quoted\"\nPORT=\nOPENAI_API_KEY=''")
        #expect(settings.model == "quoted")
        #expect(settings.port == 8000)
        #expect(settings.upstreamIdentity == "embedded")
    }

    @Test func anEmptyVariableOfTheEnvironmentLeavesTheFileItsSay() async throws {
        #expect(try await readSettings(["OPENAI_MODEL": ""], file: "OPENAI_MODEL=from-file").model == "from-file")
    }

    @Test func tellsEveryFaultByName() async throws {
        let names = try await settingsFaults([
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
            _ = try await readSettings(["OPENAI_API_KEY": "sk-secret", "OPENAI_BASE_URL": "no url", "PORT": "x"])
        } throws: { error in
            !"\(error)".contains("sk-secret") && "\(error)".contains("OPENAI_BASE_URL")
        }
    }

    @Test func filesDatabaseIsOnTheThreadsServerUnlessItHasAnEndpoint() async throws {
        let server = ["REDIS_ENDPOINT": "redis.internal", "REDIS_PORT": "6400", "REDIS_PASSWORD": "secret"]
        let shared = try await readSettings(server).filesDatabase
        #expect(shared.endpoint == .tcp(host: "redis.internal", port: 6400))
        #expect(shared.password == "secret")
        let own = try await readSettings(server.merging(["REDIS_ENDPOINT_FILES_DB": "files.internal"]) { $1 })
            .filesDatabase
        #expect(own.endpoint == .tcp(host: "files.internal", port: 6379))
        #expect(own.password == nil)
    }

    @Test func endpointMayBeAUnixSocket() async throws {
        #expect(
            try await readSettings(["REDIS_ENDPOINT": "/run/redis.sock"]).threadsDatabase.endpoint
                == .unixSocket(path: "/run/redis.sock")
        )
    }

    @Test func bothDatabasesMayBeOne() async throws {
        let settings = try await readSettings(["REDIS_DATABASE_FILES_DB": "0"])
        #expect(settings.threadsDatabase.database == 0 && settings.filesDatabase.database == 0)
        #expect(settings.warnings.isEmpty)
    }

    @Test func bothDatabasesAreAskedWhetherTheyTakeWrites() async throws {
        let settings = try await readSettings()
        #expect(settings.threadsDatabase.writeProbe?.key == "turn:probe")
        #expect(settings.filesDatabase.writeProbe?.key == "sync:probe")
    }

    @Test func opensToTheNetworkOnlyWhenToldTo() async throws {
        #expect(try await settingsFaults(["HOST": "0.0.0.0"]) == ["HOST"])
        #expect(try await settingsFaults(["HOST": "0.0.0.0", "ALLOW_UNAUTHENTICATED": "true"]).isEmpty)
        #expect(try await settingsFaults(["HOST": "127.0.0.2"]).isEmpty)
    }

    @Test func warnsOfSettingsThatDoNothing() async throws {
        let warnings = try await readSettings(["ASSISTANT_ID": "asst_1"]).warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("ASSISTANT_ID") == true)
    }
}
