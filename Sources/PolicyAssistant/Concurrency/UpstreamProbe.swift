/// Finds out whether upstream answers, at most once in a few seconds however many want to know.
actor UpstreamProbe {
    /// How long an outcome stands, good or bad.
    static let freshness = Duration.seconds(5)

    private let probe: @Sendable () async throws -> Void
    private let elapsed: @Sendable () -> Duration
    private var last: (outcome: Outcome, time: Duration)?
    private var attempt: Task<Outcome, Never>?

    private typealias Outcome = Result<Void, any Error>

    /// - Parameters:
    ///   - clock: Tells the time.
    ///   - probe: Asks upstream; it has to end by itself.
    init(clock: some Clock<Duration>, probe: @escaping @Sendable () async throws -> Void) {
        self.probe = probe
        let origin = clock.now
        elapsed = { origin.duration(to: clock.now) }
    }

    /// Returns when upstream answers, or did so a moment ago; who comes while it is asked waits for the same attempt.
    ///
    /// - Throws: What the probe threw.
    func check() async throws {
        if let last, elapsed() - last.time < Self.freshness { return try last.outcome.get() }
        // A task of its own, for the attempt is everybody's who waits: it must not end with the first one's request.
        let attempt = attempt ?? Task { await ask() }
        self.attempt = attempt
        try await attempt.value.get()
    }

    private func ask() async -> Outcome {
        let outcome: Outcome
        do {
            outcome = .success(try await probe())
        } catch {
            outcome = .failure(error)
        }
        last = (outcome, elapsed())
        attempt = nil
        return outcome
    }
}
