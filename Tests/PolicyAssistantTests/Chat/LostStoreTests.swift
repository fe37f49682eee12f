import TestSupport
import Testing

@testable import PolicyAssistant

/// Somebody has deleted the vector store upstream, and nobody has synced since.
@Suite struct LostStoreTests {
    /// The ways in which upstream says that it has no such object.
    static let refusals: [ScriptedReply] = [
        .unknownObject,
        .body(
            #"{"error": {"message": "Vector store 'vs_1' not found.", "type": "invalid_request_error"}}"#,
            status: 400
        ),
    ]

    private func code(_ body: () async throws -> Void) async -> PolicyAssistantError.Code? {
        do {
            try await body()
            return nil
        } catch {
            return (error as? PolicyAssistantError)?.code
        }
    }

    @Test(arguments: refusals.indices)
    func isNotReadyAndSaysWhatToDo(_ refusal: Int) async throws {
        try await withChatFixture { call in
            call.operation == .retrieveStore ? .reply(Self.refusals[refusal]) : .usual
        } _: { fixture in
            try await fixture.withAssistant { assistant in
                let error = await #expect(throws: PolicyAssistantError.self) { try await assistant.checkReadiness() }
                #expect(error?.code == .vectorStoreLost)
                #expect(error?.message.contains("policy-assistant sync --repair") == true)
                for _ in 0..<20 { _ = await code { try await assistant.checkReadiness() } }
                #expect(fixture.upstream.calls.count { $0.operation == .retrieveStore } == 1)
            }
        }
    }

    @Test func anExpiredStoreIsLostAndOneThatMayNotBeSeenIsNot() async throws {
        let expired = #"{"id": "vs_1", "object": "vector_store", "status": "expired"}"#
        for (reply, expected) in [
            (ScriptedReply.json(expired), PolicyAssistantError.Code.vectorStoreLost), (.error(403), nil),
        ] {
            try await withChatFixture { call in
                call.operation == .retrieveStore ? .reply(reply) : .usual
            } _: { fixture in
                try await fixture.withAssistant { assistant in
                    #expect(await code { try await assistant.checkReadiness() } == expected)
                }
            }
        }
    }

    @Test(arguments: refusals.indices, UpstreamAPI.allCases)
    func aQuestionSaysSoAndKeepsItsThread(_ refusal: Int, api: UpstreamAPI) async throws {
        try await withChatFixture(over: api) { call in
            let isRefused = call.operation == .retrieveStore || call.question == "Two"
            return isRefused ? .reply(Self.refusals[refusal]) : .usual
        } _: { fixture in
            try await fixture.withAssistant { assistant in
                let thread = try await assistant.answer(Question("One", by: UserID("ana"))).threadID
                #expect(
                    await code { _ = try await assistant.answer(Question("Two", by: UserID("ana"))) }
                        == .vectorStoreLost
                )
                #expect(try await assistant.thread(of: UserID("ana")).id == thread)
                #expect(fixture.upstream.questions.count { $0 == "Two" } == 1)
            }
        }
    }

    @Test func aThreadThatCannotBeMadeOverItSaysSo() async throws {
        try await withChatFixture(over: .assistants) { call in
            [.retrieveStore, .createConversation].contains(call.operation) ? .reply(.unknownObject) : .usual
        } _: { fixture in
            try await fixture.withAssistant { assistant in
                #expect(
                    await code { _ = try await assistant.answer(Question("One", by: UserID("ana"))) }
                        == .vectorStoreLost
                )
            }
        }
    }
}
