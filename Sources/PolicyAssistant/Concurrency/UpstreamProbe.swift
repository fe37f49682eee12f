/// Finds out whether upstream answers and has the documents, at most once in a few seconds however many want to know.
actor UpstreamProbe {
    /// How long an outcome stands, good or bad.
    static let freshness = Duration.seconds(5)

    private let probe: @Sendable (_ store: String) async throws -> Void
    private let elapsed: @Sendable () -> Duration
    private var last: (store: String, outcome: Outcome, time: Duration)?
    private var attempt: (store: String, task: Task<Outcome, Never>)?

    private typealias Outcome = Result<Void, any Error>

    /// - Parameters:
    ///   - clock: Tells the time.
    ///   - probe: Asks upstream, also for a vector store; it has to end by itself.
    init(clock: some Clock<Duration>, probe: @escaping @Sendable (_ store: String) async throws -> Void) {
        self.probe = probe
        let origin = clock.now
        elapsed = { origin.duration(to: clock.now) }
    }

    /// Returns when upstream answers and has a vector store, or did so a moment ago; who comes while it is asked waits for
    /// the same attempt.
    ///
    /// - Throws: What the probe threw.
    func check(_ store: String) async throws {
        if let last, last.store == store, elapsed() - last.time < Self.freshness { return try last.outcome.get() }
        // A task of its own, for the attempt is everybody's who waits: it must not end with the first one's request.
        let task = attempt.flatMap { $0.store == store ? $0.task : nil } ?? Task { await ask(store) }
        attempt = (store, task)
        try await task.value.get()
    }

    private func ask(_ store: String) async -> Outcome {
        let outcome: Outcome
        do {
            outcome = .success(try await probe(store))
        } catch {
            outcome = .failure(error)
        }
        last = (store, outcome, elapsed())
        if attempt?.store == store { attempt = nil }
        return outcome
    }
}
