internal import HTTPTypes
internal import Hummingbird

/// Assigns each request its ID: the client's `x-request-id`, if it has only safe characters, or a new one.
///
/// Every response carries it, and every log line of the request, as `request_id`.
struct RequestIDMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        if let given = request.headers[.requestID], Self.isSafe(given) { context.take(given) }
        var response = try await next(request, context)
        response.headers[.requestID] = context.requestID
        return response
    }

    /// Returns whether an ID is safe in header fields and log lines.
    private static func isSafe(_ id: String) -> Bool {
        !id.isEmpty && id.utf8.count <= 128 && id.utf8.allSatisfy(\.isUnreserved)
    }
}
