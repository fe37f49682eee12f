import Foundation
import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct ThreadsDatabaseTests {
    private func thread(_ id: String, revision: Int = 1) -> ThreadRecord {
        ThreadRecord(
            id: id,
            upstreamProtocol: .responses,
            baseURL: "embedded",
            revision: revision,
            createdAt: Date(timestamp: "2026-11-21T03:36:00Z"),
            lastUsedAt: Date(timestamp: "2026-11-22T04:00:00Z")
        )
    }

    private func withDatabase(_ body: (ThreadsDatabase, RedisClient) async throws -> Void) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                try await body(ThreadsDatabase(redis: redis), redis)
            }
        }
    }

    private func begin(_ user: UserID, in database: ThreadsDatabase, by replica: String = "a") async throws -> (
        ThreadsDatabase.TurnLock, ThreadRecord?
    ) {
        guard case .admitted(let lock, let thread, _) = try await database.begin(ThreadOwner(user: user), in: replica)
        else {
            throw PolicyAssistantError.userBusy
        }
        return (lock, thread)
    }

    @Test func aTurnLeavesItsThreadToTheNext() async throws {
        try await withDatabase { database, redis in
            let ana = try UserID("ana")
            let (first, none) = try await begin(ana, in: database)
            #expect(none == nil)
            #expect(try await database.assign(thread("conv_1"), under: first) == .assigned)
            try await database.end(first, used: "conv_1", at: Date(timeIntervalSince1970: 0))
            let (second, found) = try await begin(ana, in: database)
            #expect(found?.id == "conv_1")
            #expect(found?.lastUsedAt == Date(timeIntervalSince1970: 0))
            try await database.end(second)
            #expect(try await redis.send(.exists("lock:ana")).integer == 0)
        }
    }

    @Test func turnsOfOneUserExcludeOneAnother() async throws {
        try await withDatabase { database, _ in
            let ana = try UserID("ana")
            let (turn, _) = try await begin(ana, in: database)
            guard case .occupied = try await database.begin(ThreadOwner(user: ana), in: "b") else {
                Issue.record("two turns at once")
                return
            }
            _ = try await begin(UserID("ben"), in: database)
            try await database.end(turn)
            _ = try await begin(ana, in: database, by: "b")
        }
    }

    @Test func aTurnThatLostItsLockAssignsNothing() async throws {
        try await withDatabase { database, redis in
            let ana = try UserID("ana")
            let (stale, _) = try await begin(ana, in: database)
            _ = try await redis.send(.del("lock:ana"))
            let (current, _) = try await begin(ana, in: database)
            #expect(try await database.assign(thread("conv_new"), under: current) == .assigned)
            #expect(try await database.assign(thread("conv_stale"), under: stale) == .lockLost)
            try await database.end(stale, used: "conv_stale")
            #expect(try await database.thread(of: ana)?.id == "conv_new")
            #expect(try await redis.send(.exists("lock:ana")).integer == 1, "the lock is another turn's")
        }
    }

    @Test func whatAReplicaLeftLockedIsNotInItsOwnWay() async throws {
        try await withDatabase { database, _ in
            let ana = try UserID("ana")
            let (abandoned, _) = try await begin(ana, in: database, by: "a")
            let (current, _) = try await begin(ana, in: database, by: "a")
            #expect(try await database.renew([abandoned]) == [false])
            #expect(try await database.assign(thread("conv_late"), under: abandoned) == .lockLost)
            #expect(try await database.assign(thread("conv_new"), under: current) == .assigned)
            guard case .occupied = try await database.begin(ThreadOwner(user: ana), in: "ab") else {
                Issue.record("another replica with a similar name got in")
                return
            }
        }
    }

    @Test func aLockThatIsRenewedLivesOnAndOneThatIsLostDoesNot() async throws {
        try await withDatabase { database, redis in
            let (lock, _) = try await begin(UserID("ana"), in: database)
            _ = try await redis.send(.expire("lock:ana", after: .seconds(1)))
            #expect(try await database.renew([lock]) == [true])
            let remaining = try await redis.send(RedisCommand("PTTL", ["lock:ana"])).integer ?? 0
            #expect(remaining > 1000)
            _ = try await redis.send(.del("lock:ana"))
            #expect(try await database.renew([lock]) == [false])
        }
    }

    @Test func noThreadOfAFlushedRevisionIsRecorded() async throws {
        try await withDatabase { database, _ in
            let ana = try UserID("ana")
            let (lock, _) = try await begin(ana, in: database)
            try await database.requireRevision(2)
            #expect(try await database.assign(thread("conv_1", revision: 1), under: lock) == .outdated)
            #expect(try await database.thread(of: ana) == nil)
            #expect(try await database.assign(thread("conv_2", revision: 2), under: lock) == .assigned)
        }
    }

    @Test func anEndingTurnDoesNotBringBackAThreadThatWasFlushed() async throws {
        try await withDatabase { database, _ in
            let ana = try UserID("ana")
            let (turn, _) = try await begin(ana, in: database)
            _ = try await database.assign(thread("conv_1"), under: turn)
            try await database.removeThread("conv_1", of: ThreadOwner(user: ana))
            try await database.end(turn, used: "conv_1", at: Date(timeIntervalSince1970: 0))
            #expect(try await database.thread(of: ana) == nil)
        }
    }

    @Test func aThreadThatIsReplacedIsListedInTheSameStep() async throws {
        try await withDatabase { database, _ in
            let ana = try UserID("ana")
            let (turn, _) = try await begin(ana, in: database)
            _ = try await database.assign(thread("conv_1"), under: turn)
            #expect(try await database.pendingDeletions().isEmpty)
            for _ in 0..<2 { _ = try await database.assign(thread("conv_2"), under: turn) }
            #expect(try await database.pendingDeletions() == [PendingThreadDeletion(thread("conv_1"))])
            #expect(try await database.pendingDeletions(of: ana) == [PendingThreadDeletion(thread("conv_1"))])
            #expect(try await database.pendingDeletions(of: UserID("ben")).isEmpty)
        }
    }

    @Test func aTurnLeavesTheIDsOfItsResponses() async throws {
        try await withDatabase { database, redis in
            let (turn, _) = try await begin(UserID("ana"), in: database)
            _ = try await database.assign(thread("conv_1"), under: turn)
            let trace = TurnTrace(thread: thread("conv_1"), responses: ["resp_1", "resp_2"])
            // Twice, as where Redis' first answer was lost.
            for _ in 0..<2 { try await database.end(turn, used: "conv_1", leaving: trace) }
            #expect(try await database.responses(of: "conv_1") == ["resp_1", "resp_2"])
            #expect(try await database.pendingDeletions().isEmpty, "the thread is in use")
            let lifetime = try await redis.send(RedisCommand("TTL", ["responses:conv_1"])).integer ?? 0
            #expect(lifetime > 30 * 86_400 && lifetime <= 35 * 86_400, "upstream keeps them for 30 days")
        }
    }

    @Test func responsesThatUpstreamNoLongerKeepsAreStruckOff() async throws {
        try await withDatabase { database, redis in
            let (turn, _) = try await begin(UserID("ana"), in: database)
            _ = try await database.assign(thread("conv_1"), under: turn)
            _ = try await redis.send(RedisCommand("ZADD", ["responses:conv_1", "1", "resp_old"]))
            let trace = TurnTrace(thread: thread("conv_1"), responses: ["resp_new"])
            try await database.end(turn, used: "conv_1", leaving: trace)
            #expect(try await database.responses(of: "conv_1") == ["resp_new"])
        }
    }

    @Test func aTurnInAThreadThatWasTakenFromItsUserPutsItOnTheListAgain() async throws {
        try await withDatabase { database, _ in
            let ana = try UserID("ana")
            let (turn, _) = try await begin(ana, in: database)
            _ = try await database.assign(thread("conv_1"), under: turn)
            try await database.deferDeletion(of: .init(owner: ThreadOwner(user: ana), record: thread("conv_1")))
            #expect(try await database.confirmDeletion(of: "conv_1"))
            let trace = TurnTrace(thread: thread("conv_1"), responses: ["resp_late"])
            try await database.end(turn, used: "conv_1", leaving: trace)
            #expect(try await database.pendingDeletions(of: ana) == [PendingThreadDeletion(thread("conv_1"))])
            #expect(try await !database.confirmDeletion(of: "conv_1"), "a response is left")
            #expect(try await database.confirmDeletion(of: "conv_1", with: ["resp_late"]))
            #expect(try await database.pendingDeletions().isEmpty)
        }
    }

    @Test func aFlushDoesNotTakeANewerThread() async throws {
        try await withDatabase { database, _ in
            let ana = try UserID("ana")
            let (turn, _) = try await begin(ana, in: database)
            _ = try await database.assign(thread("conv_2", revision: 2), under: turn)
            #expect(try await !database.removeThread("conv_1", of: ThreadOwner(user: ana)))
            #expect(try await database.thread(of: ana)?.id == "conv_2")
        }
    }

    @Test func findsThreadsOfOlderRevisionsOnly() async throws {
        try await withDatabase { database, redis in
            for (user, revision) in [("ana", 1), ("ben", 2), ("cem:*?", 1)] {
                let (turn, _) = try await begin(UserID(user), in: database)
                _ = try await database.assign(thread("conv_\(user)", revision: revision), under: turn)
            }
            _ = try await redis.send(.hset("threads", ["id": "not ours"]))
            var outdated: [ThreadsDatabase.OwnedThread] = []
            try await database.threads(olderThan: 2) { outdated += $0 }
            #expect(Set(outdated.map(\.owner.user.value)) == ["ana", "cem:*?"])
            #expect(try await database.count() == 3)
        }
    }

    @Test(arguments: ["", String(repeating: "x", count: 257), "line\nbreak", "nul\0"])
    func refusesIdentifiersThatNoSystemGives(_ text: String) {
        #expect(throws: PolicyAssistantError.self) { try UserID(text) }
    }

    @Test func usersWhoseNamesOnlyLookAlikeAreTwo() throws {
        let (composed, decomposed) = (try UserID("zo\u{EB}"), try UserID("zoe\u{308}"))
        #expect(composed != decomposed && Set([composed, decomposed, composed]).count == 2)
        #expect(composed.pseudonym != decomposed.pseudonym)
    }

    @Test func pseudonymsTellUsersApartAndNothingElse() throws {
        let (ana, ben) = (try UserID("ana@example.com"), try UserID("ben@example.com"))
        #expect(ana.pseudonym != ben.pseudonym)
        #expect(ana.pseudonym == (try UserID("ana@example.com")).pseudonym)
        #expect(!ana.pseudonym.contains("ana"))
        #expect(ana.pseudonym.utf8.count <= 64)
    }
}
