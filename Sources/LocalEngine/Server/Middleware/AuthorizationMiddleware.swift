internal import HTTPTypes
internal import Hummingbird

/// Asks for an API key, as OpenAI does; the engine guards its door by who can reach it, so any key will do.
struct AuthorizationMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: EngineContext,
        next: (Request, EngineContext) async throws -> Response
    ) async throws -> Response {
        let words = (request.headers[.authorization] ?? "").split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer", !words[1].allSatisfy(\.isWhitespace) else {
            throw APIError(
                status: .unauthorized,
                code: "invalid_api_key",
                message: "You didn't provide an API key. You need to provide your API key in an Authorization header "
                    + "using Bearer auth (i.e. Authorization: Bearer YOUR_KEY)."
            )
        }
        return try await next(request, context)
    }
}
