internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// Learns from a request who makes it: by its `Authorization` header or, where there is none, by a session's cookie.
struct RequestAuthenticator: Sendable {
    let authenticator: Authenticator
    /// What those have been given who signed in; nil where nobody can.
    let credentials: SessionCredentials?

    /// Returns who makes a request.
    ///
    /// Browsers send a cookie along with requests that other pages make. So a request that may change something has to
    /// show, beside the cookie, what only the page can know.
    ///
    /// - Throws: As ``Authenticator/identity(ofBearer:)`` does, and ``Problem`` with the code `csrf_token_invalid`.
    func identity(of request: Request) async throws -> Identity {
        guard request.headers[.authorization] == nil, let credentials, let token = credentials.token(in: request) else {
            return try await authenticator.identity(ofBearer: Self.bearer(request.headers[.authorization]))
        }
        let identity = try await authenticator.identity(ofBearer: token)
        guard case .session(let session) = identity else { throw Problem.unauthorized }
        guard request.method.isSafe || credentials.isValid(request, in: session) else { throw Problem.forgeryRefused }
        return identity
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

extension HTTPRequest.Method {
    /// Whether a request asks for nothing to be changed, as RFC 9110 has it.
    var isSafe: Bool { [.get, .head, .options].contains(self) }
}
