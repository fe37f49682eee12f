internal import Metrics
internal import Synchronization

/// A series: a number, or the numbers of a histogram, which many threads change.
protocol PrometheusSeries: AnyObject, Sendable {
    static var kind: PrometheusKind { get }

    /// Writes the current samples.
    func write(_ name: String, _ labels: PrometheusLabels, to text: inout PrometheusText)
}

/// A number that only increases.
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

/// A number that increases and decreases.
final class PrometheusGauge: MeterHandler, RecorderHandler, PrometheusSeries {
    static let kind = PrometheusKind.gauge

    private let value = Mutex(0.0)

    func set(_ value: Int64) { set(Double(value)) }

    func set(_ value: Double) { self.value.withLock { $0 = value } }

    func increment(by amount: Double) { value.withLock { $0 += amount } }

    func decrement(by amount: Double) { value.withLock { $0 -= amount } }

    func record(_ value: Int64) { set(Double(value)) }

    func record(_ value: Double) { set(value) }

    func write(_ name: String, _ labels: PrometheusLabels, to text: inout PrometheusText) {
        text.sample(name, labels, value.withLock { $0 })
    }
}

/// Counts of values in fixed ranges, and the sum of the values.
///
/// One lock guards the counts and the sum, so that they are consistent; it is held for a few additions.
final class PrometheusHistogram: TimerHandler, RecorderHandler, PrometheusSeries {
    static let kind = PrometheusKind.histogram

    /// The bounds of durations, from a round trip to Redis to the longest turn.
    static let seconds = [
        0.00025, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120,
    ]
    /// The bounds of counts and of sizes in bytes.
    static let sizes = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

    private struct State {
        /// The count of each range; the last one is above all bounds.
        var counts: [Int]
        var sum = 0.0
    }

    /// The inclusive upper bounds of the ranges, in ascending order.
    private let bounds: [Double]
    private let state: Mutex<State>

    init(bounds: [Double]) {
        self.bounds = bounds
        state = Mutex(State(counts: Array(repeating: 0, count: bounds.count + 1)))
    }

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let range = bounds.firstIndex { value <= $0 } ?? bounds.count
        state.withLock { state in
            state.counts[range] += 1
            state.sum += value
        }
    }

    func write(_ name: String, _ labels: PrometheusLabels, to text: inout PrometheusText) {
        let (counts, sum) = state.withLock { ($0.counts, $0.sum) }
        var total = 0
        for (count, bound) in zip(counts, bounds + [.infinity]) {
            total += count
            text.sample(name + "_bucket", labels.with("le", PrometheusText.number(bound)), Double(total))
        }
        text.sample(name + "_sum", labels, sum)
        text.sample(name + "_count", labels, Double(total))
    }
}
