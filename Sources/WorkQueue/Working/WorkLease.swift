internal import Synchronization

/// A worker's hold on a message.
final class WorkLease: Sendable {
    let message: QueueScripts.Delivery
    /// Opened when the worker no longer has the message.
    let isLost = Latch()
    /// Until when no other worker can have it, by this process's own clock.
    private let end: Mutex<ContinuousClock.Instant>

    init(_ message: QueueScripts.Delivery, until end: ContinuousClock.Instant) {
        self.message = message
        self.end = Mutex(end)
    }

    func renew(until end: ContinuousClock.Instant) {
        self.end.withLock { $0 = end }
    }

    /// Whether no other worker can have the message for another `margin`, by this process's own clock.
    func isCertain(for margin: Duration) -> Bool {
        !isLost.isOpen && end.withLock { $0 } - .now > margin
    }
}
