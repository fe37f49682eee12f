/// One series: a number, or the numbers of a histogram, that many threads change.
protocol PrometheusSeries: AnyObject, Sendable {
    static var kind: PrometheusKind { get }

    /// Writes the samples as they are now.
    func write(_ name: String, _ labels: PrometheusLabels, to text: inout PrometheusText)
}

/// The kinds of metric, in the text format's words.
enum PrometheusKind: String {
    case counter, gauge, histogram
}
