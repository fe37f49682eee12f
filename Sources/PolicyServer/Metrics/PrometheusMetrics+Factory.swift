public import Metrics

/// The doors by which the metrics API asks for handlers and gives them back.
extension PrometheusMetrics {
    /// Finds or makes a counter.
    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, dimensions, make: PrometheusCounter.init) ?? NOOPMetricsHandler.instance
    }

    /// Finds or makes a gauge.
    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, dimensions, make: PrometheusGauge.init) ?? NOOPMetricsHandler.instance
    }

    /// Finds or makes a histogram of numbers if they are to be aggregated, a gauge otherwise.
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

    /// Finds or makes a histogram of seconds.
    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, dimensions) { PrometheusHistogram(bounds: PrometheusHistogram.seconds) }
            ?? NOOPMetricsHandler.instance
    }

    /// Forgets a counter.
    public func destroyCounter(_ handler: any CounterHandler) { forget(handler) }

    /// Forgets a gauge.
    public func destroyMeter(_ handler: any MeterHandler) { forget(handler) }

    /// Forgets a histogram or a gauge.
    public func destroyRecorder(_ handler: any RecorderHandler) { forget(handler) }

    /// Forgets a histogram.
    public func destroyTimer(_ handler: any TimerHandler) { forget(handler) }
}
