internal import Synchronization

/// A value that is computed when it is first asked for, and kept.
final class OnDemand<Value: Sendable>: Sendable {
    private let compute: @Sendable () -> Value
    private let known = Mutex<Value?>(nil)

    init(_ compute: @escaping @Sendable () -> Value) {
        self.compute = compute
    }

    /// The value; others who ask while it is computed wait for it.
    var value: Value {
        known.withLock { known in
            if let known { return known }
            let value = compute()
            known = value
            return value
        }
    }
}
