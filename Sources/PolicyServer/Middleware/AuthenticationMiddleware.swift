internal import HTTPTypes
internal import Hummingbird

/// Authenticates each request; without valid credentials its identity stays ``Identity/unknown``.
struct AuthenticationMiddleware: RouterMiddleware {
    let authenticator: RequestAuthenticator

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        do {
            context.identity = try await authenticator.identity(of: request, from: context.peer)
        } catch let problem as Problem where problem.status == .unauthorized {
            context.identity = .unknown
        }
        return try await next(request, context)
    }
}

/// Refuses requests that are not authenticated.
struct RequireAuthenticationMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        if case .unknown = context.identity { throw Problem.unauthorized }
        return try await next(request, context)
    }
}
