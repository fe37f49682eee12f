import Foundation
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct SettingsPartsTests {
    private let allWrong = [
        "PORT": "eighty", "ASSETS_DIR": "/nowhere", "INSTRUCTIONS_FILE": "/nowhere.md", "OPENAI_API": "telepathy",
        "REDIS_TLS": "perhaps", "LOG_FORMAT": "xml", "ENGINE_API_KEY": "a b",
    ]

    private static let uses: [(Settings.Parts, [String])] = [
        (.redis, ["REDIS_TLS"]), (.upstream, ["OPENAI_API"]), (.documents, ["ASSETS_DIR"]),
        (.instructions, ["INSTRUCTIONS_FILE"]), (.server, ["PORT"]), (.engine, ["ENGINE_API_KEY"]), ([], []),
        ([.redis, .upstream], ["OPENAI_API", "REDIS_TLS"]),
    ]

    @Test(arguments: Self.uses)
    func aCommandIsStoppedByFaultsOfWhatItUses(_ parts: Settings.Parts, _ names: [String]) async throws {
        let faults = try #require(try await configurationFaults(allWrong, for: parts))
        #expect(Set(faults.faults.map(\.name)) == Set(names + ["LOG_FORMAT"]))
    }

    @Test func everyFaultIsToldAtOnce() async throws {
        #expect(Set(try await settingsFaults(allWrong)) == Set(allWrong.keys))
    }

    @Test func linesOfTheFileThatCannotBeReadStopEveryCommand() async throws {
        let faults = try await configurationFaults(file: "AUTH_MOD=jwt\nAUTH_MODE jwt\n", for: [])
        #expect(faults?.faults.count == 2)
    }

    @Test func instructionsAreInsideTheProgram() throws {
        let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path
        let file = try String(contentsOfFile: "\(project)/assets/instructions.md", encoding: .utf8)
        #expect(try Instructions(path: nil).text() == file)
    }

    @Test func instructionsMayBeInUTF8OrUTF16() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/instructions.md"
            let text = "Antworte höflich.\n"
            let marked = [0xEF, 0xBB, 0xBF].map(UInt8.init) + Array(text.utf8)
            let wide = [0xFF, 0xFE].map(UInt8.init) + Array(try #require(text.data(using: .utf16LittleEndian)))
            for bytes in [Array(text.utf8), marked, wide] {
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                #expect(try Instructions(path: path).text() == text)
                #expect(try await readSettings(["INSTRUCTIONS_FILE": path]).instructionsFile == path)
            }
        }
    }

    @Test func instructionsInAnotherEncodingAreToldAtTheStartAndByEachQuestion() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder)/instructions.md"
            try Data(try #require("Bitte\nhöflich.\n".data(using: .isoLatin1))).write(to: URL(fileURLWithPath: path))
            let fault = try #require(try await configurationFaults(["INSTRUCTIONS_FILE": path])?.faults.first)
            #expect(fault.name == "INSTRUCTIONS_FILE")
            #expect(fault.problem.contains("UTF-8") && fault.problem.contains("line 2"))
            #expect { try Instructions(path: path).text() } throws: { error in
                let error = error as? PolicyAssistantError
                return error?.code == .fileUnreadable && error?.message.contains("INSTRUCTIONS_FILE") == true
                    && error?.message.contains("UTF-8") == true && error?.message.contains(folder) == false
            }
        }
    }

    @Test(arguments: [
        ["OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": "http://user:hunter2@127.0.0.1:1/v1"],
        ["OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": "https://127.0.0.1/v1?key=hunter2"],
        ["OPENAI_API_KEY": "sk-x", "OPENAI_BASE_URL": "hunter2"], ["OPENAI_API_KEY": "hunter2 hunter2"],
        ["OPENAI_API_KEY": "“hunter2”"], ["ENGINE_API_KEY": "hunter2\nx"], ["PORT": "redis://:hunter2@a:1"],
        ["REDIS_PORT": "redis://:hunter2@a:1"], ["LOG_LEVEL": "key=hunter2"], ["REDIS_TLS": "hunter2@x"],
        ["ASSETS_DIR": "https://user:hunter2@host/docs"], ["INSTRUCTIONS_FILE": "https://user:hunter2@host/i.md"],
        ["CORS_ALLOWED_ORIGINS": "https://user:hunter2@host"],
        ["AUTH_MODE": "jwt", "AUTH_ISSUER": "i", "AUTH_AUDIENCE": "a", "AUTH_JWKS_URL": "https://:hunter2@host/keys"],
        [
            "AUTH_MODE": "jwt", "AUTH_ISSUER": "i", "AUTH_AUDIENCE": "a",
            "AUTH_JWKS_FILE": "https://u:hunter2@host/keys",
        ],
    ])
    func noFaultRepeatsASecret(_ environment: [String: String]) async throws {
        let faults = try #require(try await configurationFaults(environment))
        #expect(faults.faults.count == 1)
        #expect(!faults.description.contains("hunter2"))
    }
}
