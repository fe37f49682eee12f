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
                let told = Told()
                let place = try assistant.chat.lineUp(question)
                let answer = try await assistant.chat.answer(question, at: place) { await told.add($0) }
                #expect(answer.text == Self.clean)
                #expect(await told.text == (isStreamed ? Self.clean : ""))
                #expect(answer.citations.map(\.filename) == ["leave.md"])
                let messages = try await assistant.messages(of: user, limit: 10)
                #expect(messages.map(\.text) == [asked, Self.clean])
            }
        }
    }

    private actor Told {
        var text = ""

        func add(_ event: TurnEvent) {
            if case .delta(let piece, _) = event { text += piece }
        }
    }
}
