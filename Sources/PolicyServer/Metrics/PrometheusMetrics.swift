public import Metrics
internal import Synchronization

/// The program's metrics, and their export in Prometheus's text format.
///
/// A family is all metrics with one name; a series is the metric of a family with one set of labels. A metric that
/// would violate the format or the bounds is not recorded: one with the name of a family of another kind, and one
/// beyond ``maximumSeries``.
public final class PrometheusMetrics: MetricsFactory {
    /// The maximum number of series in a family; the values of labels come from small sets.
    public static let maximumSeries = 500

    private struct Family {
        let kind: PrometheusKind
        var series: [PrometheusLabels: any PrometheusSeries] = [:]
    }

    private let families = Mutex<[String: Family]>([:])
    /// The help texts of the families, by name.
    private let help: [String: String]

    init(help: [String: String] = [:]) {
        self.help = help
    }

    /// Creates the program's metrics and registers them with `MetricsSystem`; may be called once.
    public static func bootstrap() -> PrometheusMetrics {
        let metrics = PrometheusMetrics(help: MetricHelp.all)
        MetricsSystem.bootstrap(metrics)
        return metrics
    }

    /// Returns all families, sorted by name, in version 0.0.4 of the text format.
    func text() -> PrometheusText {
        let families = families.withLock { $0 }
        var text = PrometheusText()
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text.begin(name, family.kind, help: help[name])
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.write(name, labels, to: &text)
            }
        }
        return text
    }

    /// Returns a series, and creates it if needed; nil if it would violate the bounds.
    func series<Series: PrometheusSeries>(
        _ name: String,
        _ dimensions: [(String, String)],
        make: () -> Series
    ) -> Series? {
        let name = PrometheusText.name(name)
        let labels = PrometheusLabels(dimensions)
        return families.withLock { families in
            let family = families[name]
            if let series = family?.series[labels] { return series as? Series }
            guard family?.kind ?? Series.kind == Series.kind, family?.series.count ?? 0 < Self.maximumSeries else {
                return nil
            }
            let series = make()
            families[name, default: Family(kind: Series.kind)].series[labels] = series
            return series
        }
    }

    /// Removes a series, which is no longer in use.
    func remove(_ handler: AnyObject) {
        families.withLock { families in
            for (name, family) in families {
                families[name]?.series = family.series.filter { $0.value !== handler }
            }
        }
    }
}

// The requirements of `MetricsFactory`.
extension PrometheusMetrics {
    /// Returns a counter, and creates it if needed.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, make: PrometheusCounter.init) ?? NOOPMetricsHandler.instance
    }

    /// Returns a gauge, and creates it if needed.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, make: PrometheusGauge.init) ?? NOOPMetricsHandler.instance
    }

    /// Returns a histogram of numbers if they are aggregated, or else a gauge, and creates it if needed.
    public func makeRecorder(
        label: String,
        dimensions: [(String, String)],
        aggregate: Bool
    ) -> any RecorderHandler {
        guard aggregate else {
            return series(label, dimensions, make: PrometheusGauge.init) ?? NOOPMetricsHandler.instance
        }
        return series(label, dimensions) { PrometheusHistogram(bounds: PrometheusHistogram.sizes) }
            ?? NOOPMetricsHandler.instance
    }

    /// Returns a histogram of seconds, and creates it if needed.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions) { PrometheusHistogram(bounds: PrometheusHistogram.seconds) }
            ?? NOOPMetricsHandler.instance
    }

    /// Removes a counter.
    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }

    /// Removes a gauge.
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }

    /// Removes a histogram or a gauge.
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }

    /// Removes a histogram.
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }
}
