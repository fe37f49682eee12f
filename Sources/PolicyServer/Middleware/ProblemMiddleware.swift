internal import Hummingbird
internal import Logging

/// Converts every error of the handlers to a problem document: the one place where errors become responses.
struct ProblemMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = Problem(error)
            if problem.status.kind == .serverError {
                let cause = problem.cause.map { String(describing: $0) } ?? "none"
                context.logger.warning("request failed", metadata: ["code": "\(problem.code)", "cause": "\(cause)"])
            }
            return try problem.response(requestID: context.requestID)
        }
    }
}
