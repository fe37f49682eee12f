public import Metrics

/// Shows what is the case at the moment: how many questions wait, and which documents are in force.
public struct StateMetrics: Sendable {
    private let waitingForUsers: Meter
    private let waitingForUpstream: Meter
    private let revision: Meter

    /// Creates the metrics of the state.
    ///
    /// - Parameter factory: What makes them; the system's unless given.
    public init(factory: any MetricsFactory = MetricsSystem.factory) {
        waitingForUsers = Meter(label: MetricName.turnsWaiting, dimensions: [("queue", "user")], factory: factory)
        waitingForUpstream = Meter(
            label: MetricName.turnsWaiting,
            dimensions: [("queue", "upstream")],
            factory: factory
        )
        revision = Meter(label: MetricName.corpusRevision, factory: factory)
    }

    /// Shows how many questions wait: for earlier ones of their users, and for a place among upstream's calls.
    public func update(waiting: (forUsers: Int, forUpstream: Int)) {
        waitingForUsers.set(waiting.forUsers)
        waitingForUpstream.set(waiting.forUpstream)
    }

    /// Shows the revision in force.
    public func update(revision: Int) {
        self.revision.set(revision)
    }
}
