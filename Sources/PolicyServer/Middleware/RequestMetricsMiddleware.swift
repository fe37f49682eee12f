internal import Hummingbird

/// Counts each request, and measures it up to the last byte of its answer.
struct RequestMetricsMiddleware: RouterMiddleware {
    let metrics: RequestMetrics

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let begin = ContinuousClock.now
        var response = try await next(request, context)
        let (route, method, status) = (context.endpointPath, request.method, response.status)
        guard response.body.contentLength == nil else {
            metrics.answered(route, method, status, after: ContinuousClock.now - begin)
            return response
        }
        let body = response.body
        response.body = ResponseBody { [metrics] writer in
            metrics.streamBegan()
            defer {
                metrics.streamEnded()
                metrics.answered(route, method, status, after: ContinuousClock.now - begin)
            }
            try await body.write(writer)
        }
        return response
    }
}
