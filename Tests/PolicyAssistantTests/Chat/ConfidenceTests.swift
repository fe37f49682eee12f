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
                let told = Told()
                let place = try assistant.chat.lineUp(question)
                let answer = try await assistant.chat.answer(question, at: place) { await told.add($0) }
                let text = "I am not sure that this answers it:\n\n27 days."
                #expect(answer.text == text)
                #expect(answer.confidence == .unsure)
                #expect(await told.pieces.map(\.text).joined() == text)
                #expect(await told.pieces.map(\.confidence) == [nil, .unsure, nil])
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

    private actor Told {
        var pieces: [(text: String, confidence: AnswerConfidence?)] = []

        func add(_ event: TurnEvent) {
            if case .delta(let piece, let confidence) = event { pieces.append((piece, confidence)) }
        }
    }
}
