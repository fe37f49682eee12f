internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// Authenticates requests by the `Authorization` field or, without one, by a session's cookie.
struct RequestAuthenticator: Sendable {
    let authenticator: Authenticator
    /// The sessions' credentials; nil if users cannot sign in here.
    let credentials: SessionCredentials?

    /// Returns the identity of a request's caller.
    ///
    /// Browsers also send the cookie with requests of other sites' pages, so an unsafe request with a cookie needs the
    /// session's CSRF token.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - peer: The IP address of the other end of the connection.
    /// - Returns: The caller's identity.
    /// - Throws: The errors of ``Authenticator/identity(ofBearer:)`` and ``ProxyAuthenticator/identity(of:from:)``, and
    ///   ``Problem/invalidCSRFToken``.
    func identity(of request: Request, from peer: String?) async throws -> Identity {
        if case .proxy(let proxy, _) = authenticator, let identity = try proxy.identity(of: request, from: peer) {
            return identity
        }
        guard request.headers[.authorization] == nil, let credentials, let token = credentials.token(in: request) else {
            return try await authenticator.identity(ofBearer: Self.bearer(request.headers[.authorization]))
        }
        let identity = try await authenticator.identity(ofSession: token)
        guard let session = identity.sessionID else { throw Problem.unauthorized }
        guard request.method.isSafe || credentials.hasValidCSRFToken(request, for: session) else {
            throw Problem.invalidCSRFToken
        }
        return identity
    }

    /// Returns the credential of an `Authorization` field; nil for another scheme than `Bearer` or an invalid
    /// character.
    static func bearer(_ header: String?) -> String? {
        guard let header, header.utf8.count <= 16 * 1024 else { return nil }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer", parts[1].utf8.allSatisfy(\.isUnreserved) else {
            return nil
        }
        return String(parts[1])
    }
}

extension HTTPRequest.Method {
    /// Whether the method is safe (RFC 9110, section 9.2.1): it is not meant to change anything.
    var isSafe: Bool { [.get, .head, .options].contains(self) }
}
