import Foundation
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct SettingNamesTests {
    private static let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    @Test func theExampleHoldsEverySettingAndNoOther() throws {
        let example = EnvironmentFile(at: "\(Self.project)/.env.example", isRequired: true)
        #expect(example.faults.isEmpty)
        #expect(example.values.keys.sorted() == SettingNames.parts.keys.sorted())
        #expect(example.entries.count == example.values.count)
    }

    @Test func theReadmeTellsOfEverySetting() throws {
        let readme = try String(contentsOfFile: "\(Self.project)/README.md", encoding: .utf8)
        for name in SettingNames.parts.keys where !name.hasSuffix("_FILES_DB") {
            #expect(readme.contains("`\(name)`"), "\(name)")
        }
    }

    @Test(arguments: [
        ("AUTH_MOD", "AUTH_MODE"), ("AUTH_MDOE", "AUTH_MODE"), ("AUTHMODE", "AUTH_MODE"), ("AUTH-MODE", "AUTH_MODE"),
        ("auth_mode", "AUTH_MODE"), ("AUT_MOD", "AUTH_MODE"), ("REDIS_ENDPONT", "REDIS_ENDPOINT"),
        ("REDIS_PASWORD_FILES_DB", "REDIS_PASSWORD_FILES_DB"), ("OPENAI_APIKEY", "OPENAI_API_KEY"), ("PROT", "PORT"),
        ("HOTS", "HOST"), ("ASSET_DIR", "ASSETS_DIR"), ("RATE_LIMIT_PER_MINUT", "RATE_LIMIT_PER_MINUTE"),
    ])
    func aNameCloseToASettingInTheFileIsAFault(_ name: String, _ setting: String) async throws {
        let faults = try await configurationFaults(file: "# settings\n\(name)=hunter2\n")
        #expect(faults?.faults.map(\.name) == [name])
        #expect(faults?.description.contains(setting) == true)
        #expect(faults?.description.contains("line 2") == true)
        #expect(faults?.description.contains("hunter2") == false)
    }

    @Test(arguments: [
        "HOSTNAME", "DATABASE_URL", "REDIS_HOST", "OPENAI_API_KEY_2", "PORT2", "REDIS_SERVICE_HOST",
        "REDIS_PORT_6379_TCP",
        "MODEL", "DB_HOST", "SMTP_PORT", "COMPOSE_PROJECT_NAME", "LOG_FILE", "TZ",
    ])
    func aNameOfAnotherProgramIsNoFault(_ name: String) async throws {
        #expect(try await configurationFaults(file: "\(name)=x\n") == nil)
    }

    @Test func aNameThatOthersUseIsPointedOut() async throws {
        let warnings = try await readSettings(file: "REDIS_HOST=redis.internal\n").warnings
        #expect(warnings.count == 1)
        #expect(warnings.first?.contains("REDIS_ENDPOINT") == true)
        #expect(try await readSettings(file: "REDIS_HOST=a\nREDIS_ENDPOINT=a\n").warnings.isEmpty)
    }

    @Test func inTheEnvironmentACloseNameIsAWarningAndOnlyWithABeginningOfOurs() async throws {
        let settings = try await readSettings(["AUTH_MOD": "api-key", "POST": "x", "DATA_DIRS": "x", "HOSTS": "x"])
        #expect(settings.warnings.count == 1)
        #expect(settings.warnings.first?.contains("AUTH_MODE") == true)
        let links = [
            "REDIS_SERVICE_HOST": "10.0.0.1", "REDIS_SERVICE_PORT": "6379", "REDIS_PORT_6379_TCP_PORT": "6379",
        ]
        #expect(try await readSettings(links).warnings.isEmpty)
    }

    @Test(arguments: [
        ("", "", 0), ("AB", "AB", 0), ("AB", "BA", 1), ("ABC", "AC", 1), ("AC", "ABC", 1), ("CA", "ABC", 3),
        ("ABCD", "", 4),
    ])
    func countsLettersToChange(_ first: String, _ second: String, _ distance: Int) {
        #expect(EditDistance.between(first, second) == distance)
    }
}
