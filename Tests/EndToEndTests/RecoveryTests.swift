import Foundation
import Redis
import TestSupport
import Testing

/// What the server mends by itself, so that callers hear nothing of it.
@Suite struct RecoveryTests {
    @Test(arguments: [false, true], UpstreamAPI.allCases)
    func aLockedConversationIsWaitedFor(isStreamed: Bool, api: UpstreamAPI) async throws {
        try await withScriptedInstallation(over: api) { call in
            call.operation == .createResponse && call.number <= 2
                ? .reply(.busy(api)) : .usual
        } _: { installation, upstream, _ in
            try await installation.servingHere { api in
                try await expectAnswer(from: api, to: "How many days?", isStreamed)
                #expect(upstream.questions == ["How many days?", "How many days?", "How many days?"])
                #expect(upstream.conversations.count == 1)
            }
        }
    }

    @Test(arguments: [false, true], UpstreamAPI.allCases)
    func aConversationThatIsUnknownUpstreamIsReplacedOnce(isStreamed: Bool, api: UpstreamAPI) async throws {
        try await withScriptedInstallation(over: api) { call in
            call.question == "Never" ? .reply(.unknownObject) : .usual
        } _: { installation, upstream, redis in
            try await installation.servingHere { api in
                let first = try await api.ask("One", as: "ana").threadId
                try await redis.withClient { client in
                    _ = try await client.send(.init("HSET", ["thread:ana", "id", "conv_lost"]))
                }
                try await expectAnswer(from: api, to: "Two", isStreamed)
                let asked = upstream.calls.filter { $0.question == "Two" }.map(\.conversation)
                #expect(asked.count == 2 && asked.first == "conv_lost" && asked.last != first)

                var question = ChatQuestion("Never", by: "ana")
                question.stream = isStreamed
                let reply = try await api.send(question)
                #expect(reply.status == 502)
                #expect(try reply.decoded(ProblemDocument.self).code == "upstream_failed")
                #expect(upstream.questions.count { $0 == "Never" } == 2)
            }
        }
    }

    /// The ways in which upstream says that a conversation has become too long.
    enum Overflow: CaseIterable {
        case refused, failed, event

        var play: ScriptedOpenAI.Play {
            switch self {
            case .refused: .reply(.error(400, code: "context_length_exceeded"))
            case .failed: .response { ($0.pieces, $0.ending) = ([], .failed(code: "context_length_exceeded")) }
            case .event:
                .response { response in
                    response.pieces = []
                    response.ending = .error(code: "context_length_exceeded", type: nil, isNested: true)
                }
            }
        }
    }

    @Test(arguments: Overflow.allCases, UpstreamAPI.allCases)
    func aConversationThatIsTooLongGoesOnInANewOneWithItsLastTurns(overflow: Overflow, api: UpstreamAPI) async throws {
        try await withScriptedInstallation(over: api) { call in
            call.question == "Five" && call.conversation == "conv_1" ? overflow.play : .usual
        } _: { installation, upstream, _ in
            try await installation.servingHere { api in
                for question in ["One", "Two", "Three", "Four"] { _ = try await api.ask(question, as: "ana") }
                try await expectAnswer(from: api, to: "Five", true)
                let made = upstream.calls.filter { $0.operation == .createConversation }
                let carried = ["Two", "Three", "Four"].flatMap { question in
                    [
                        ScriptedOpenAI.Message("user", question),
                        ScriptedOpenAI.Message("assistant", ScriptedResponse.text(answering: question)),
                    ]
                }
                #expect(made.map(\.messages) == [[], carried])
                #expect(Array(upstream.conversations.keys) == ["conv_2"], "the old one is deleted")
                #expect(try await api.ask("Six", as: "ana").threadId == "conv_2")
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aConversationWhoseLastTurnsAreTooLongBeginsAnew(api: UpstreamAPI) async throws {
        try await withScriptedInstallation(over: api) { call in
            call.question == "Two" && call.conversation != "conv_3"
                ? .reply(.error(400, code: "context_length_exceeded")) : .usual
        } _: { installation, upstream, _ in
            try await installation.servingHere { api in
                _ = try await api.ask("One", as: "ana")
                try await expectAnswer(from: api, to: "Two", false)
                #expect(
                    upstream.calls.filter { $0.operation == .createConversation }.map(\.messages.count) == [0, 2, 0]
                )
                #expect(Array(upstream.conversations.keys) == ["conv_3"])
            }
        }
    }

    private func expectAnswer(from api: API, to question: String, _ isStreamed: Bool) async throws {
        guard isStreamed else {
            #expect(try await api.ask(question, as: "ana").answer == ScriptedResponse.text(answering: question))
            return
        }
        let events = try await api.streaming(ChatQuestion(question, by: "ana")) { try await $0.events() }
        #expect(events.last?.name == "done")
        #expect(events.map(\.text).joined() == ScriptedResponse.text(answering: question))
    }
}
