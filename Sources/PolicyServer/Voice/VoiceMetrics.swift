internal import Metrics
internal import PolicyAssistant
internal import Voice

/// Measures what speaks and what hears.
struct VoiceMetrics: Sendable {
    /// Sentences and recordings, by `direction` (`speaking`, `hearing`) and `outcome`: `ok`, or an error's code.
    static let total = "policy_assistant_voice_total"
    /// The time that one takes, by `direction`.
    static let duration = "policy_assistant_voice_duration_seconds"

    private struct Key: Hashable {
        let direction: String
        let outcome: String
    }

    private let counts: MetricFamily<Key, Counter>
    private let durations: MetricFamily<String, Timer>

    init(factory: any MetricsFactory) {
        counts = MetricFamily { key in
            Counter(
                label: Self.total,
                dimensions: [("direction", key.direction), ("outcome", key.outcome)],
                factory: factory
            )
        }
        durations = MetricFamily { Timer(label: Self.duration, dimensions: [("direction", $0)], factory: factory) }
    }

    /// Runs `body` and records it.
    func recording<Value>(
        _ direction: String,
        _ body: () async throws(VoiceError) -> Value
    ) async throws(VoiceError) -> Value {
        let start = ContinuousClock.now
        do throws(VoiceError) {
            let value = try await body()
            record(direction, "ok", since: start)
            return value
        } catch {
            record(direction, error.code.description, since: start)
            throw error
        }
    }

    private func record(_ direction: String, _ outcome: String, since start: ContinuousClock.Instant) {
        counts[Key(direction: direction, outcome: outcome)].increment()
        durations[direction].record(duration: ContinuousClock.now - start)
    }
}
