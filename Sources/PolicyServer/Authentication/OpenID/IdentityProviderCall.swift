public import HTTPTypes

/// A request to an identity provider.
public struct IdentityProviderRequest: Sendable {
    /// The URL, which is `https`, or on this machine.
    public let url: String
    /// The header fields.
    public let headers: HTTPFields
    /// The body of a `POST` request; nil for a `GET` request.
    public let body: [UInt8]?
}

/// An identity provider's response.
public struct IdentityProviderReply: Sendable {
    /// The status code.
    public let status: Int
    /// The body.
    public let body: [UInt8]

    /// Creates a response.
    public init(status: Int, body: [UInt8]) {
        self.status = status
        self.body = body
    }
}

/// Sends a request to an identity provider; it must have a timeout of its own, and follow no redirect.
public typealias IdentityProviderCall = @Sendable (IdentityProviderRequest) async throws -> IdentityProviderReply

extension IdentityProviderRequest {
    /// Creates a request for a JSON document.
    static func document(at url: String, headers: HTTPFields = [:]) -> Self {
        var headers = headers
        headers[.accept] = "application/json"
        return Self(url: url, headers: headers, body: nil)
    }
}

/// The document was not sent.
struct UnexpectedStatus: Error {
    let status: Int
}

extension IdentityProviderReply {
    /// Returns the body of a response with the status 200.
    ///
    /// - Throws: ``UnexpectedStatus``.
    func document() throws(UnexpectedStatus) -> [UInt8] {
        guard status == 200 else { throw UnexpectedStatus(status: status) }
        return body
    }
}
