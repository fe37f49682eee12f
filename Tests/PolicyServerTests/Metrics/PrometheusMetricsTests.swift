import Testing

@testable import PolicyServer

@Suite struct PrometheusMetricsTests {
    private func counter(
        _ metrics: PrometheusMetrics,
        _ name: String,
        _ labels: [(String, String)] = []
    ) -> PrometheusCounter? {
        metrics.series(name, labels, make: PrometheusCounter.init)
    }

    @Test func writesFamiliesAndSeriesInOrderWithTheirMeaning() {
        let metrics = PrometheusMetrics(help: ["b_total": "What b\\is\ncounts."])
        counter(metrics, "b_total", [("status", "404"), ("route", "/x")])?.increment(by: 2)
        counter(metrics, "b_total", [("status", "200"), ("route", "/x")])?.increment(by: 3)
        metrics.series("a", [], make: PrometheusGauge.init)?.set(1.5)
        #expect(
            metrics.text().description == #"""
                # TYPE a gauge
                a 1.5
                # HELP b_total What b\\is\ncounts.
                # TYPE b_total counter
                b_total{route="/x",status="200"} 3
                b_total{route="/x",status="404"} 2

                """#
        )
    }

    @Test func escapesLabelsAndReplacesInvalidCharacters() {
        let metrics = PrometheusMetrics()
        counter(metrics, "http.requests", [("a-b", "say \"hi\"\n\\")])?.increment(by: 1)
        #expect(metrics.text().description.contains(#"http_requests{a_b="say \"hi\"\n\\"} 1"#))
        #expect(PrometheusText.name("9lives:all") == "_9lives:all")
        #expect(PrometheusText.labelName("a:b") == "a_b")
    }

    @Test func countsABucketForEveryBoundThatAValueDoesNotExceed() {
        let metrics = PrometheusMetrics()
        let histogram = metrics.series("t", [("k", "v")]) { PrometheusHistogram(bounds: [0.5, 2]) }
        for value in [0.5, 0.75, 2, 3] { histogram?.record(value) }
        histogram?.recordNanoseconds(250_000_000)
        #expect(
            metrics.text().description == """
                # TYPE t histogram
                t_bucket{k="v",le="0.5"} 2
                t_bucket{k="v",le="2"} 4
                t_bucket{k="v",le="+Inf"} 5
                t_sum{k="v"} 6.5
                t_count{k="v"} 5

                """
        )
    }

    @Test func countsConcurrentIncrements() async {
        let metrics = PrometheusMetrics()
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    for _ in 0..<1000 {
                        counter(metrics, "n")?.increment(by: 1)
                        metrics.series("t", []) { PrometheusHistogram(bounds: [1]) }?.record(Int64(1))
                        metrics.series("g", [], make: PrometheusGauge.init)?.increment(by: 1)
                    }
                }
            }
        }
        let lines = metrics.text().description.split(separator: "\n")
        #expect(lines.contains("n 8000"))
        #expect(lines.contains("t_sum 8000"))
        #expect(lines.contains("t_count 8000"))
        #expect(lines.contains("g 8000"))
    }

    @Test func rejectsAnotherKindWithTheSameName() {
        let metrics = PrometheusMetrics()
        counter(metrics, "n")?.increment(by: 1)
        #expect(metrics.series("n", [("other", "labels")], make: PrometheusGauge.init) == nil)
        #expect(metrics.series("n", [], make: PrometheusGauge.init) == nil)
        #expect(metrics.text().description == "# TYPE n counter\nn 1\n")
    }

    @Test func keepsABoundedNumberOfSeries() {
        let metrics = PrometheusMetrics()
        for number in 0..<PrometheusMetrics.maximumSeries {
            #expect(counter(metrics, "n", [("k", "\(number)")]) != nil)
        }
        #expect(counter(metrics, "n", [("k", "one more")]) == nil)
        #expect(counter(metrics, "n", [("k", "7")]) != nil)
    }

    @Test func removesADestroyedSeries() throws {
        let metrics = PrometheusMetrics()
        let kept = try #require(counter(metrics, "n", [("k", "1")]))
        let given = try #require(counter(metrics, "n", [("k", "2")]))
        metrics.remove(given)
        kept.increment(by: 1)
        #expect(metrics.text().description == "# TYPE n counter\nn{k=\"1\"} 1\n")
    }

    @Test(arguments: [
        (0.0, "0"), (-3, "-3"), (2.5, "2.5"), (1e15, "1000000000000000"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
        (.nan, "NaN"),
    ])
    func writesNumbers(_ number: Double, _ text: String) {
        #expect(PrometheusText.number(number) == text)
    }
}
