internal import Crypto
internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// Requires an API key, as OpenAI does: the configured one, or any if none is configured.
struct AuthorizationMiddleware: RouterMiddleware {
    /// The hash of the key, so that the time of a comparison reveals nothing about the key.
    private let hash: SHA256.Digest?

    /// Creates a middleware.
    ///
    /// - Parameter apiKey: The only accepted key; nil to accept any.
    init(apiKey: String?) {
        hash = apiKey.map { SHA256.hash(data: Data($0.utf8)) }
    }

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
        // Digests are compared in constant time.
        guard hash == nil || hash == SHA256.hash(data: Data(words[1].utf8)) else {
            throw APIError(status: .unauthorized, code: "invalid_api_key", message: "Incorrect API key provided.")
        }
        return try await next(request, context)
    }
}
