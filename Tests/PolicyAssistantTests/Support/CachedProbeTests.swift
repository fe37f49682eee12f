import Synchronization
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct CachedProbeTests {
    private let clock = SelfAdvancingClock()

    private final class Counter: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock(\.self) }
        func increment() { count.withLock { $0 += 1 } }
    }

    private struct Down: Error {}

    @Test func asksOnceInAWhileWhateverTheOutcome() async throws {
        for isDown in [false, true] {
            let asked = Counter()
            let probe = CachedProbe(clock: clock) { _ in
                asked.increment()
                if isDown { throw Down() }
            }
            for round in 1...3 {
                for _ in 0..<5 {
                    let isGood = (try? await probe.check("vs_1")) != nil
                    #expect(isGood != isDown)
                }
                #expect(asked.value == round)
                clock.advance(by: CachedProbe.freshness)
            }
        }
    }

    @Test func failureMayStandForAShorterTime() async throws {
        let asked = Counter()
        let probe = CachedProbe(clock: clock, failureFreshness: .seconds(1)) { _ in
            asked.increment()
            if asked.value == 1 { throw Down() }
        }
        for _ in 0..<3 { await #expect(throws: Down.self) { try await probe.check() } }
        clock.advance(by: .seconds(1))
        for _ in 0..<3 { try await probe.check() }
        clock.advance(by: .seconds(4))
        try await probe.check()
        #expect(asked.value == 2)
    }

    @Test func manyWhoComeAtOnceShareOneAttempt() async throws {
        let (asked, mayAnswer) = (Counter(), Gate())
        let probe = CachedProbe(clock: clock) { _ in
            asked.increment()
            await mayAnswer.wait()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<50 { group.addTask { try await probe.check("vs_1") } }
            try await until { asked.value == 1 }
            mayAnswer.open()
            try await group.waitForAll()
        }
        #expect(asked.value == 1)
    }

    @Test func oneWhoGoesAwayTakesNothingFromTheOthers() async throws {
        let (hasBegun, mayAnswer) = (Gate(), Gate())
        let probe = CachedProbe(clock: clock) { _ in
            hasBegun.open()
            await mayAnswer.wait()
            try Task.checkCancellation()
        }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await probe.check("vs_1") }
            await hasBegun.wait()
            group.cancelAll()
            mayAnswer.open()
        }
        try await probe.check("vs_1")
    }

    @Test func anotherStoreIsAskedForAtOnce() async throws {
        let probe = CachedProbe(clock: clock) { if $0 == "vs_lost" { throw Down() } }
        try await probe.check("vs_1")
        await #expect(throws: Down.self) { try await probe.check("vs_lost") }
        try await probe.check("vs_2")
    }

    @Test func readinessAsksUpstreamOnce() async throws {
        try await withChatFixture { fixture in
            try await fixture.withAssistant { assistant in
                for _ in 0..<20 { try await assistant.checkReadiness() }
                #expect(fixture.upstream.calls.count { $0.operation == .listModels } == 1)
                #expect(fixture.upstream.calls.count { $0.operation == .retrieveStore } == 1)
            }
        }
    }
}
