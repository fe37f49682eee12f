import OpenAI
import Testing

@testable import PolicyAssistant

@Suite struct UpstreamSettingsTests {
    private let key = ["OPENAI_API_KEY": "sk-test"]

    @Test(arguments: [nil, "https://api.openai.com/v1", "https://API.openai.com./v1", "https://eu.api.openai.com/v1"])
    func theOlderProtocolIsRefusedWhereItWasShutDown(baseURL: String?) async throws {
        var environment = key.merging(["OPENAI_API": "assistants"]) { $1 }
        environment["OPENAI_BASE_URL"] = baseURL
        let fault = try await faults(environment)
        #expect(fault.map(\.name) == ["OPENAI_API"])
        for word in ["2026-08-26", "OPENAI_API=responses", "OPENAI_BASE_URL"] {
            #expect(fault.first?.problem.contains(word) == true)
        }
    }

    @Test(arguments: ["https://assistants.example.com/v1", "https://api.openai.com.example.com/v1"])
    func theOlderProtocolIsSpokenToOtherServers(baseURL: String) async throws {
        let environment = key.merging(["OPENAI_API": "assistants", "OPENAI_BASE_URL": baseURL]) { $1 }
        #expect(try await readSettings(environment).upstreamProtocol == .assistants)
    }

    @Test func theOlderProtocolIsSpokenToTheEmbeddedEngine() async throws {
        #expect(try await readSettings(["OPENAI_API": "assistants"]).upstreamProtocol == .assistants)
    }

    @Test func theAssistantAndTheFormerKeyAreTakenFromTheSettings() async throws {
        let plain = try await readSettings(["OPENAI_API": "assistants"])
        #expect(plain.assistantID == nil && plain.previousAPIKey == nil)
        let names = ["OPENAI_API": "assistants", "ASSISTANT_ID": "asst_1", "OPENAI_PREVIOUS_API_KEY": "sk-former"]
        let settings = try await readSettings(names)
        #expect(settings.assistantID == "asst_1")
        #expect(settings.previousAPIKey == "sk-former")
        #expect(settings.warnings.isEmpty)
    }

    @Test func aSharedThreadIsTakenFromTheSettings() async throws {
        #expect(try await readSettings().sharedThread == nil)
        #expect(try await readSettings(["THREAD_ID": "conv_1"]).sharedThread == "conv_1")
        let assistants = ["OPENAI_API": "assistants", "THREAD_ID": "thread_1"]
        #expect(try await readSettings(assistants).sharedThread == "thread_1")
    }

    @Test(arguments: [("responses", "thread_1"), ("assistants", "conv_1")])
    func aSharedThreadOfTheOtherProtocolIsAFault(upstreamProtocol: String, thread: String) async throws {
        let fault = try await faults(["OPENAI_API": upstreamProtocol, "THREAD_ID": thread])
        #expect(fault.map(\.name) == ["THREAD_ID"])
        #expect(fault.first?.problem.contains("OPENAI_API=\(upstreamProtocol)") == true)
    }

    @Test(arguments: [(nil, nil), ("Authorization", nil), ("api-key", "api-key")] as [(String?, String?)])
    func theKeyIsInTheHeaderOfTheSettings(value: String?, header: String?) async throws {
        var environment = key
        environment["OPENAI_API_KEY_HEADER"] = value
        guard case .remote(let configuration) = try await readSettings(environment).upstream else {
            Issue.record("no upstream")
            return
        }
        #expect(configuration.apiKeyHeader == header)
    }

    @Test(arguments: ["api key", "api-key:", "sk-…"])
    func aHeaderThatCannotExistIsAFault(value: String) async throws {
        let fault = try await faults(key.merging(["OPENAI_API_KEY_HEADER": value]) { $1 })
        #expect(fault.map(\.name) == ["OPENAI_API_KEY_HEADER"])
    }

    @Test func anEffortCanBeLeftOutOfRequests() async throws {
        #expect(try await readSettings(["OPENAI_REASONING_EFFORT": "omit"]).reasoningEffort.parameter == nil)
        #expect(try await readSettings(["OPENAI_REASONING_EFFORT": "low"]).reasoningEffort.parameter == "low")
        #expect(try await readSettings([:]).reasoningEffort.parameter == "none")
    }

    private func faults(_ environment: [String: String]) async throws -> [ConfigurationFaults.Fault] {
        do {
            _ = try await readSettings(environment)
            return []
        } catch let faults as ConfigurationFaults {
            return faults.faults
        }
    }
}
