internal import OpenAI
internal import Synchronization

/// Refuses calls at once while upstream is down.
///
/// It opens after some failures in a row. After a pause it lets one call through as a probe: it closes where the call
/// succeeds, and else opens again, for longer.
final class CircuitBreaker: Sendable {
    /// The time since the breaker was created.
    private let elapsed: @Sendable () -> Duration
    private let state: Mutex<State>

    /// - Parameters:
    ///   - policy: When it opens and for how long.
    ///   - clock: The clock of its pauses.
    init(policy: Policy = Policy(), clock: some Clock<Duration> = ContinuousClock()) {
        let origin = clock.now
        elapsed = { origin.duration(to: clock.now) }
        state = Mutex(State(policy: policy))
    }

    /// When it opens and for how long.
    struct Policy: Sendable {
        /// The number of failures in a row that open it.
        var failures = 5
        /// How long it stays open at first; each failed probe doubles it.
        var shortestPause = Duration.seconds(2)
        /// The longest that it stays open between probes.
        var longestPause = Duration.seconds(30)
    }

    /// Throws while it is open.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `upstreamUnavailable`.
    func check() throws(PolicyAssistantError) {
        let now = elapsed()
        if let pause = state.withLock({ $0.remainingPause(at: now) }) { throw .circuitOpen(for: pause) }
    }

    /// Makes a call to upstream, unless the breaker is open, and counts its outcome.
    ///
    /// - Throws: What `call` throws, or ``PolicyAssistantError`` with the code `upstreamUnavailable`.
    func guarding<Result>(_ call: () async throws -> Result) async throws -> Result {
        let result = try await beginning(call)
        note(nil)
        return result
    }

    /// Makes a call to upstream that begins an answer, unless the breaker is open, and counts its failure.
    ///
    /// The caller notes how the answer ends.
    ///
    /// - Throws: What `call` throws, or ``PolicyAssistantError`` with the code `upstreamUnavailable`.
    func beginning<Result>(_ call: () async throws -> Result) async throws -> Result {
        let now = elapsed()
        if let pause = state.withLock({ $0.admit(at: now) }) { throw PolicyAssistantError.circuitOpen(for: pause) }
        do {
            return try await call()
        } catch {
            note(error)
            throw error
        }
    }

    /// Counts the outcome of a call.
    ///
    /// - Parameter error: What it failed with; nil for a success.
    func note(_ error: (any Error)?) {
        let now = elapsed()
        switch error.map(Health.init(on:)) ?? .up {
        case .up: state.withLock { $0.succeeded() }
        case .down: state.withLock { $0.failed(at: now) }
        case .unknown: break
        }
    }

    /// The breaker's state as a value, with the time passed in.
    struct State: Sendable {
        let policy: Policy
        private var phase = Phase.closed(failures: 0)
        private var pause: Duration

        private enum Phase {
            case closed(failures: Int)
            case open(until: Duration)
            /// One call was let through; no other is until it ends, or until this time.
            case probing(until: Duration)
        }

        init(policy: Policy) {
            self.policy = policy
            pause = policy.shortestPause
        }

        /// How long calls are still refused; nil where one may be made.
        func remainingPause(at now: Duration) -> Duration? {
            switch phase {
            case .closed: nil
            case .open(let end), .probing(let end): end > now ? end - now : nil
            }
        }

        /// Admits a call; returns how long calls are still refused, or nil where this one may be made.
        mutating func admit(at now: Duration) -> Duration? {
            if let remaining = remainingPause(at: now) { return remaining }
            if case .closed = phase { return nil }
            phase = .probing(until: now + pause)
            return nil
        }

        mutating func succeeded() {
            phase = .closed(failures: 0)
            pause = policy.shortestPause
        }

        mutating func failed(at now: Duration) {
            switch phase {
            case .closed(let failures) where failures + 1 < policy.failures:
                phase = .closed(failures: failures + 1)
            case .closed:
                phase = .open(until: now + pause)
            case .probing:
                pause = min(pause * 2, policy.longestPause)
                phase = .open(until: now + pause)
            case .open:
                // A call from before the breaker opened.
                break
            }
        }
    }

    /// Upstream's health, as an error shows it.
    private enum Health {
        case up, down, unknown

        init(on error: any Error) {
            switch (error as? OpenAIError)?.code {
            case .unreachable, .certificateUntrusted, .overloaded, .serverError, .timedOut, .answerCutOff,
                .malformedAnswer:
                self = .down
            case .cancelled, .deadlinePassed: self = .unknown
            case .some: self = .up
            case nil: self = error is PolicyAssistantError ? .up : .unknown
            }
        }
    }
}

extension PolicyAssistantError {
    fileprivate static func circuitOpen(for pause: Duration) -> PolicyAssistantError {
        PolicyAssistantError(
            .upstreamUnavailable,
            "Upstream is down at the moment. Try again shortly.",
            retryAfter: pause
        )
    }
}
