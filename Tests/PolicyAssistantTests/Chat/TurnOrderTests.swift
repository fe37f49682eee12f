import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct TurnOrderTests {
    private let ana: UserID
    private let held = HeldCalls()

    init() throws {
        ana = try UserID("ana")
    }

    /// Runs two replicas, of whose calls upstream holds up those that are meant; without more, the making of threads.
    private func withReplicas(
        over api: UpstreamAPI,
        holding isMeant: @escaping @Sendable (ScriptedOpenAI.Call) -> Bool = { $0.operation == .createConversation },
        _ body: (_ fixture: ChatFixture, _ first: Assistant, _ second: Assistant) async throws -> Void
    ) async throws {
        try await withChatFixture(over: api, held.script(isMeant)) { fixture in
            try await fixture.withAssistant { first in
                try await fixture.withAssistant { second in
                    try await body(fixture, first, second)
                }
            }
        }
    }

    /// Waits until one call of Ana's is upstream, and that many of her questions wait in a replica.
    private func untilQuestionsWait(_ number: Int, at replica: Assistant, _ fixture: ChatFixture) async throws {
        try await until {
            fixture.upstream.calls.count == 1 && replica.turns.waiting.forUsers == number
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func turnsOfAUserAreAskedInTheOrderInWhichTheyCameToEachReplica(api: UpstreamAPI) async throws {
        try await withReplicas(over: api) { fixture, first, second in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (name, replica) in [("first", first), ("second", second)] {
                    for number in 1...25 {
                        group.addTask { [ana] in
                            _ = try await replica.answer(Question("\(name) \(number)", by: ana))
                        }
                        // The one replica's first runs, the other's stands in the line of replicas.
                        if name == "second" { try await fixture.untilAReplicaWaits(for: ana) }
                        try await untilQuestionsWait(number - 1, at: replica, fixture)
                    }
                }
                held.goOn()
                try await group.waitForAll()
            }
            let asked = fixture.upstream.questions
            #expect(asked.count == 50)
            for name in ["first", "second"] {
                #expect(asked.filter { $0.hasPrefix(name) } == (1...25).map { "\(name) \($0)" })
            }
            #expect(fixture.upstream.conversations.count == 1)
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aReplicaWithManyTurnsOfAUserLetsAnotherHaveItsTurn(api: UpstreamAPI) async throws {
        try await withReplicas(over: api) { fixture, first, second in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...20 {
                    group.addTask { [ana] in _ = try await first.answer(Question("\(number)", by: ana)) }
                    try await untilQuestionsWait(number - 1, at: first, fixture)
                }
                group.addTask { [ana] in _ = try await second.answer(Question("other", by: ana)) }
                try await fixture.untilAReplicaWaits(for: ana)
                held.goOn()
                try await group.waitForAll()
            }
            #expect(fixture.upstream.questions.prefix(3) == ["1", "other", "2"])
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aTurnThatIsEndedWhileItWaitsHoldsNobodyUp(api: UpstreamAPI) async throws {
        try await withReplicas(over: api, holding: { $0.question == "One" }) { fixture, first, second in
            async let one = first.answer(Question("One", by: ana))
            await held.met()
            let turn = try await second.turns.begin(Question("Two", by: ana, isStreamed: true))
            try await fixture.untilAReplicaWaits(for: ana)
            try await turn.end()
            await #expect(throws: PolicyAssistantError.self) { try await turn.answer() }
            try await fixture.untilNoReplicaWaits(for: ana)
            held.goOn()
            _ = try await one
            #expect(fixture.upstream.questions == ["One"])
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func streamedTurnsAreAskedInTheOrderInWhichTheyWereBegun(api: UpstreamAPI) async throws {
        try await withReplicas(over: api) { fixture, replica, _ in
            var turns: [Turn] = []
            for number in 1...25 {
                turns.append(try await replica.turns.begin(Question("\(number)", by: ana, isStreamed: true)))
            }
            held.goOn()
            for turn in turns { _ = try await turn.answer() }
            #expect(fixture.upstream.questions == (1...25).map(String.init))
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aServerThatEndsWaitsForAnswersOfEveryKind(api: UpstreamAPI) async throws {
        try await withReplicas(over: api, holding: { $0.operation == .createResponse }) { _, replica, _ in
            let order = try await withThrowingTaskGroup(of: String.self) { group in
                group.addTask { [ana] in
                    _ = try await replica.answer(Question("Whole", by: ana))
                    return "answered"
                }
                await held.met()
                group.addTask {
                    await replica.turns.close(within: .seconds(600))
                    return "closed"
                }
                try await until {
                    (try? await replica.turns.begin(Question("Late", by: ana))) == nil
                }
                held.goOn()
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(order == ["answered", "closed"])
        }
    }
}
