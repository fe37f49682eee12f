public import Metrics
internal import Synchronization

/// Measures turns: their number, outcomes and durations.
public struct TurnMetrics: Sendable {
    private let turns: MetricFamily<TurnOutcome, Counter>
    private let answers: MetricFamily<AuthorLabels, Counter>
    private let duration: Timer
    private let firstToken: Timer
    private let running: Meter

    /// Creates the metrics of turns.
    ///
    /// - Parameter factory: The factory of the metrics; by default the system's.
    public init(factory: any MetricsFactory = MetricsSystem.factory) {
        turns = MetricFamily { outcome in
            Counter(label: MetricName.turns, dimensions: [("outcome", outcome.description)], factory: factory)
        }
        answers = MetricFamily { author in
            Counter(
                label: MetricName.answers,
                dimensions: [("written_by", author.author), ("writing_failure", author.failure)],
                factory: factory
            )
        }
        duration = Timer(label: MetricName.turnDuration, factory: factory)
        firstToken = Timer(label: MetricName.firstToken, factory: factory)
        running = Meter(label: MetricName.turnsRunning, factory: factory)
    }

    /// Begins the measurement of a turn, including its waiting.
    public func begin() -> TurnMeasurement {
        running.increment()
        return TurnMeasurement(metrics: self)
    }

    /// Runs what precedes a turn; a question that is refused there counts as a turn with that outcome.
    func countingRefusal<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch {
            turns[TurnOutcome(of: error)].increment()
            throw error
        }
    }

    fileprivate func recordFirstToken(after elapsed: Duration) {
        firstToken.record(duration: elapsed)
    }

    fileprivate func recordAnswer(_ author: AnswerAuthor?) {
        answers[AuthorLabels(author)].increment()
    }

    fileprivate func recordEnd(_ outcome: TurnOutcome, after elapsed: Duration) {
        running.decrement()
        turns[outcome].increment()
        duration.record(duration: elapsed)
    }
}

/// The measurement of one turn.
public final class TurnMeasurement: Sendable {
    private let start = ContinuousClock.now
    private let metrics: TurnMetrics
    private let hasFirstToken = Atomic(false)

    fileprivate init(metrics: TurnMetrics) {
        self.metrics = metrics
    }

    /// Records the time to the first token of the answer; further calls are ignored.
    public func recordFirstToken() {
        guard !hasFirstToken.exchange(true, ordering: .relaxed) else { return }
        metrics.recordFirstToken(after: ContinuousClock.now - start)
    }

    /// Records who wrote the answer.
    public func recordAnswer(by author: AnswerAuthor?) {
        metrics.recordAnswer(author)
    }

    /// Records how the turn ended; called once.
    public func end(_ outcome: TurnOutcome) {
        metrics.recordEnd(outcome, after: ContinuousClock.now - start)
    }
}

/// The author of an answer, as values of a metric's labels: of bounded sets, whatever upstream says.
private struct AuthorLabels: Hashable, Sendable {
    let author: String
    let failure: String

    init(_ author: AnswerAuthor?) {
        self.author = author?.name == AnswerAuthor.engine ? AnswerAuthor.engine : "model"
        failure = author?.failure.map { Self.failures.contains($0) ? $0 : "other" } ?? "none"
    }

    /// The failures that the embedded engine tells.
    private static let failures: Set<String> = [
        "unreachable", "refused", "malformed", "timeout", "busy", "interrupted", "tool_call", "too_long", "empty",
        "declined", "unsupported", "context",
    ]
}

/// The outcome of a turn, as a value of a metric's label: one of a bounded set.
public struct TurnOutcome: Hashable, Sendable, CustomStringConvertible {
    /// The value of the label.
    public let description: String

    /// The turn has a complete answer.
    public static let answered = TurnOutcome(description: "answered")
    /// The caller disconnected, or the program is shutting down.
    public static let cancelled = TurnOutcome(description: "cancelled")

    /// Creates the outcome of a failed turn.
    public init(of error: any Error) {
        self =
            switch error {
            case let error as PolicyAssistantError: TurnOutcome(description: error.code.description)
            case is CancellationError: .cancelled
            default: TurnOutcome(description: "internal_error")
            }
    }

    private init(description: String) {
        self.description = description
    }
}
