import Foundation
import HTTPTypes
import TestSupport
import Testing

@Suite struct ForgettingTests {
    @Test(arguments: UpstreamAPI.allCases)
    func theAnswerNamesWhatIsStillUpstream(api: UpstreamAPI) async throws {
        let isBack = Gate()
        try await withScriptedInstallation(over: api) { call in
            let isDeletion = [.deleteConversation, .deleteResponse].contains(call.operation)
            return isDeletion && !isBack.isOpen ? .reply(.error(400)) : .usual
        } _: { installation, upstream, _ in
            try await installation.serving { server in
                let document = try await server.send(.get, "/openapi.json").body
                let description = try Description(document)
                let forgetting = try #require(
                    description.operations.first { $0.path == "/threads/{user_id}" && $0.method == .delete }
                )
                let answer = try await server.ask("One", as: "ana")
                let pending = try await server.send(.delete, "/threads/ana")
                #expect(pending.status == 202)
                #expect(description.violations(of: pending, to: forgetting) == [])
                let named = try pending.decoded(Forgetting.self)
                #expect(named.userId == "ana")
                #expect(named.pending.map(\.threadId) == [answer.threadId])
                #expect(named.pending.map(\.responseIds) == [api == .responses ? [answer.responseId] : []])
                #expect(named.pending.map(\.reason) == ["upstream_unavailable"])

                isBack.open()
                let gone = try await server.send(.delete, "/threads/ana")
                #expect(gone.status == 204 && gone.body.isEmpty)
                #expect(description.violations(of: gone, to: forgetting) == [])
                #expect(upstream.conversations.isEmpty && upstream.responses.isEmpty)
                let never = try await server.send(.delete, "/threads/ana")
                #expect(try never.decoded(ProblemDocument.self).code == "thread_not_found")
            }
        }
    }

    private struct Forgetting: Decodable {
        struct Pending: Decodable {
            let threadId: String
            let responseIds: [String]
            let reason: String
        }

        let userId: String
        let pending: [Pending]
    }
}
