import Foundation
import TestSupport
import Testing

@testable import PolicyAssistant

/// How sure an answer is, from upstream to the caller.
@Suite struct ConfidenceTests {
    private static let doubtful = ["I am not ", "sure that this answers it:", "\n", "\n27 days.", "\n", "\n"]

    @Test(arguments: UpstreamAPI.allCases)
    func aStreamTellsThatAnAnswerMayBeNoneBeforeItsEnd(api: UpstreamAPI) async throws {
        try await withChatFixture(over: api) { call in
            call.operation == .createResponse ? .response { $0.pieces = Self.doubtful } : .usual
        } _: { fixture in
            try await fixture.withAssistant { assistant in
                let user = try UserID("ana")
                let question = Question("How many days?", by: user, isStreamed: true)
                let turn = try await assistant.turns.begin(question)
                let pieces =
                    try await turn.events().compactMap { event in
                        if case .delta(let text, let confidence) = event { (text, confidence) } else { nil }
                    } as [(text: String, confidence: AnswerConfidence?)]
                let answer = try await turn.answer()
                let text = "I am not sure that this answers it:\n\n27 days."
                #expect(answer.text == text)
                #expect(answer.confidence == .unsure)
                #expect(pieces.map(\.text).joined() == text)
                #expect(pieces.map(\.confidence) == [nil, .unsure, nil])
                let messages = try await assistant.messages(of: user, limit: 10)
                #expect(messages.map(\.confidence) == [nil, .unsure])
                #expect(messages.map(\.text) == ["How many days?", text])
            }
        }
    }

    @Test func theJournalKeepsItAndReadsWhatWasWrittenWithout() throws {
        let event = TurnEvent.delta("I am not sure", confidence: .unsure)
        let read = try JSONDecoder().decode(TurnEvent.self, from: JSONEncoder().encode(event))
        guard case .delta("I am not sure", .unsure) = read else {
            Issue.record("\(read)")
            return
        }
        let earlier = try JSONDecoder().decode(TurnEvent.self, from: Data(#"{"delta": "27 days"}"#.utf8))
        guard case .delta("27 days", nil) = earlier else {
            Issue.record("\(earlier)")
            return
        }
    }
}
