import Foundation
import TestSupport
import Testing

/// Answers that a model of the embedded engine writes, over both protocols.
@Suite struct WrittenAnswerTests {
    private static let question = "How many days of annual leave do I get?"

    /// Runs a server whose engine asks a scripted model.
    private static func asking<Result>(
        over api: UpstreamAPI,
        settings: [String: String] = [:],
        _ script: @escaping ScriptedModel.Script,
        _ body: (API, ScriptedModel) async throws -> Result
    ) async throws -> Result {
        try await withScriptedModel(script) { model in
            let settings = model.settings.merging(settings) { $1 }
            return try await withSyncedInstallation(over: api, settings: settings) { installation, _ in
                try await installation.serving { try await body($0, model) }
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aModelWritesTheAnswerWithItsCitations(api: UpstreamAPI) async throws {
        let text =
            "You get 27 days of paid annual leave in each calendar year [1]. Up to 5 unused days may be carried over [1]."
        try await Self.asking(over: api) { _ in
            .written(text)
        } _: { api, model in
            let answer = try await api.ask(Self.question, as: "ana")
            #expect(answer.answer == text.replacing(" [1]", with: ""))
            #expect(answer.writtenBy == ScriptedModel.name)
            #expect(answer.writingFailure == nil)
            #expect(answer.confidence == "sure")
            #expect(Set(answer.citations.map(\.filename)) == ["leave/annual-leave.md"])
            #expect(answer.citations.first?.quote.contains("27 days of paid annual leave") == true)
            let events = try await api.streaming(ChatQuestion(Self.question, by: "ben")) { try await $0.events() }
            let last = try #require(events.last)
            let streamed = try JSONDecoder.snakeCase.decode(ChatAnswer.self, from: last.data)
            #expect(streamed.answer == answer.answer)
            #expect(streamed.answer == events.map(\.text).joined())
            #expect(streamed.writtenBy == ScriptedModel.name)
            #expect(events.contains { $0.name == "citation" })
            #expect(model.calls.count == 2)
            #expect(model.calls.allSatisfy { $0.question == Self.question })
        }
    }
}
