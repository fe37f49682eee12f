internal import HTTPTypes
internal import Hummingbird

/// Adds the security fields to each response: browsers must not guess its type, frame it, run it or store it.
///
/// A field that the route has set is kept.
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
