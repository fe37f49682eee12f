internal import HTTPTypes
internal import Hummingbird

/// Learns who makes each request, and refuses those who do not prove it.
struct IdentityMiddleware: RouterMiddleware {
    let authenticator: Authenticator

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.identity = try await authenticator.identity(ofBearer: Self.bearer(request.headers[.authorization]))
        return try await next(request, context)
    }

    /// Returns what follows `Bearer` in an `Authorization` header: a word of the characters that keys and tokens have.
    static func bearer(_ header: String?) -> String? {
        guard let header, header.utf8.count <= 16 * 1024 else { return nil }
        let words = header.split(separator: " ", omittingEmptySubsequences: true)
        guard words.count == 2, words[0].lowercased() == "bearer", words[1].utf8.allSatisfy(isTokenCharacter) else {
            return nil
        }
        return String(words[1])
    }

    private static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."):
            true
        default:
            false
        }
    }
}
