import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

/// The thread that the settings name for callers who name no user.
@Suite struct SharedThreadTests {
    /// Runs a fixture whose settings name a thread that upstream has.
    private func withSharedThread(
        over api: UpstreamAPI,
        _ script: @escaping ScriptedOpenAI.Script = { _ in .usual },
        _ body: (ChatFixture, _ shared: String) async throws -> Void
    ) async throws {
        try await withChatFixture(over: api, script) { fixture in
            var fixture = fixture
            let shared = fixture.upstream.makeConversation()
            fixture.settings.sharedThread = shared
            try await body(fixture, shared)
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func turnsInItFollowOneAnotherOverReplicas(api: UpstreamAPI) async throws {
        try await withSharedThread(over: api) { fixture, shared in
            try await fixture.withAssistant { first in
                try await fixture.withAssistant { second in
                    try await withThrowingTaskGroup(of: String.self) { group in
                        for number in 1...20 {
                            let assistant = number.isMultiple(of: 2) ? first : second
                            group.addTask {
                                try await assistant.answer(Question("\(number)", by: .anonymous)).threadID
                            }
                        }
                        for try await thread in group { #expect(thread == shared) }
                    }
                }
            }
            let said = try #require(fixture.upstream.conversations[shared])
            #expect(said.count == 40)
            for (question, answer) in zip(said, said.dropFirst()).filter({ $0.0.role == "user" }) {
                #expect(answer.text == ScriptedResponse.text(answering: question.text), "no turn came between")
            }
            #expect(fixture.upstream.conversations.count == 1)
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func itStaysWhenTheDocumentsChange(api: UpstreamAPI) async throws {
        try await withSharedThread(over: api) { fixture, shared in
            try await fixture.withAssistant { assistant in
                _ = try await assistant.answer(Question("One", by: .anonymous))
                try await fixture.switchOver(to: 2)
                _ = try await assistant.sync.flush()
                let answer = try await assistant.answer(Question("Two", by: .anonymous))
                #expect(answer.threadID == shared && answer.revision == 2)
                #expect(fixture.upstream.conversations[shared]?.count == 4)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func itIsNotReplacedWhenUpstreamDoesNotKnowIt(api: UpstreamAPI) async throws {
        try await withChatFixture(over: api) { fixture in
            var fixture = fixture
            fixture.settings.sharedThread = "conv_unknown"
            try await fixture.withAssistant { assistant in
                let error = try await error { try await assistant.answer(Question("One", by: .anonymous)) }
                #expect(error.code == .upstreamFailed && error.message.contains("THREAD_ID"))
                #expect(fixture.upstream.conversations.isEmpty)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func itIsNotReplacedWhenItIsTooLong(api: UpstreamAPI) async throws {
        try await withSharedThread(over: api) { call in
            call.question == "Long" ? .reply(.error(400, code: "context_length_exceeded")) : .usual
        } _: { fixture, shared in
            try await fixture.withAssistant { assistant in
                let error = try await error { try await assistant.answer(Question("Long", by: .anonymous)) }
                #expect(error.code == .upstreamFailed && error.message.contains("THREAD_ID"))
                #expect(Array(fixture.upstream.conversations.keys) == [shared])
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func noUserWhoIsNamedGetsIt(api: UpstreamAPI) async throws {
        try await withSharedThread(over: api) { fixture, shared in
            try await fixture.withAssistant { assistant in
                let ana = try UserID("ana")
                try await fixture.redis.withClient { redis in
                    _ = try await redis.send(
                        .hset("thread:ana", ["id": shared, "protocol": api.rawValue, "revision": "1"])
                    )
                    _ = try await redis.send(
                        .hset("thread:ben", ["id": shared, "protocol": api.rawValue, "revision": "0"])
                    )
                }
                #expect(try await assistant.answer(Question("Mine?", by: ana)).threadID != shared)
                #expect(try await assistant.sync.flush().threadsFlushed == 1, "what ben had was of older documents")
                #expect(fixture.upstream.conversations[shared] != nil)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aStreamedTurnInItIsFoundOnAnotherReplica(api: UpstreamAPI) async throws {
        try await withSharedThread(over: api) { fixture, shared in
            try await fixture.withAssistant { first in
                let turn = try await first.turns.begin(Question("One", by: .anonymous, isStreamed: true))
                #expect(try await turn.answer().threadID == shared)
                try await fixture.withAssistant { second in
                    let found = try await second.turns.find(turn.id)
                    #expect(found.user == .anonymous)
                    #expect(try await found.answer().threadID == shared)
                }
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func withoutItAUserHasToBeNamed(api: UpstreamAPI) async throws {
        try await withChatFixture(over: api) { fixture in
            try await fixture.withAssistant { assistant in
                let error = try await error { try await assistant.answer(Question("One", by: .anonymous)) }
                #expect(error.code == .invalidField && error.field == "user_id")
            }
        }
    }

    private func error(_ body: () async throws -> Answer) async throws -> PolicyAssistantError {
        do {
            _ = try await body()
        } catch let error as PolicyAssistantError {
            return error
        }
        throw NoError()
    }

    private struct NoError: Error {}
}
