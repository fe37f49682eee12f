import Redis
import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct TurnWatchTests {
    private let clock = SelfAdvancingClock()

    /// Runs a body that never ends by itself under a watch, and returns why it was ended.
    private func reasonToEnd(
        timeout: Duration = .seconds(60),
        isClosed: @escaping @Sendable () -> Bool = { false },
        lock prepare: (ThreadsDatabase, RedisClient) async throws -> ThreadsDatabase.TurnLock? = { _, _ in nil }
    ) async throws -> PolicyAssistantError.Code? {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let threads = ThreadsDatabase(redis: redis)
                let watch = TurnWatch(timeout: timeout, threads: threads, clock: clock, isClosed: isClosed)
                if let lock = try await prepare(threads, redis) { watch.began(lock) }
                do {
                    try await watch.watching { await Gate().wait() }
                    return nil
                } catch let error as PolicyAssistantError {
                    return error.code
                }
            }
        }
    }

    private func lock(_ threads: ThreadsDatabase) async throws -> ThreadsDatabase.TurnLock? {
        guard case .admitted(let lock, _) = try await threads.begin(try UserID("ana"), in: "a") else { return nil }
        return lock
    }

    @Test func endsATurnThatWaitsTooLong() async throws {
        #expect(try await reasonToEnd() == .userBusy)
        #expect(clock.waits.reduce(.zero, +) == .seconds(60))
    }

    @Test func endsAnAnswerThatTakesTooLongAndKeepsTheLockUntilThen() async throws {
        let code = try await reasonToEnd(lock: { threads, _ in try await lock(threads) })
        #expect(code == .upstreamTimeout)
        #expect(clock.waits.allSatisfy { $0 <= ThreadsDatabase.lockLease / 3 })
    }

    @Test func endsATurnWhoseLockAnotherHas() async throws {
        let code = try await reasonToEnd(lock: { threads, redis in
            let lock = try await lock(threads)
            _ = try await redis.send(.set("lock:ana", "another"))
            return lock
        })
        #expect(code == .userBusy)
        #expect(clock.waits.count == 1)
    }

    @Test func aTurnThatHasGivenItsLockBackIsNotTakenOver() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let threads = ThreadsDatabase(redis: redis)
                let watch = TurnWatch(timeout: .seconds(1 << 30), threads: threads, clock: clock) { false }
                let lock = try #require(try await lock(threads))
                watch.began(lock)
                let outcome = try await watch.watching { [clock] in
                    watch.ends()
                    try await threads.end(lock)
                    let waits = clock.waits.count
                    try await until { clock.waits.count > waits + 2 }
                    return "answer"
                }
                #expect(outcome == "answer")
            }
        }
    }

    @Test func endsATurnWhenTheServerEnds() async throws {
        #expect(try await reasonToEnd(isClosed: { true }) == .shuttingDown)
    }

    @Test func passesOnWhatTheTurnGives() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let watch = TurnWatch(
                    timeout: .seconds(60),
                    threads: ThreadsDatabase(redis: redis),
                    clock: ContinuousClock()
                ) { false }
                let result = try await watch.watching { "answer" }
                #expect(result == "answer")
            }
        }
    }
}
