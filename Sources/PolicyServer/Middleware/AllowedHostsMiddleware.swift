internal import HTTPConnections
internal import HTTPTypes
internal import Hummingbird

/// Refuses requests for hosts that are not this server's, where nothing else keeps other web sites' pages out (DNS
/// rebinding).
struct AllowedHostsMiddleware: RouterMiddleware {
    let hosts: AllowedHosts

    /// What may be asked under any name: load balancers ask by whatever address they have, and the answers tell nothing.
    private static let exempt: Set<String> = ["/healthz", "/readyz"]

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        // HTTP/1.0 may leave the host out, which no browser does.
        if let authority = request.head.authority, !Self.exempt.contains(request.uri.path) {
            guard let host = RequestHost(authority), hosts.contains(host, at: context.localAddress) else {
                throw Problem.hostNotAllowed
            }
        }
        return try await next(request, context)
    }
}

extension Problem {
    static let hostNotAllowed = Problem(
        status: .misdirectedRequest,
        code: "host_not_allowed",
        detail:
            "This server is not served under the host that the request names. Set PUBLIC_URL to the URL by which it is "
            + "reached, or ALLOWED_HOSTS to its names."
    )
}
