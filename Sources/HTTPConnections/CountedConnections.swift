public import HummingbirdCore
public import Logging

/// Limits the number of open connections, and logs when the limit is reached.
public struct CountedConnections: AvailableConnectionsDelegate {
    private let maximum: Int
    private let logger: Logger
    private var count = 0
    private var hasWarned = false

    /// Creates a limit.
    ///
    /// - Parameters:
    ///   - maximum: The maximum number of open connections. Further clients wait in the listen queue until one closes.
    ///   - logger: Receives a warning when the maximum is reached, and the next one only after half of the connections
    ///     have closed.
    public init(maximum: Int, logger: Logger) {
        self.maximum = maximum
        self.logger = logger
    }

    /// Counts an opened connection.
    public mutating func connectionOpened() {
        count += 1
        guard count >= maximum, !hasWarned else { return }
        hasWarned = true
        logger.warning(
            "all connections are in use; new clients wait until one closes",
            metadata: ["connections": "\(count)"]
        )
    }

    /// Removes a closed connection from the count.
    public mutating func connectionClosed() {
        count -= 1
        if count <= maximum / 2 { hasWarned = false }
    }

    /// Returns whether another connection may be accepted.
    public func isAcceptingNewConnections() -> Bool { count < maximum }
}
