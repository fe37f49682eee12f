public import Metrics
public import OpenAI

/// Measures attempts of upstream calls.
public struct UpstreamMetrics: Sendable {
    private struct Key: Hashable {
        let operation: String
        let failure: OpenAIError.Code?
    }

    private let attempts: MetricFamily<Key, Counter>
    private let durations: MetricFamily<String, Timer>

    /// Creates the metrics of the upstream.
    ///
    /// - Parameter factory: The factory of the metrics; by default the system's.
    public init(factory: any MetricsFactory = MetricsSystem.factory) {
        attempts = MetricFamily { key in
            Counter(
                label: MetricName.upstreamAttempts,
                dimensions: [("operation", key.operation), ("outcome", key.failure?.description ?? "ok")],
                factory: factory
            )
        }
        durations = MetricFamily { operation in
            Timer(
                label: MetricName.upstreamAttemptDuration,
                dimensions: [("operation", operation)],
                factory: factory
            )
        }
    }

    /// Counts an attempt.
    public func record(_ attempt: OpenAIAttempt) {
        attempts[Key(operation: attempt.operation, failure: attempt.failure)].increment()
        durations[attempt.operation].record(duration: attempt.duration)
    }
}
