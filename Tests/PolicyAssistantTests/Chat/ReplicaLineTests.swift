import Redis
import TestSupport
import Testing

@testable import PolicyAssistant

/// The line of replicas that wait for one user's lock.
@Suite struct ReplicaLineTests {
    private let ana: UserID

    init() throws {
        ana = try UserID("ana")
    }

    private func withDatabase(_ body: (ThreadsDatabase, RedisClient) async throws -> Void) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                try await body(ThreadsDatabase(redis: redis), redis)
            }
        }
    }

    /// The lock, or nil where the replica has to wait.
    private func begin(_ replica: String, _ database: ThreadsDatabase) async throws -> ThreadsDatabase.TurnLock? {
        guard case .admitted(let lock, _, _) = try await database.begin(ThreadOwner(user: ana), in: replica) else {
            return nil
        }
        return lock
    }

    @Test func aFreeLockGoesToTheReplicaThatHasWaitedLongest() async throws {
        try await withDatabase { database, redis in
            let first = try #require(try await begin("a", database))
            #expect(try await begin("b", database) == nil)
            #expect(try await begin("c", database) == nil)
            try await database.end(first)
            for replica in ["a", "c", "a"] {
                #expect(try await begin(replica, database) == nil, "before b, which came first")
            }
            let second = try #require(try await begin("b", database))
            try await database.end(second)
            for replica in ["b", "a"] { #expect(try await begin(replica, database) == nil) }
            let third = try #require(try await begin("c", database))
            try await database.end(third)
            #expect(try await begin("b", database) == nil)
            let fourth = try #require(try await begin("a", database))
            try await database.end(fourth)
            _ = try #require(try await begin("b", database))
            #expect(try await redis.send(.exists("waiting:ana")).integer == 0, "nobody waits any more")
        }
    }

    @Test func oneThatGivesUpIsNotWaitedFor() async throws {
        try await withDatabase { database, redis in
            let lock = try #require(try await begin("a", database))
            #expect(try await begin("b", database) == nil)
            #expect(try await begin("c", database) == nil)
            try await database.leaveQueue(of: ana, as: "b")
            try await database.end(lock)
            #expect(try await begin("c", database) != nil)
        }
    }

    @Test func oneThatHasNotAskedForAsLongAsALockLivesIsNotWaitedFor() async throws {
        try await withDatabase { database, redis in
            _ = try await redis.send(.hset("waiting:ana", ["dead": "1 1"]))
            #expect(try await begin("a", database) != nil)
            #expect(try await redis.send(.exists("waiting:ana")).integer == 0)
        }
    }

    @Test func theLineEndsByItself() async throws {
        try await withDatabase { database, redis in
            _ = try await begin("a", database)
            _ = try await begin("b", database)
            let remaining = try await redis.send(RedisCommand("PTTL", ["waiting:ana"])).integer ?? 0
            #expect((1...ThreadsDatabase.lockLease.milliseconds).contains(Int64(remaining)))
        }
    }

    @Test func aLockThatAReplicaLeftBehindGoesToTheFirstInTheLineAsWell() async throws {
        try await withDatabase { database, _ in
            let abandoned = try #require(try await begin("a", database))
            #expect(try await begin("b", database) == nil)
            #expect(try await begin("a", database) == nil, "its next turn comes after b's")
            #expect(try await database.renew([abandoned]) == [false])
            #expect(try await begin("b", database) != nil)
        }
    }
}
