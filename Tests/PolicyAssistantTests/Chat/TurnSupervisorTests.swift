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

    /// Runs a turn that never ends by itself, and returns why it was ended.
    private func reasonToEnd(
        timeout: Duration = .seconds(60),
        lock prepare: (ThreadsDatabase, RedisClient) async throws -> ThreadsDatabase.TurnLock? = { _, _ in nil }
    ) async throws -> PolicyAssistantError.Code? {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let threads = ThreadsDatabase(redis: redis)
                let supervisor = TurnSupervisor(timeout: timeout, threads: threads, clock: clock)
                let lock = try await prepare(threads, redis)
                do {
                    try await supervisor.run { [haveBegun] turn in
                        if let lock { turn.admit(lock) }
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
        guard case .admitted(let lock, _, _) = try await threads.begin(ThreadOwner(user: UserID("ana")), in: "a") else {
            return nil
        }
        return lock
    }

    @Test func endsATurnThatIsQueuedTooLong() async throws {
        #expect(try await reasonToEnd() == .userBusy)
        #expect(clock.waits.reduce(.zero, +) == .seconds(60))
    }

    @Test func endsAnAnswerThatTakesTooLongAndKeepsTheLockUntilThen() async throws {
        let code = try await reasonToEnd(lock: { threads, _ in try await lock(threads) })
        #expect(code == .upstreamTimeout)
        #expect(clock.waits.allSatisfy { $0 <= ThreadsDatabase.lockLease / 3 })
    }

    @Test func endsATurnThatHasLostItsLock() async throws {
        let code = try await reasonToEnd(lock: { threads, redis in
            let lock = try await lock(threads)
            _ = try await redis.send(.set("lock:ana", "another"))
            return lock
        })
        #expect(code == .userBusy)
        #expect(clock.waits.count == 1)
    }

    @Test func aTurnThatHasReleasedItsLockHasNotLostIt() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let threads = ThreadsDatabase(redis: redis)
                let supervisor = TurnSupervisor(timeout: .seconds(1 << 30), threads: threads, clock: clock)
                let lock = try #require(try await lock(threads))
                let isOver = Gate()
                // Another turn keeps the supervisor at work.
                async let other: Void = supervisor.run { _ in await isOver.wait() }
                let outcome = try await supervisor.run { [clock, haveBegun] turn in
                    turn.admit(lock)
                    #expect(turn.finish().lock?.token == lock.token)
                    haveBegun.open()
                    try await threads.end(lock)
                    let waits = clock.waits.count
                    try await until { clock.waits.count > waits + 2 }
                    return "answer"
                }
                isOver.open()
                try await other
                #expect(outcome == "answer")
            }
        }
    }

    @Test func endsTurnsOnceTheGraceIsOver() async throws {
        try await withSupervisor(clock: ContinuousClock()) { [haveBegun] supervisor in
            async let closing: Void = {
                await haveBegun.wait()
                await supervisor.close(within: .zero)
            }()
            await #expect {
                try await supervisor.run { _ in
                    haveBegun.open()
                    await Gate().wait()
                }
            } throws: { error in
                (error as? PolicyAssistantError)?.code == .shuttingDown
            }
            await closing
        }
    }

    @Test func refusesATurnOnceItIsClosed() async throws {
        try await withSupervisor(clock: ContinuousClock()) { supervisor in
            await supervisor.close(within: .zero)
            await #expect { try await supervisor.run { _ in await Gate().wait() } } throws: { error in
                (error as? PolicyAssistantError)?.code == .shuttingDown
            }
        }
    }

    @Test func returnsWhatTheTurnReturns() async throws {
        try await withSupervisor(clock: ContinuousClock()) { supervisor in
            let result = try await supervisor.run { _ in "answer" }
            #expect(result == "answer")
        }
    }

    @Test func supervisesManyTurnsAtOnce() async throws {
        try await withRedisServer { server in
            try await server.withClient { redis in
                let threads = ThreadsDatabase(redis: redis)
                let supervisor = TurnSupervisor(timeout: .seconds(1 << 30), threads: threads, clock: clock)
                let (lost, isOver) = (700, Gate())
                let outcomes = try await (0..<1200).mapConcurrently(limit: 1200) { [haveBegun] number in
                    guard
                        case .admitted(let lock, _, _) = try await threads.begin(
                            ThreadOwner(user: UserID("user-\(number)")),
                            in: "a"
                        )
                    else {
                        return false
                    }
                    do {
                        try await supervisor.run { turn in
                            turn.admit(lock)
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

    private func withSupervisor(clock: some Clock<Duration>, _ body: (TurnSupervisor) async throws -> Void) async throws
    {
        try await withRedisServer { server in
            try await server.withClient { redis in
                try await body(
                    TurnSupervisor(timeout: .seconds(60), threads: ThreadsDatabase(redis: redis), clock: clock)
                )
            }
        }
    }

    @Test func aCancelledCallerEndsItsTurn() async throws {
        try await withSupervisor(clock: ContinuousClock()) { supervisor in
            let hasStarted = Gate()
            let caller = Task {
                try await supervisor.run { _ in
                    hasStarted.open()
                    try await Task.sleep(for: .seconds(1 << 30))
                }
            }
            await hasStarted.wait()
            caller.cancel()
            await #expect(throws: CancellationError.self) { try await caller.value }
            #expect(supervisor.turns.isEmpty)
        }
    }

    @Test func closingWaitsForTurnsThatEndInTime() async throws {
        try await withSupervisor(clock: ContinuousClock()) { supervisor in
            let (hasStarted, mayEnd) = (Gate(), Gate())
            async let result = supervisor.run { _ in
                hasStarted.open()
                await mayEnd.wait()
                return "answer"
            }
            await hasStarted.wait()
            async let closed: Void = supervisor.close(within: .seconds(1 << 30))
            try await until { (try? await supervisor.run { _ in }) == nil }
            mayEnd.open()
            #expect(try await result == "answer")
            await closed
        }
    }
}

extension TurnSupervisor {
    /// Runs a turn of a user, and returns what it returns.
    fileprivate func run<Result: Sendable>(
        _ body: @escaping @Sendable (RunningTurn) async throws -> Result
    ) async throws -> Result {
        let turn = RunningTurn(owner: ThreadOwner(user: try UserID("ana")), elapsed: elapsed)
        return try await run(turn) { try await body(turn) }
    }
}
