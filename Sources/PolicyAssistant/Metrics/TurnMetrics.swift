public import Metrics
internal import Synchronization

/// Measures turns: how many, how they ended, and how long they took.
public struct TurnMetrics: Sendable {
    private let turns: MetricFamily<TurnOutcome, Counter>
    private let duration: Timer
    private let firstToken: Timer
    private let running: Meter

    /// Creates the metrics of turns.
    ///
    /// - Parameter factory: What makes them; the system's unless given.
    public init(factory: any MetricsFactory = MetricsSystem.factory) {
        turns = MetricFamily { outcome in
            Counter(label: MetricName.turns, dimensions: [("outcome", outcome.description)], factory: factory)
        }
        duration = Timer(label: MetricName.turnDuration, factory: factory)
        firstToken = Timer(label: MetricName.firstToken, factory: factory)
        running = Meter(label: MetricName.turnsRunning, factory: factory)
    }

    /// Measures a whole turn, waiting included; `turn` tells the measurement when its first words came.
    public func measuring<Result>(_ turn: (TurnMeasurement) async throws -> Result) async throws -> Result {
        let measurement = TurnMeasurement(firstToken: firstToken)
        running.increment()
        do {
            let result = try await turn(measurement)
            ended(.answered, measurement)
            return result
        } catch {
            ended(TurnOutcome(of: error), measurement)
            throw error
        }
    }

    /// Runs what comes before a turn; a question that is refused there counts as a turn that ended so.
    func countingRefusal<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch {
            turns[TurnOutcome(of: error)].increment()
            throw error
        }
    }

    private func ended(_ outcome: TurnOutcome, _ measurement: TurnMeasurement) {
        running.decrement()
        turns[outcome].increment()
        duration.record(duration: measurement.elapsed)
    }
}

/// One turn, while it is measured.
public final class TurnMeasurement: Sendable {
    private let begin = ContinuousClock.now
    private let firstToken: Timer
    private let hasWords = Atomic(false)

    init(firstToken: Timer) {
        self.firstToken = firstToken
    }

    /// Words of the answer came; only the first ones count.
    public func recordFirstToken() {
        guard !hasWords.exchange(true, ordering: .relaxed) else { return }
        firstToken.record(duration: elapsed)
    }

    var elapsed: Duration { ContinuousClock.now - begin }
}
