internal import Metrics
internal import Synchronization

/// A number that only grows.
final class PrometheusCounter: CounterHandler, PrometheusSeries {
    static let kind = PrometheusKind.counter

    private let count = Atomic<Int64>(0)

    func increment(by amount: Int64) {
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    func reset() {
        count.store(0, ordering: .relaxed)
    }

    func write(_ name: String, _ labels: PrometheusLabels, to text: inout PrometheusText) {
        text.sample(name, labels, Double(count.load(ordering: .relaxed)))
    }
}
