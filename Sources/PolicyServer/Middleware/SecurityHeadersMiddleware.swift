internal import HTTPTypes
internal import Hummingbird

/// Adds the security fields to each response: browsers must not guess its type, frame it, run it or store it.
///
/// A field that the route has set is kept.
struct SecurityHeadersMiddleware: RouterMiddleware {
    private static let fields = [
        HTTPField(name: .contentSecurityPolicy, value: "default-src 'none'; frame-ancestors 'none'"),
        HTTPField(name: .xContentTypeOptions, value: "nosniff"),
        HTTPField(name: HTTPField.Name(verified: "referrer-policy"), value: "no-referrer"),
        HTTPField(name: HTTPField.Name(verified: "x-frame-options"), value: "DENY"),
        HTTPField(name: .permissionsPolicy, value: .noPermissions),
        HTTPField(name: HTTPField.Name(verified: "cross-origin-opener-policy"), value: "same-origin"),
        HTTPField(name: HTTPField.Name(verified: "cross-origin-resource-policy"), value: "same-origin"),
        HTTPField(name: .cacheControl, value: "no-store"),
    ]

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        // The route's own fields, which are few; a look-up among all would go over those that are added, too.
        let present = response.headers.map(\.name)
        for field in Self.fields where !present.contains(field.name) { response.headers.append(field) }
        return response
    }
}

extension HTTPField.Name {
    static let permissionsPolicy = HTTPField.Name(verified: "permissions-policy")
}

extension String {
    /// A Permissions-Policy that allows a page none of what it may ask the user for.
    static let noPermissions = "camera=(), geolocation=(), microphone=()"
}
