public import Metrics

/// Measures the current state: the waiting questions, and the revision in force.
public struct StateMetrics: Sendable {
    private let waitingForUsers: Meter
    private let waitingForUpstream: Meter
    private let revision: Meter

    /// Creates the metrics of the state.
    ///
    /// - Parameter factory: The factory of the metrics; by default the system's.
    public init(factory: any MetricsFactory = MetricsSystem.factory) {
        waitingForUsers = Meter(label: MetricName.turnsWaiting, dimensions: [("queue", "user")], factory: factory)
        waitingForUpstream = Meter(
            label: MetricName.turnsWaiting,
            dimensions: [("queue", "upstream")],
            factory: factory
        )
        revision = Meter(label: MetricName.corpusRevision, factory: factory)
    }

    /// Sets the number of questions that wait for an earlier one of their user, and for a permit to call upstream.
    public func update(waiting: (forUsers: Int, forUpstream: Int)) {
        waitingForUsers.set(waiting.forUsers)
        waitingForUpstream.set(waiting.forUpstream)
    }

    /// Sets the revision in force.
    public func update(revision: Int) {
        self.revision.set(revision)
    }
}
