import Redis
import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct TurnSupervisorTests {
    private let haveBegun = Gate()
    private let clock: SelfAdvancingClock

    init() {
        clock = SelfAdvancingClock(start: haveBegun)
    }

    /// Runs a body that never ends by itself under a watch, and returns why it was ended.
    private func reasonToEnd(
        timeout: Duration = .seconds(60),
        lock prepare: (ThreadsDatabase, RedisClient) async throws -> ThreadsDatabase.TurnLock? = { _, _ in nil },
        meanwhile: @escaping @Sendable (TurnSupervisor) -> Void = { _ in }
    ) async throws -> PolicyAssistantError.Code? {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let threads = ThreadsDatabase(redis: redis)
                let watch = TurnSupervisor(timeout: timeout, threads: threads, clock: clock)
                let lock = try await prepare(threads, redis)
                do {
                    try await watch.watching { [haveBegun] turn in
                        if let lock { turn.began(lock) }
                        meanwhile(watch)
                        haveBegun.open()
                        await Gate().wait()
                    }
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
                let watch = TurnSupervisor(timeout: .seconds(1 << 30), threads: threads, clock: clock)
                let lock = try #require(try await lock(threads))
                let outcome = try await watch.watching { [clock, haveBegun] turn in
                    turn.began(lock)
                    turn.ends()
                    haveBegun.open()
                    try await threads.end(lock)
                    let waits = clock.waits.count
                    try await until { clock.waits.count > waits + 2 }
                    return "answer"
                }
                #expect(outcome == "answer")
            }
        }
    }

    @Test func endsTurnsWhenTheServerEnds() async throws {
        #expect(try await reasonToEnd(meanwhile: { $0.close() }) == .shuttingDown)
    }

    @Test func endsATurnThatBeginsAfterTheServersEnd() async throws {
        try await withWatch(clock: ContinuousClock()) { watch in
            watch.close()
            await #expect { try await watch.watching { _ in await Gate().wait() } } throws: { error in
                (error as? PolicyAssistantError)?.code == .shuttingDown
            }
        }
    }

    @Test func passesOnWhatTheTurnGives() async throws {
        try await withWatch(clock: ContinuousClock()) { watch in
            let result = try await watch.watching { _ in "answer" }
            #expect(result == "answer")
        }
    }

    @Test func looksAfterManyTurnsAtOnce() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let threads = ThreadsDatabase(redis: redis)
                let watch = TurnSupervisor(timeout: .seconds(1 << 30), threads: threads, clock: clock)
                let (lost, isOver) = (700, Gate())
                let outcomes = try await (0..<1200).mapConcurrently(limit: 1200) { [haveBegun] number in
                    guard case .admitted(let lock, _) = try await threads.begin(UserID("user-\(number)"), in: "a")
                    else {
                        return false
                    }
                    do {
                        try await watch.watching { turn in
                            turn.began(lock)
                            if number == lost {
                                _ = try await redis.send(.set(lock.key.name, "another"))
                                haveBegun.open()
                            }
                            await (number == lost ? Gate() : isOver).wait()
                        }
                        return number != lost
                    } catch let error as PolicyAssistantError {
                        isOver.open()
                        return number == lost && error.code == .userBusy
                    }
                }
                #expect(outcomes.allSatisfy { $0 })
            }
        }
    }

    private func withWatch(clock: some Clock<Duration>, _ body: (TurnSupervisor) async throws -> Void) async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                try await body(
                    TurnSupervisor(timeout: .seconds(60), threads: ThreadsDatabase(redis: redis), clock: clock)
                )
            }
        }
    }
}
