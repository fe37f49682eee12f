import OpenAI
import Redis
import Testing

@testable import PolicyAssistant

@Suite struct LegacyThreadsTests {
    @Test func aThreadThatUpstreamHasGoesOnAsItsUsers() async throws {
        try await withLegacyFixture(.assistants) { fixture in
            let store = try await fixture.bringDocumentsIntoForce()
            let thread = try await fixture.thread(of: "ana@example.com")
            #expect(try await fixture.run() == ["ana@example.com": .adopted])
            let record = try await fixture.assistant.thread(of: UserID("ana@example.com"))
            #expect(record.id == thread && record.upstreamProtocol == .assistants && record.revision == 3)
            #expect(try await fixture.openAI.threads.retrieve(thread).vectorStoreIDs == [store])
            #expect(try await fixture.threads.send(.exists("ana@example.com")).integer == 0)
        }
    }

    @Test(arguments: [false, true])
    func underTheNewerProtocolItIsRetired(isDeleted: Bool) async throws {
        try await withLegacyFixture(.responses) { fixture in
            _ = try await fixture.bringDocumentsIntoForce()
            let thread = try await fixture.thread(of: "ana")
            #expect(try await fixture.run { $0.deletesThreads = isDeleted } == ["ana": .retired])
            #expect(try await fixture.hasThread(thread) != isDeleted)
            #expect(try await fixture.threads.send(.exists("ana")).integer == 0)
            #expect(try await fixture.assistant.threads.thread(of: UserID("ana")) == nil)
        }
    }

    @Test func oneThatCannotBeItsUsersAloneIsRetired() async throws {
        try await withLegacyFixture(.assistants) { fixture in
            _ = try await fixture.bringDocumentsIntoForce()
            _ = try await fixture.thread(of: "ana", "ben")
            _ = try await fixture.thread(of: "cem")
            _ = try await fixture.threads.send(.hset("thread:cem", ["id": "thread_newer", "revision": "3"]))
            _ = try await fixture.threads.send(.set("dia", "thread_gone"))
            let overlong = String(repeating: "e", count: 257)
            _ = try await fixture.thread(of: overlong)
            let used = try await fixture.thread(of: "finn")
            _ = try await fixture.threads.send(.hset("thread:gia", ["id": used, "revision": "3"]))

            let actions = try await fixture.run { $0.deletesThreads = true }
            #expect(Set(actions.keys) == ["ana", "ben", "cem", "dia", overlong, "finn"])
            #expect(actions.values.allSatisfy { $0 == .retired })
            #expect(try await fixture.assistant.thread(of: UserID("cem")).id == "thread_newer")
            #expect(try await fixture.hasThread(used), "gia has it")
        }
    }

    @Test func theThreadOfTheSettingsStaysUpstream() async throws {
        try await withLegacyFixture(.assistants) { fixture in
            _ = try await fixture.bringDocumentsIntoForce()
            let shared = try await fixture.thread(of: "everybody")
            var sharing = fixture
            sharing.settings.sharedThread = shared
            #expect(try await sharing.run { $0.deletesThreads = true } == ["everybody": .retired])
            #expect(try await fixture.hasThread(shared))
        }
    }

    @Test func withoutDocumentsItWaitsForASync() async throws {
        try await withLegacyFixture(.assistants) { fixture in
            let thread = try await fixture.thread(of: "ana")
            #expect(try await fixture.run() == ["ana": .kept])
            #expect(try await fixture.threads.send(.get("ana")).string == thread)
            _ = try await fixture.bringDocumentsIntoForce()
            #expect(try await fixture.run() == ["ana": .adopted])
        }
    }

    @Test func nothingElseIsTouched() async throws {
        try await withLegacyFixture(.responses) { fixture in
            for key in ["lock:x", "waiting:x", "turn:x", "key:x", "rate:x", "revision", "undeleted"] {
                _ = try await fixture.threads.send(.set(key, "thread_abc"))
            }
            for (key, value) in [("a", "hello"), ("b", "thread_"), ("c", "thread_a b"), ("d", "file-abc")] {
                _ = try await fixture.threads.send(.set(key, value))
            }
            _ = try await fixture.threads.send(.hset("e", ["id": "thread_abc"]))
            let before = try await fixture.contents(of: fixture.threads)
            #expect(try await fixture.run { $0.deletesThreads = true }.isEmpty)
            #expect(try await fixture.contents(of: fixture.threads) == before)
        }
    }

    @Test func aDryRunChangesNothing() async throws {
        try await withLegacyFixture(.assistants) { fixture in
            _ = try await fixture.bringDocumentsIntoForce()
            let thread = try await fixture.thread(of: "ana")
            let gone = try await fixture.thread(of: "ben", "cem")
            let before = try await fixture.contents(of: fixture.threads)
            let actions = try await fixture.run { ($0.isDryRun, $0.deletesThreads) = (true, true) }
            #expect(actions == ["ana": .adopted, "ben": .retired, "cem": .retired])
            #expect(try await fixture.contents(of: fixture.threads) == before)
            #expect(try await fixture.openAI.threads.retrieve(thread).vectorStoreIDs.isEmpty)
            #expect(try await fixture.hasThread(gone))
        }
    }

    @Test func aRunThatWasBrokenOffIsToldByTheNextAndEndsTheSame() async throws {
        try await withLegacyFixture(.assistants) { fixture in
            _ = try await fixture.bringDocumentsIntoForce()
            let thread = try await fixture.thread(of: "ana", "ben")
            // As a run leaves it that was killed between the two.
            let keys = LegacyDatabase(redis: fixture.threads, kind: .thread)
            let done = LegacyOutcome(kind: .thread, key: "ana", id: thread, action: .retired, reason: "")
            #expect(try await keys.settle(done))
            let expected: [String: LegacyOutcome.Action] = ["ana": .retired, "ben": .retired]
            #expect(try await fixture.run() == expected, "ben does not get what was ana's too")
            #expect(try await fixture.run() == expected, "until it is acknowledged")
            try await fixture.assistant.legacyImport.acknowledge()
            #expect(try await fixture.run().isEmpty)
        }
    }

    @Test func aKeyThatChangesMeanwhileIsKept() async throws {
        try await withLegacyFixture(.responses) { fixture in
            let thread = try await fixture.thread(of: "ana")
            _ = try await fixture.threads.send(.set("ana", "thread_other"))
            let keys = LegacyDatabase(redis: fixture.threads, kind: .thread)
            let outcome = LegacyOutcome(kind: .thread, key: "ana", id: thread, action: .retired, reason: "")
            #expect(try await !keys.settle(outcome))
            #expect(try await fixture.threads.send(.get("ana")).string == "thread_other")
        }
    }
}
