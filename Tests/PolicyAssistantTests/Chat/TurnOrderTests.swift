import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct TurnOrderTests {
    @Test func turnsOfAUserAreAskedInTheOrderInWhichTheyCameToEachReplica() async throws {
        let mayEnd = Gate()
        try await withChatFixture { call in
            if call.operation == .createConversation { await mayEnd.wait() }
            return .usual
        } _: { fixture in
            let ana = try UserID("ana")
            try await fixture.withAssistant { first in
                try await fixture.withAssistant { second in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for (name, assistant) in [("first", first), ("second", second)] {
                            for number in 1...25 {
                                group.addTask {
                                    _ = try await assistant.answer(Question("\(name) \(number)", by: ana))
                                }
                                // The one replica's first runs, the other's stands in the line of replicas.
                                if name == "second" { try await fixture.untilAReplicaWaits(for: ana) }
                                try await until {
                                    fixture.upstream.calls.count == 1
                                        && assistant.chat.waiting.forUsers == number - 1
                                }
                            }
                        }
                        mayEnd.open()
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
        }
    }

    @Test func aReplicaWithManyTurnsOfAUserLetsAnotherHaveItsTurn() async throws {
        let mayEnd = Gate()
        try await withChatFixture { call in
            if call.operation == .createConversation { await mayEnd.wait() }
            return .usual
        } _: { fixture in
            let ana = try UserID("ana")
            try await fixture.withAssistant { first in
                try await fixture.withAssistant { second in
                    try await withThrowingTaskGroup(of: Void.self) { group in
                        for number in 1...20 {
                            group.addTask { _ = try await first.answer(Question("\(number)", by: ana)) }
                            try await until {
                                fixture.upstream.calls.count == 1 && first.chat.waiting.forUsers == number - 1
                            }
                        }
                        group.addTask { _ = try await second.answer(Question("other", by: ana)) }
                        try await fixture.untilAReplicaWaits(for: ana)
                        mayEnd.open()
                        try await group.waitForAll()
                    }
                    #expect(fixture.upstream.questions.prefix(3) == ["1", "other", "2"])
                }
            }
        }
    }

    @Test func aTurnThatIsEndedWhileItWaitsHoldsNobodyUp() async throws {
        let (hasBegun, mayEnd) = (Gate(), Gate())
        try await withChatFixture { call in
            guard call.question == "One" else { return .usual }
            hasBegun.open()
            await mayEnd.wait()
            return .usual
        } _: { fixture in
            let ana = try UserID("ana")
            try await fixture.withAssistant { first in
                try await fixture.withAssistant { second in
                    async let one = first.answer(Question("One", by: ana))
                    await hasBegun.wait()
                    let turn = try await second.turns.begin(Question("Two", by: ana, isStreamed: true))
                    try await fixture.untilAReplicaWaits(for: ana)
                    try await turn.end()
                    await #expect(throws: PolicyAssistantError.self) { try await turn.answer() }
                    try await fixture.redis.withClient { redis in
                        try await until { try await redis.send(.exists("waiting:ana")).integer == 0 }
                    }
                    mayEnd.open()
                    _ = try await one
                    #expect(fixture.upstream.questions == ["One"])
                }
            }
        }
    }

    @Test func streamedTurnsAreAskedInTheOrderInWhichTheyWereBegun() async throws {
        let mayEnd = Gate()
        try await withChatFixture { call in
            if call.operation == .createConversation { await mayEnd.wait() }
            return .usual
        } _: { fixture in
            let ana = try UserID("ana")
            try await fixture.withAssistant { assistant in
                var turns: [Turn] = []
                for number in 1...25 {
                    turns.append(try await assistant.turns.begin(Question("\(number)", by: ana, isStreamed: true)))
                }
                mayEnd.open()
                for turn in turns { _ = try await turn.answer() }
                #expect(fixture.upstream.questions == (1...25).map(String.init))
            }
        }
    }

    @Test func aServerThatEndsWaitsForAnswersOfEveryKind() async throws {
        let (hasBegun, mayEnd) = (Gate(), Gate())
        try await withChatFixture { call in
            guard call.operation == .createResponse else { return .usual }
            hasBegun.open()
            await mayEnd.wait()
            return .usual
        } _: { fixture in
            let ana = try UserID("ana")
            try await fixture.withAssistant { assistant in
                let order = try await withThrowingTaskGroup(of: String.self) { group in
                    group.addTask {
                        _ = try await assistant.answer(Question("Whole", by: ana))
                        return "answered"
                    }
                    await hasBegun.wait()
                    group.addTask {
                        await assistant.turns.close(within: .seconds(600))
                        return "closed"
                    }
                    try await until {
                        (try? await assistant.turns.begin(Question("Late", by: ana))) == nil
                    }
                    mayEnd.open()
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(order == ["answered", "closed"])
            }
        }
    }
}
