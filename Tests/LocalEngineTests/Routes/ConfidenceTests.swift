import TestSupport
import Testing

@testable import LocalEngine

/// The confidence of an answer in its metadata.
@Suite struct ConfidenceTests {
    private static func ask(_ question: String, _ store: String, _ more: [String: JSONValue] = [:]) -> JSONValue {
        let body: [String: JSONValue] = [
            "model": "gpt-6-luna", "input": .string(question),
            "tools": [["type": "file_search", "vector_store_ids": [.string(store)]]],
        ]
        return .object(body.merging(more) { _, new in new })
    }

    @Test(arguments: [("How many days of annual leave do I get?", "sure"), ("Who won the football match?", "none")])
    func isInTheMetadataOfResponsesAndMessages(question: String, confidence: String) async throws {
        try await withEngine { engine in
            let store = try await engine.store(["leave.md": Policies.leave])
            let response = try await engine.post("responses", Self.ask(question, store.id))
            let metadata: JSONValue = ["confidence": .string(confidence), "written_by": "engine"]
            #expect(response["metadata"] == metadata)
            #expect(try await engine.get("responses/\(response.id)")["metadata"] == response["metadata"])
            let events = try await engine.stream(Self.ask(question, store.id, ["stream": true]))
            #expect(events.first?["response"]?["metadata"] == [:])
            #expect(events.last?["response"]?["metadata"] == metadata)
            let assistant = try await engine.assistant(store.id)
            let run = try await engine.ask(question, assistant, in: try await engine.post("threads").id)
            #expect(try await engine.answer(of: run)["metadata"] == metadata)
        }
    }

    @Test func leavesTheClientsMetadataUnchanged() {
        let metadata = AnswerMetadata(confidence: .unsure, author: .engine)
        #expect(metadata.added(to: nil) == ["confidence": "unsure", "written_by": "engine"])
        #expect(metadata.added(to: ["confidence": "mine"]) == ["confidence": "mine", "written_by": "engine"])
        let full = JSONValue.object(Dictionary(uniqueKeysWithValues: (0..<16).map { ("key\($0)", .string("a")) }))
        #expect(metadata.added(to: full) == full)
        let failed = AnswerMetadata(confidence: .sure, author: AnswerAuthor(name: "engine", failure: .toolCall))
        #expect(failed.added(to: nil)["writing_failure"] == "tool_call")
    }
}
