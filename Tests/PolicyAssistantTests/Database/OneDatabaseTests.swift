import Foundation
import Redis
import Testing

@testable import PolicyAssistant

/// One Redis database for threads and documents, with a user whose name is that of the former lock.
@Suite struct OneDatabaseTests {
    private let text = "# Leave\n\nEmployees get 27 days of annual leave.\n"

    private func lock(_ fixture: LegacyFixture) -> SyncLock {
        SyncLock(files: fixture.assistant.files, threads: fixture.assistant.threads)
    }

    @Test func userCalledSyncIsAnsweredWhileASyncIsAtWork() async throws {
        try await withLegacyFixture(.responses, filesDatabase: 0) { fixture in
            try fixture.write(text, to: "leave.md")
            _ = try await fixture.assistant.sync.run()
            let answer = try await lock(fixture).hold(waits: false, onWaiting: { _ in }) { lease in
                #expect(lease.key.name == "sync:lock" && lease.formerKey == nil)
                #expect(try await fixture.threads.send(.exists("lock:sync")).integer == 0)
                return try await fixture.assistant.answer(
                    Question("How many days of annual leave do I get?", by: try UserID("sync"))
                )
            }
            #expect(answer.text.contains("27 days"))
        }
    }

    @Test func aSyncRunsWhileAUserCalledSyncIsAnswered() async throws {
        try await withLegacyFixture(.responses, filesDatabase: 0) { fixture in
            try fixture.write(text, to: "leave.md")
            guard
                case .admitted(let turn, _, _) = try await fixture.assistant.threads.begin(
                    ThreadOwner(user: try UserID("sync")),
                    in: "r"
                )
            else {
                Issue.record("the user's lock was not given")
                return
            }
            #expect(turn.key.name == "lock:sync")
            let isHeld = try await lock(fixture).hold(waits: false, onWaiting: { _ in }) { _ in
                try await fixture.threads.send(.get("lock:sync")).string == turn.token
            }
            #expect(isHeld)
            try await fixture.assistant.threads.end(turn)
        }
    }

    @Test func eachCountsAndClearsItsOwn() async throws {
        try await withLegacyFixture(.responses, filesDatabase: 0) { fixture in
            try fixture.write(text, to: "leave.md")
            _ = try await fixture.assistant.sync.run()
            for user in ["sync", "corpus", "documents", "revision"] {
                _ = try await fixture.assistant.answer(Question("How many days?", by: try UserID(user)))
            }
            #expect(try await fixture.assistant.threads.count() == 4)
            #expect(try await fixture.assistant.files.documents().map(\.path) == ["leave.md"])
            // A change of the documents flushes every thread, and nothing else.
            try fixture.write(text.replacing("27", with: "29"), to: "leave.md")
            var options = SyncOptions()
            options.rereadsAll = true
            let receipt = try await fixture.assistant.sync.run(options)
            #expect(receipt.replaced == ["leave.md"] && receipt.threadsFlushed == 4)
            #expect(try await fixture.assistant.threads.count() == 0)
            #expect(try await fixture.assistant.files.documents().map(\.path) == ["leave.md"])
            #expect(try await fixture.assistant.sync.flush().threadsNotFlushed == 0)
        }
    }

    @Test func whatAnOlderDeploymentLeftIsToldOnceAndNothingOfOursIsTaken() async throws {
        try await withLegacyFixture(.responses, filesDatabase: 0) { fixture in
            _ = try await fixture.threads.send(.set("ana", "thread_abc"))
            _ = try await fixture.files.send(.set("gone.md", "file-abc"))
            // What begins as ours does is ours, whatever it holds.
            _ = try await fixture.files.send(.set("sync:other", "thread_def"))
            #expect(try await fixture.run() == ["ana": .retired, "gone.md": .discarded])
            #expect(try await fixture.run() == ["ana": .retired, "gone.md": .discarded], "not reported yet")
            try await fixture.assistant.legacyImport.acknowledge()
            #expect(try await fixture.run().isEmpty)
            #expect(try await fixture.files.send(.get("sync:other")).string == "thread_def")
            #expect(try await fixture.files.send(.smembers("trash")).array == [.string("file-abc")])
        }
    }

    @Test func inTwoDatabasesEarlierVersionsFindTheirLockTaken() async throws {
        try await withLegacyFixture(.responses) { fixture in
            try await lock(fixture).hold(waits: false, onWaiting: { _ in }) { lease in
                let tokens = try await fixture.files.send(.mget(["lock:sync", "sync:lock"])).array
                #expect(tokens == [.string(lease.token), .string(lease.token)])
            }
            for key in ["lock:sync", "sync:lock"] {
                #expect(try await fixture.files.send(.exists(key)).integer == 0)
            }
            _ = try await fixture.files.send(.set("lock:sync", "0123 other-host 4711 2026-11-21T03:36:00Z"))
            let error = await #expect(throws: PolicyAssistantError.self) {
                _ = try await fixture.assistant.sync.run()
            }
            #expect(error?.code == .syncRunning)
            #expect(error?.message.contains("other-host") == true)
        }
    }
}
