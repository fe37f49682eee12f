public import HummingbirdCore
public import Logging

/// Bounds how many connections are open at once, and tells when all are in use.
public struct CountedConnections: AvailableConnectionsDelegate {
    private let maximum: Int
    private let logger: Logger
    private var count = 0
    private var hasWarned = false

    /// Creates a count of nothing.
    ///
    /// - Parameters:
    ///   - maximum: The most connections; more callers wait until one closes.
    ///   - logger: Gets a warning when the maximum is reached, and the next one not before half of the connections have
    ///     closed.
    public init(maximum: Int, logger: Logger) {
        self.maximum = maximum
        self.logger = logger
    }

    /// Counts a connection.
    public mutating func connectionOpened() {
        count += 1
        guard count >= maximum, !hasWarned else { return }
        hasWarned = true
        logger.warning(
            "all connections are in use; new callers wait until one closes",
            metadata: ["connections": "\(count)"]
        )
    }

    /// Counts a connection no more.
    public mutating func connectionClosed() {
        count -= 1
        if count <= maximum / 2 { hasWarned = false }
    }

    /// Whether there is room for another connection.
    public func isAcceptingNewConnections() -> Bool { count < maximum }
}
