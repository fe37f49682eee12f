internal import Hummingbird
internal import NIOCore
internal import PolicyAssistant

/// `GET /metrics`: what was measured, for Prometheus; administrators alone see it.
struct MetricsRoutes: Sendable {
    let assistant: Assistant
    let metrics: PrometheusMetrics

    func add(to router: Router<APIContext>) {
        router.route("metrics", [.get: export])
    }

    @Sendable private func export(_ request: Request, _ context: APIContext) async throws -> Response {
        try context.identity.requireAdmin()
        await assistant.refreshMetrics()
        var text = metrics.text()
        ProcessStatistics.now()?.write(to: &text)
        return Response(
            status: .ok,
            headers: [.contentType: PrometheusText.mediaType],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text.description))
        )
    }
}
