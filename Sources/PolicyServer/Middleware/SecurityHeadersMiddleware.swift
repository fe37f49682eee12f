internal import HTTPTypes
internal import Hummingbird

/// Tells browsers to do no more with an answer than it is for: not to guess its type, frame it, run or keep it.
///
/// What a route says itself, stands.
struct SecurityHeadersMiddleware: RouterMiddleware {
    private static let fields: [(name: HTTPField.Name, value: String)] = [
        (.contentSecurityPolicy, "default-src 'none'; frame-ancestors 'none'"),
        (.xContentTypeOptions, "nosniff"),
        (HTTPField.Name(verified: "referrer-policy"), "no-referrer"),
        (HTTPField.Name(verified: "x-frame-options"), "DENY"),
        (HTTPField.Name(verified: "cross-origin-opener-policy"), "same-origin"),
        (HTTPField.Name(verified: "cross-origin-resource-policy"), "same-origin"),
        (.cacheControl, "no-store"),
    ]

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        for (name, value) in Self.fields where response.headers[name] == nil {
            response.headers[name] = value
        }
        return response
    }
}
