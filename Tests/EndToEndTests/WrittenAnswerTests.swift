import Foundation
import HTTPTypes
import Synchronization
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

    @Test(arguments: UpstreamAPI.allCases)
    func aModelThatLiesOrFailsIsReplacedByTheQuotation(api: UpstreamAPI) async throws {
        let replies: [(ScriptedReply, String)] = [
            (.written("You get 40 days of paid annual leave [1]."), "unsupported"), (.error(500), "refused"),
            (.page(status: 200), "malformed"), (.model([.text("You get 27")]), "interrupted"), (.hangUp, "unreachable"),
        ]
        let number = Atomic(0)
        try await Self.asking(over: api) { _ in
            replies[number.wrappingAdd(1, ordering: .relaxed).oldValue % replies.count].0
        } _: { api, _ in
            for stream in [false, true] {
                for (_, failure) in replies {
                    let answer =
                        if stream {
                            try JSONDecoder.snakeCase.decode(
                                ChatAnswer.self,
                                from: try #require(
                                    try await api.streaming(ChatQuestion(Self.question, by: "ana")) {
                                        try await $0.events()
                                    }
                                    .last
                                ).data
                            )
                        } else {
                            try await api.ask(Self.question, as: "ana")
                        }
                    #expect(answer.answer.contains("27 days of paid annual leave") && !answer.answer.contains("40"))
                    #expect(answer.writtenBy == "engine" && answer.writingFailure == failure)
                    #expect(answer.citations.first?.filename == "leave/annual-leave.md")
                }
            }
            let metrics = String(decoding: try await api.send(.get, "/metrics").body, as: UTF8.self)
            let line = #"policy_assistant_answers_total{writing_failure="unsupported",written_by="engine"} 2"#
            #expect(metrics.contains(line))
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aTurnThatIsEndedStopsTheModel(api: UpstreamAPI) async throws {
        let left = Gate()
        try await Self.asking(over: api) { _ in
            .model([.text("You get 27 days of paid annual leave [1]. And"), .untilLeft(left)])
        } _: { api, _ in
            try await api.streaming(ChatQuestion(Self.question, by: "ana")) { stream in
                let first = try await stream.events(upTo: 1)
                #expect(first.first?.name == "delta")
                let turn = try #require(stream.turn)
                #expect(try await api.send(.delete, "/chat/\(turn)").status == 204)
                await left.wait()
            }
        }
    }

    @Test func statusAndDoctorNameTheModel() async throws {
        try await withScriptedModel { _ in
            .written("one two three")
        } _: { model in
            try await withSyncedInstallation(settings: model.settings) { installation, _ in
                let status = try await installation.run(["status", "--json"])
                #expect(status.output.contains(#""written_by" : "\#(ScriptedModel.name)""#))
                let doctor = try await installation.run(["doctor"])
                #expect(
                    doctor.output.contains(
                        "engine's model: \(ScriptedModel.name) at \(model.baseURL): answers, first token"
                    )
                )
            }
        }
    }

    @Test func statusAndDoctorOfAnEngineWithoutAModelThatWorks() async throws {
        try await SharedModel.$isCopying.withValue(false) {
            try await withSyncedInstallation { installation, _ in
                let status = try await installation.run(["status"])
                #expect(status.output.contains("answers       quoted by the engine"))
                var broken = installation
                broken.settings["ENGINE_MODEL_URL"] = "http://127.0.0.1:9/v1"
                broken.settings["ENGINE_MODEL"] = "m"
                let doctor = try await broken.run(["doctor"])
                #expect(doctor.status == 1)
                #expect(doctor.output.contains("answers are quotations until it works"))
            }
        }
    }

    private struct Messages: Decodable {
        struct Message: Decodable {
            let role: String
            let confidence: String?
            let writtenBy: String?
            let writingFailure: String?
        }

        let messages: [Message]
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aThreadTellsWhoWroteItsAnswers(api: UpstreamAPI) async throws {
        try await Self.asking(over: api) { call in
            call.question == Self.question ? .written("You get 27 days of paid annual leave [1].") : .hangUp
        } _: { api, _ in
            _ = try await api.ask(Self.question, as: "ana")
            _ = try await api.ask("What is the meal allowance abroad?", as: "ana")
            let messages = try await api.send(.get, "/threads/ana/messages").decoded(Messages.self).messages
            #expect(messages.map(\.role) == ["user", "assistant", "user", "assistant"])
            #expect(messages.map(\.writtenBy) == [nil, ScriptedModel.name, nil, "engine"])
            #expect(messages.map(\.writingFailure) == [nil, nil, nil, "unreachable"])
            #expect(messages.map(\.confidence) == [nil, "sure", nil, "sure"])
        }
    }
}
