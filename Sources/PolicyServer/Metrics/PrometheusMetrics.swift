public import Metrics
internal import Synchronization

/// Keeps the program's metrics, and writes them in Prometheus' text format.
///
/// A family is all that has one name; a series is a family's metric with one set of labels. What would break the format
/// or the bounds is not kept, and measuring it does nothing: a second kind of metric under a name, and more than
/// ``maximumSeries`` series in a family.
public final class PrometheusMetrics: MetricsFactory {
    /// The most series of one family; labels are meant to come from small sets.
    public static let maximumSeries = 500

    private struct Family {
        let kind: PrometheusKind
        var series: [PrometheusLabels: any PrometheusSeries] = [:]
    }

    private let families = Mutex<[String: Family]>([:])
    /// What the families mean, by name.
    private let help: [String: String]

    init(help: [String: String] = [:]) {
        self.help = help
    }

    /// Makes the metrics of this program and lets the whole program measure with them; to be called once.
    public static func bootstrap() -> PrometheusMetrics {
        let metrics = PrometheusMetrics(help: MetricHelp.all)
        MetricsSystem.bootstrap(metrics)
        return metrics
    }

    /// All families, by name, in the text format of version 0.0.4.
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

    /// Finds a series, or makes it; nil for what cannot be kept.
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

    /// Forgets a series, which nobody will measure any more.
    func forget(_ handler: AnyObject) {
        families.withLock { families in
            for (name, family) in families {
                families[name]?.series = family.series.filter { $0.value !== handler }
            }
        }
    }
}
