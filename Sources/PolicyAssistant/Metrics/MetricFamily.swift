internal import Synchronization

/// The metrics of one name: each is made when its key is first met, and then found without making it anew.
///
/// Keys come from bounded sets, never from users.
package final class MetricFamily<Key: Hashable & Sendable, Metric: Sendable>: Sendable {
    private let made = Mutex<[Key: Metric]>([:])
    private let make: @Sendable (Key) -> Metric

    package init(_ make: @escaping @Sendable (Key) -> Metric) {
        self.make = make
    }

    package subscript(key: Key) -> Metric {
        made.withLock { made in
            if let metric = made[key] { return metric }
            let metric = make(key)
            made[key] = metric
            return metric
        }
    }
}
