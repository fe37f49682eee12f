/// Tries something that others provide, at most once in a few seconds however many want to know.
actor CachedProbe {
    /// How long success stands, and failure unless said otherwise.
    static let freshness = Duration.seconds(5)

    private let failureFreshness: Duration
    private let probe: @Sendable (_ subject: String) async throws -> Void
    private let elapsed: @Sendable () -> Duration
    private var last: (subject: String, outcome: Outcome, time: Duration)?
    private var attempt: (subject: String, task: Task<Outcome, Never>)?

    private typealias Outcome = Result<Void, any Error>

    /// - Parameters:
    ///   - clock: Tells the time.
    ///   - failureFreshness: How long failure stands.
    ///   - probe: Tries it with what is asked about; it has to end by itself.
    init(
        clock: some Clock<Duration>,
        failureFreshness: Duration = CachedProbe.freshness,
        probe: @escaping @Sendable (_ subject: String) async throws -> Void
    ) {
        self.failureFreshness = failureFreshness
        self.probe = probe
        let origin = clock.now
        elapsed = { origin.duration(to: clock.now) }
    }

    /// Returns when the trial succeeds, or did so a moment ago; who comes while it goes on waits for the same attempt.
    ///
    /// - Parameter subject: What is asked about, such as the ID of a vector store; another one is tried anew.
    /// - Throws: What the probe threw.
    func check(_ subject: String = "") async throws {
        if let last, last.subject == subject, elapsed() - last.time < freshness(of: last.outcome) {
            return try last.outcome.get()
        }
        // A task of its own, for the attempt is everybody's who waits: it must not end with the first one's request.
        let task = attempt.flatMap { $0.subject == subject ? $0.task : nil } ?? Task { await ask(subject) }
        attempt = (subject, task)
        try await task.value.get()
    }

    private func freshness(of outcome: Outcome) -> Duration {
        if case .failure = outcome { failureFreshness } else { Self.freshness }
    }

    private func ask(_ subject: String) async -> Outcome {
        let outcome: Outcome
        do {
            outcome = .success(try await probe(subject))
        } catch {
            outcome = .failure(error)
        }
        last = (subject, outcome, elapsed())
        if attempt?.subject == subject { attempt = nil }
        return outcome
    }
}
