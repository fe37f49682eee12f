import TestSupport
import Testing

@testable import PolicyAssistant

/// No citation mark reaches a caller, in whichever form the model writes it and over whichever protocol it comes.
@Suite struct MarksInConversationsTests {
    private static let said = [
        "Leave is 27 days\u{E200}filecite\u{E202}turn0", "file0\u{E201} a year【4:0†lea", "ve.md】, <|file-1",
        "|>【重要】 and",
        " more\u{E200}cite\u{E202}turn0fi",
    ]
    private static let clean = "Leave is 27 days a year, 【重要】 and more"

    @Test(arguments: [false, true], UpstreamAPI.allCases)
    func answersStreamsAndHistoriesHoldNone(isStreamed: Bool, api: UpstreamAPI) async throws {
        try await withChatFixture(over: api) { call in
            call.operation == .createResponse ? .response { $0.pieces = Self.said } : .usual
        } _: { fixture in
            try await fixture.withAssistant { assistant in
                let user = try UserID("ana")
                let asked = "What of 【4:0†leave.md】?"
                let question = Question(asked, by: user, isStreamed: isStreamed)
                let turn = try await assistant.turns.begin(question)
                let pieces = try await turn.events().compactMap { event in
                    if case .delta(let text, _) = event { text } else { nil }
                }
                let answer = try await turn.answer()
                #expect(answer.text == Self.clean)
                #expect(pieces.joined() == (isStreamed ? Self.clean : ""))
                #expect(answer.citations.map(\.filename) == ["leave.md"])
                let messages = try await assistant.messages(of: user, limit: 10)
                #expect(messages.map(\.text) == [asked, Self.clean])
            }
        }
    }
}
