import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

/// Threads that an earlier upstream has: the one in force is never asked about them, and they are kept in mind.
@Suite struct FormerUpstreamTests {
    private let former = "https://former.example/v1"

    /// Runs an assistant, of whose users Ana's thread is at another upstream since an earlier revision.
    private func withFormerThread(
        over api: UpstreamAPI,
        _ body: (ChatFixture, Assistant, _ ana: UserID) async throws -> Void
    ) async throws {
        try await withChatFixture(over: api) { fixture in
            try await fixture.switchOver(to: 2)
            try await fixture.redis.withClient { redis in
                let thread = ["id": "conv_former", "protocol": api.rawValue, "base_url": former, "revision": "1"]
                _ = try await redis.send(.hset("thread:ana", thread))
            }
            try await fixture.withAssistant { assistant in
                try await body(fixture, assistant, try UserID("ana"))
                let kept = PendingThreadDeletion(
                    id: "conv_former",
                    upstreamProtocol: UpstreamProtocol(rawValue: api.rawValue),
                    baseURL: former
                )
                #expect(try await assistant.threads.pendingDeletions() == [kept])
                #expect(fixture.upstream.calls.allSatisfy { $0.conversation != "conv_former" })
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aTurnBeginsANewThread(api: UpstreamAPI) async throws {
        try await withFormerThread(over: api) { _, assistant, ana in
            let thread = try await assistant.answer(Question("One", by: ana)).threadID
            #expect(thread != "conv_former")
            #expect(try await assistant.threads.thread(of: ana)?.id == thread)
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aFlushDoesNotCountThemAndTriesNoneAgain(api: UpstreamAPI) async throws {
        try await withFormerThread(over: api) { _, assistant, ana in
            for _ in 0..<2 {
                let receipt = try await assistant.sync.flush()
                #expect(receipt.threadsFlushed == 0 && receipt.threadsNotFlushed == 0)
            }
            #expect(try await assistant.threads.thread(of: ana) == nil)
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aThreadThatWasNotedWithoutItsUpstreamIsDeletedHere(api: UpstreamAPI) async throws {
        try await withChatFixture(over: api) { fixture in
            let thread = fixture.upstream.makeConversation()
            try await fixture.redis.withClient { redis in
                _ = try await redis.send(.hset("undeleted", [thread: api.rawValue]))
            }
            try await fixture.withAssistant { assistant in
                let receipt = try await assistant.sync.flush()
                #expect(receipt.threadsFlushed == 1)
                #expect(fixture.upstream.conversations.isEmpty)
                #expect(try await assistant.threads.pendingDeletions().isEmpty)
            }
        }
    }

    @Test(arguments: UpstreamAPI.allCases)
    func aUserIsForgottenHere(api: UpstreamAPI) async throws {
        try await withFormerThread(over: api) { _, assistant, ana in
            let pending = PendingDeletion(threadID: "conv_former", responseIDs: [], reason: .formerUpstream)
            let left = try await assistant.forget(ana)
            #expect(left == [pending])
            #expect(try await assistant.threads.thread(of: ana) == nil)
        }
    }
}
