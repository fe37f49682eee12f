internal import HTTPConnections
internal import HTTPTypes
internal import Hummingbird

/// Refuses requests for other hosts: the defence against DNS rebinding without authentication.
struct AllowedHostsMiddleware: RouterMiddleware {
    let hosts: AllowedHosts

    /// The paths that are served for any host: load balancers use any address, and the responses reveal nothing.
    private static let exempt: Set<String> = ["/healthz", "/readyz"]

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        // Only HTTP/1.0, which no browser uses, allows a request without a host.
        if let authority = request.head.authority, !Self.exempt.contains(request.uri.path) {
            guard let host = RequestHost(authority), hosts.contains(host, at: context.localAddress) else {
                throw Problem.hostNotAllowed
            }
        }
        return try await next(request, context)
    }
}
