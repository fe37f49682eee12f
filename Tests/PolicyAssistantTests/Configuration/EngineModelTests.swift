import Testing

@testable import PolicyAssistant

@Suite struct EngineModelTests {
    private static let model = ["ENGINE_MODEL_URL": "http://127.0.0.1:11434/v1", "ENGINE_MODEL": "llama3.2"]

    @Test func readsTheModel() async throws {
        #expect(try await readSettings([:]).engineModel == nil)
        #expect(try await readSettings([:]).answerAuthor == "engine")
        let settings = try await readSettings(Self.model)
        let model = try #require(settings.engineModel)
        #expect(
            model.name == "llama3.2" && model.apiKey == nil && model.concurrency == 4 && model.contextTokens == 4_096
        )
        #expect(model.firstTokenTimeout == .seconds(30) && model.timeout == .seconds(45))
        #expect(settings.answerAuthor == "llama3.2")
        let remote = try await readSettings(Self.model.merging(["OPENAI_API_KEY": "k"]) { $1 })
        #expect(remote.answerAuthor == remote.model)
        #expect(remote.warnings.contains { $0.hasPrefix("ENGINE_MODEL_URL does nothing with OPENAI_API_KEY") })
        let quick = try await readSettings(Self.model.merging(["UPSTREAM_TIMEOUT_SECONDS": "20"]) { $1 })
        #expect(quick.engineModel?.timeout == .seconds(15) && quick.engineModel?.firstTokenTimeout == .seconds(15))
    }

    @Test(arguments: [
        (["ENGINE_MODEL": "m"], "ENGINE_MODEL_URL"), (["ENGINE_MODEL_URL": "http://h/v1"], "ENGINE_MODEL"),
        (["ENGINE_MODEL_URL": "h:1", "ENGINE_MODEL": "m"], "ENGINE_MODEL_URL"),
        (["ENGINE_MODEL_URL": "http://h/v1/chat/completions", "ENGINE_MODEL": "m"], "ENGINE_MODEL_URL"),
        (["ENGINE_MODEL_API_KEY": "a b"], "ENGINE_MODEL_API_KEY"),
        (["ENGINE_MODEL_CONCURRENCY": "0"], "ENGINE_MODEL_CONCURRENCY"),
        (["ENGINE_MODEL_CONTEXT_TOKENS": "100"], "ENGINE_MODEL_CONTEXT_TOKENS"),
        (["ENGINE_MODEL_TIMEOUT_SECONDS": "60"], "ENGINE_MODEL_TIMEOUT_SECONDS"),
        (["ENGINE_MODEL_TIMEOUT_SECONDS": "600"], "ENGINE_MODEL_TIMEOUT_SECONDS"),
        (["ENGINE_MODEL_FIRST_TOKEN_SECONDS": "50"], "ENGINE_MODEL_FIRST_TOKEN_SECONDS"),
    ])
    func saysWhatIsWrong(_ environment: [String: String], name: String) async throws {
        let isComplete = environment["ENGINE_MODEL_URL"] == nil && environment["ENGINE_MODEL"] == nil
        let all = isComplete ? Self.model.merging(environment) { $1 } : environment
        let faults = try #require(try await configurationFaults(all))
        #expect(faults.faults.map(\.name) == [name])
    }

    @Test func showsNoKey() async throws {
        let settings = try await readSettings(Self.model.merging(["ENGINE_MODEL_API_KEY": "hunter2"]) { $1 })
        var text = ""
        dump(settings.engineModel, to: &text)
        #expect(settings.engineModel?.apiKey == "hunter2" && !text.contains("hunter2"))
    }
}
