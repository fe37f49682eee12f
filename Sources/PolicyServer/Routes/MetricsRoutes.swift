internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import PolicyAssistant

/// `GET /metrics`: the metrics for Prometheus; only for administrators.
struct MetricsRoutes: Sendable {
    let assistant: Assistant
    let metrics: PrometheusMetrics

    var routes: [Route] { [Route(Self.exporting, export)] }

    @Sendable private func export(_ request: Request, _ context: APIContext) async throws -> Response {
        await assistant.refreshMetrics()
        var text = metrics.text()
        ProcessStatistics.now()?.write(to: &text)
        return Response(
            status: .ok,
            headers: [.contentType: PrometheusText.mediaType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text.description))
        )
    }

    private static let exporting = Operation(
        method: .get,
        path: "/metrics",
        id: "metrics",
        tag: .operations,
        summary: "Get the metrics",
        details: "For Prometheus.",
        access: .administrator,
        replies: [.text([PrometheusText.mediaType], "The metrics, in Prometheus's text format.")]
    )
}
