import Synchronization

/// Counts what happens, from any task.
final class Counter: Sendable {
    private let value = Mutex(0)

    var count: Int { value.withLock { $0 } }

    @discardableResult
    func increment() -> Int {
        value.withLock { value in
            value += 1
            return value
        }
    }

    func raise(to least: Int) {
        value.withLock { $0 = max($0, least) }
    }

    func decrement() {
        value.withLock { $0 -= 1 }
    }
}
