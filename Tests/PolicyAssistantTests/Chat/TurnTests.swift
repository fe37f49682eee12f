import TestSupport
import Testing

@testable import PolicyAssistant

/// What holds for a turn whether it is journaled or not.
@Suite struct TurnTests {
    /// The ways to ask.
    enum Kind: CaseIterable {
        case plain, keyed, streamed
    }

    private let ana: UserID

    init() throws {
        ana = try UserID("ana")
    }

    private func question(_ message: String, _ kind: Kind) throws -> Question {
        let key = kind == .keyed ? try IdempotencyKey("k", for: message) : nil
        return Question(message, by: ana, isStreamed: kind == .streamed, idempotencyKey: key)
    }

    private func withHeldQuestion(
        _ kind: Kind,
        over api: UpstreamAPI,
        _ body: (Assistant, Turn, HeldCalls) async throws -> Void
    ) async throws {
        let held = HeldCalls()
        try await withChatFixture(over: api, held.script { $0.question == "Held" }) { fixture in
            try await fixture.withAssistant { assistant in
                let turn = try await assistant.turns.begin(question("Held", kind))
                await held.met()
                try await body(assistant, turn, held)
                held.goOn()
                // The lock is released, whatever became of the turn.
                _ = try await assistant.answer(Question("Next", by: ana))
            }
        }
    }

    @Test(arguments: Kind.allCases, UpstreamAPI.allCases)
    func canBeFoundAndEndedByItsID(kind: Kind, api: UpstreamAPI) async throws {
        try await withHeldQuestion(kind, over: api) { assistant, turn, _ in
            let found = try await assistant.turns.find(turn.id)
            #expect(found.user == ana)
            try await found.end()
            let error = await #expect(throws: PolicyAssistantError.self) { try await turn.answer() }
            #expect(error?.code == .turnCancelled)
            try await turn.end()
        }
    }

    @Test(arguments: Kind.allCases, UpstreamAPI.allCases)
    func isEndedAtShutdown(kind: Kind, api: UpstreamAPI) async throws {
        let held = HeldCalls()
        try await withChatFixture(over: api, held.script { $0.question == "Held" }) { fixture in
            try await fixture.withAssistant { assistant in
                let turn = try await assistant.turns.begin(question("Held", kind))
                await held.met()
                await assistant.turns.close(within: .zero)
                let error = await #expect(throws: PolicyAssistantError.self) { try await turn.answer() }
                #expect(error?.code == .shuttingDown)
                let late = await #expect(throws: PolicyAssistantError.self) {
                    try await assistant.turns.begin(question("Late", kind))
                }
                #expect(late?.code == .shuttingDown)
                #expect(assistant.turns.waiting == (0, 0))
                held.goOn()
            }
        }
    }

    @Test(arguments: Kind.allCases)
    func aCallerThatIsCancelledEndsOnlyATurnThatNobodyElseCanFollow(kind: Kind) async throws {
        try await withHeldQuestion(kind, over: .responses) { assistant, turn, held in
            let caller = Task { try await turn.answer() }
            caller.cancel()
            await #expect(throws: CancellationError.self) { try await caller.value }
            guard kind == .plain else {
                held.goOn()
                let answer = try await assistant.turns.find(turn.id).answer()
                #expect(answer.responseID == "resp_1")
                return
            }
            await #expect(throws: PolicyAssistantError.self) { try await assistant.turns.find(turn.id) }
        }
    }

    @Test func aPlainTurnLeavesNoEventsInRedis() async throws {
        try await withChatFixture { fixture in
            try await fixture.withAssistant { assistant in
                let turn = try await assistant.turns.begin(question("One", .plain))
                let answer = try await turn.answer()
                #expect(try await turn.answer() == answer, "its caller has it for as long as it likes")
                let error = await #expect(throws: PolicyAssistantError.self) {
                    try await fixture.withAssistant { try await $0.turns.find(turn.id) }
                }
                #expect(error?.code == .turnNotFound)
            }
        }
    }
}
