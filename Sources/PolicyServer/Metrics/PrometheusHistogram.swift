internal import Metrics
internal import Synchronization

/// How often a value fell into each of a fixed set of ranges, and the values' sum.
///
/// One lock guards it all, so that sum and counts always fit together; it is held for a few additions.
final class PrometheusHistogram: TimerHandler, RecorderHandler, PrometheusSeries {
    static let kind = PrometheusKind.histogram

    /// The bounds for durations: from a round trip to Redis up to the longest of turns.
    static let seconds = [
        0.00025, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120,
    ]
    /// The bounds for numbers of things and of bytes.
    static let sizes = [1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9]

    private struct State {
        /// How many values each range holds; the last is for those above all bounds.
        var counts: [Int]
        var sum = 0.0
    }

    /// The ranges' upper ends, in ascending order; each belongs to its range.
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
