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
