internal import Hummingbird

/// Counts each request, and measures its duration up to the last byte of its response.
struct RequestMetricsMiddleware: RouterMiddleware {
    let metrics: RequestMetrics

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        var response = try await next(request, context)
        let (route, method, status) = (context.endpointPath, request.method, response.status)
        guard response.body.contentLength == nil else {
            metrics.answered(route, method, status, after: ContinuousClock.now - start)
            return response
        }
        let body = response.body
        response.body = ResponseBody { [metrics] writer in
            metrics.streamBegan()
            defer {
                metrics.streamEnded()
                metrics.answered(route, method, status, after: ContinuousClock.now - start)
            }
            try await body.write(writer)
        }
        return response
    }
}
