import OpenAI
import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct CircuitBreakerTests {
    private let clock = SelfAdvancingClock()
    private let policy = CircuitBreaker.Policy(failures: 3, shortestPause: .seconds(2), longestPause: .seconds(5))

    private func call(_ breaker: CircuitBreaker, _ failure: OpenAIError.Code? = nil) async -> String {
        do {
            try await breaker.guarding {
                if let failure { throw OpenAIError(failure) }
            }
            return "worked"
        } catch let error as OpenAIError {
            return error.code.description
        } catch {
            let error = error as? PolicyAssistantError
            return "refused for \(error?.retryAfter?.components.seconds ?? -1) s"
        }
    }

    private func open(_ breaker: CircuitBreaker) async {
        for _ in 0..<3 { _ = await call(breaker, .unreachable) }
    }

    @Test func opensAfterFailuresInARowAndTellsForHowLong() async throws {
        let breaker = CircuitBreaker(policy: policy, clock: clock)
        for _ in 0..<3 {
            try breaker.check()
            #expect(await call(breaker, .unreachable) == "unreachable")
        }
        #expect(await call(breaker) == "refused for 2 s")
        #expect(throws: PolicyAssistantError.self) { try breaker.check() }
    }

    @Test(arguments: [OpenAIError.Code.rateLimited, .invalidRequest, .quotaExhausted, .conversationLocked, .notFound])
    func anAnswerThatRefusesShowsThatUpstreamIsThere(_ code: OpenAIError.Code) async {
        let breaker = CircuitBreaker(policy: policy, clock: clock)
        for _ in 0..<2 { _ = await call(breaker, .overloaded) }
        _ = await call(breaker, code)
        for _ in 0..<2 { _ = await call(breaker, .overloaded) }
        #expect(await call(breaker) == "worked")
    }

    @Test func aCancelledCallSaysNothing() async {
        let breaker = CircuitBreaker(policy: policy, clock: clock)
        for _ in 0..<2 { _ = await call(breaker, .serverError) }
        _ = await call(breaker, .cancelled)
        _ = await call(breaker, .serverError)
        #expect(await call(breaker) == "refused for 2 s")
    }

    @Test func oneProbeClosesItAgain() async {
        let breaker = CircuitBreaker(policy: policy, clock: clock)
        await open(breaker)
        clock.advance(by: .seconds(2))
        #expect(await call(breaker) == "worked")
        #expect(await call(breaker) == "worked")
    }

    @Test func probesThatFailMakeThePauseLongerUpToABound() async {
        let breaker = CircuitBreaker(policy: policy, clock: clock)
        await open(breaker)
        for pause in [2, 4, 5, 5] {
            #expect(await call(breaker) == "refused for \(pause) s")
            clock.advance(by: .seconds(pause))
            #expect(await call(breaker, .timedOut) == "timedOut")
        }
        clock.advance(by: .seconds(5))
        _ = await call(breaker)
        await open(breaker)
        #expect(await call(breaker) == "refused for 2 s", "success makes the pause short again")
    }

    @Test func onlyOneCallProbesAtATime() async throws {
        let breaker = CircuitBreaker(policy: policy, clock: clock)
        await open(breaker)
        clock.advance(by: .seconds(2))
        let (probing, finished) = (Gate(), Gate())
        async let probe: Void = breaker.guarding {
            probing.open()
            await finished.wait()
        }
        await probing.wait()
        #expect(await call(breaker) == "refused for 2 s")
        finished.open()
        try await probe
        #expect(await call(breaker) == "worked")
    }
}
