internal import FoundationEssentials
internal import HTTPClient
internal import HTTPTypes
internal import PolicyServer

extension HTTPClient {
    /// The maximum size of an identity provider's response in bytes.
    private static let maximumProviderBytes = 1 << 20

    struct InvalidURL: Error {}

    /// Sends a request to an identity provider, within ten seconds.
    ///
    /// - Throws: `HTTPClientError`; ``InvalidURL``.
    @Sendable func callProvider(_ request: IdentityProviderRequest) async throws -> IdentityProviderReply {
        let method: HTTPRequest.Method = request.body == nil ? .get : .post
        guard let head = HTTPRequest(method, url: request.url, headers: request.headers) else { throw InvalidURL() }
        let timeouts = HTTPClientRequest.Timeouts(connect: .seconds(5), total: .seconds(10))
        let response = try await execute(
            HTTPClientRequest(head, body: request.body.map { .bytes($0) } ?? .none, timeouts: timeouts)
        )
        return IdentityProviderReply(
            status: response.head.status.code,
            body: try await response.body.collect(upTo: Self.maximumProviderBytes)
        )
    }
}

extension HTTPRequest {
    /// Creates a request for an `http` or `https` URL, without the URL's credentials; nil if the URL has no host.
    init?(_ method: Method, url: String, headers: HTTPFields) {
        guard let parts = URLComponents(string: url), let host = parts.percentEncodedHost, !host.isEmpty else {
            return nil
        }
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        self.init(
            method: method,
            scheme: parts.scheme?.lowercased(),
            authority: parts.port.map { "\(host):\($0)" } ?? host,
            path: parts.percentEncodedQuery.map { "\(path)?\($0)" } ?? path,
            headerFields: headers
        )
    }
}
