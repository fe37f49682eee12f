internal import HTTPConnections
internal import HTTPTypes
internal import Hummingbird

/// Refuses requests for hosts that are not the engine's, which pages of other web sites can send (DNS rebinding).
struct AllowedHostsMiddleware: RouterMiddleware {
    let hosts: AllowedHosts

    func handle(
        _ request: Request,
        context: EngineContext,
        next: (Request, EngineContext) async throws -> Response
    ) async throws -> Response {
        // HTTP/1.0 may omit the host, which no browser does.
        if let authority = request.head.authority {
            guard let host = RequestHost(authority), hosts.contains(host, at: context.localAddress) else {
                throw APIError(
                    status: .misdirectedRequest,
                    code: "host_not_allowed",
                    message: "The engine is not served under the host that the request names. Use its address, or add "
                        + "the name to ALLOWED_HOSTS."
                )
            }
        }
        return try await next(request, context)
    }
}
