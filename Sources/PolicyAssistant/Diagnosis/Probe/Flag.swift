internal import Synchronization

/// A fact that a concurrent check establishes.
final class Flag: Sendable {
    private let state = Mutex(false)

    /// Whether the fact is established.
    var isRaised: Bool { state.withLock(\.self) }

    /// Establishes the fact.
    func raise() {
        state.withLock { $0 = true }
    }
}
