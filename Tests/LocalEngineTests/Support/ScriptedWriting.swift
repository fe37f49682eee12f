import OpenAI
import TestSupport

@testable import LocalEngine

/// An engine with a scripted model that writes its answers, and what tests ask it.
enum ScriptedWriting {
    static let question = "How many days of annual leave do I get?"
    static let quotation = "Full-time employees receive 27 days of paid annual leave in each calendar year."

    static func model(
        at model: ScriptedModel,
        concurrency: Int = 4,
        firstToken: Duration = .seconds(60),
        key: String? = nil
    ) -> LocalEngine.Model {
        LocalEngine.Model(
            name: ScriptedModel.name,
            server: OpenAIConfiguration(baseURL: model.baseURL, apiKey: key),
            concurrency: concurrency,
            firstTokenTimeout: firstToken,
            timeout: .seconds(60)
        )
    }

    /// Runs an engine with documents and a scripted model.
    static func asking<Result>(
        _ documents: [String: String] = ["leave.md": Policies.leave, "travel.md": Policies.travel],
        concurrency: Int = 4,
        firstToken: Duration = .seconds(60),
        _ script: @escaping ScriptedModel.Script,
        _ body: (EngineClient, _ store: String, ScriptedModel) async throws -> Result
    ) async throws -> Result {
        try await withScriptedModel(script) { scripted in
            let model = model(at: scripted, concurrency: concurrency, firstToken: firstToken)
            return try await withEngine(model: model) { engine in
                try await body(engine, try await engine.store(documents).id, scripted)
            }
        }
    }

    static func ask(_ question: String, _ store: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        let body: [String: JSONValue] = [
            "model": "gpt-6-luna", "input": .string(question),
            "tools": [["type": "file_search", "vector_store_ids": [.string(store)]]],
        ]
        return .object(body.merging(more) { _, new in new })
    }

    static func text(of response: JSONValue?) -> String {
        response?["output"]?.array?.last?["content"]?.array?.first?["text"]?.string ?? ""
    }

    static func notes(of response: JSONValue?) -> [JSONValue] {
        response?["output"]?.array?.last?["content"]?.array?.first?["annotations"]?.array ?? []
    }
}
