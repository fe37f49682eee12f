/// How long to leave a server alone after failed attempts to connect.
///
/// The bound doubles with each failure in a row. Half of it is always waited, the other half by chance, so that many
/// clients which lost one server do not all come back at the same moment.
public struct RedisBackoff: Sendable, Hashable {
    /// The shortest wait, after the first failure.
    public var minimum: Duration
    /// The longest wait.
    public var maximum: Duration

    /// Makes a backoff between two durations.
    public init(minimum: Duration = .milliseconds(50), maximum: Duration = .seconds(2)) {
        precondition(minimum > .zero && maximum >= minimum, "a backoff is positive and ends no earlier than it begins")
        self.minimum = minimum
        self.maximum = maximum
    }

    /// Returns the wait after a number of failures in a row.
    ///
    /// - Parameters:
    ///   - failures: At least 1.
    ///   - chance: A random number from 0 to 1.
    /// - Returns: From ``minimum`` to ``maximum``.
    func delay(afterFailures failures: Int, chance: Double) -> Duration {
        let doublings = min(max(failures, 1), 32)
        let bound = min(maximum, minimum * (1 << doublings))
        return max(minimum, bound / 2 + bound / 2 * chance)
    }
}
