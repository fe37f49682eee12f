internal import Hummingbird
internal import Logging
internal import PolicyAssistant

/// Turns whatever is thrown below into a problem document.
///
/// The one place where errors become answers.
struct ProblemMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let (error, headers) = (error as? AnnotatedError).map { ($0.error, $0.headers) } ?? (error, [:])
            var problem = Problem(error)
            problem.headers.append(contentsOf: headers)
            if problem.status.kind == .serverError {
                context.logger.warning(
                    "request failed",
                    metadata: ["code": "\(problem.code)", "cause": "\(cause(of: error))"]
                )
            }
            return try problem.response(requestID: context.requestID)
        }
    }

    private func cause(of error: any Error) -> String {
        guard let error = error as? PolicyAssistantError else { return String(describing: error) }
        return error.cause.map { String(describing: $0) } ?? "none"
    }
}
