public import Metrics
public import Redis

/// Measures round trips to one Redis database.
public struct DatabaseMetrics: Sendable {
    private let roundTrips: MetricFamily<RedisError.Code?, Counter>
    private let duration: Timer

    /// Creates the metrics of a database.
    ///
    /// - Parameters:
    ///   - database: The value of the label `database`.
    ///   - factory: The factory of the metrics; by default the system's.
    public init(database: String, factory: any MetricsFactory = MetricsSystem.factory) {
        roundTrips = MetricFamily { failure in
            Counter(
                label: MetricName.redisRoundTrips,
                dimensions: [("database", database), ("outcome", failure?.description ?? "ok")],
                factory: factory
            )
        }
        duration = Timer(
            label: MetricName.redisRoundTripDuration,
            dimensions: [("database", database)],
            factory: factory
        )
    }

    /// Counts a round trip.
    public func record(_ roundTrip: RedisRoundTrip) {
        roundTrips[roundTrip.failure].increment()
        duration.record(duration: roundTrip.duration)
    }
}
