internal import FoundationEssentials
internal import HTTPClient
internal import HTTPTypes

extension HTTPClient {
    /// The maximum size of a key set in bytes.
    private static let maximumKeySetBytes = 1 << 20

    struct NoKeySet: Error {}

    /// Fetches an identity provider's key set, within ten seconds.
    ///
    /// - Throws: `HTTPClientError`; ``NoKeySet`` for an invalid URL or another status than 200.
    @Sendable func keySet(at url: String) async throws -> [UInt8] {
        guard let head = HTTPRequest(.get, url: url, headers: [.accept: "application/json"]) else { throw NoKeySet() }
        let timeouts = HTTPClientRequest.Timeouts(connect: .seconds(5), total: .seconds(10))
        let response = try await execute(HTTPClientRequest(head, timeouts: timeouts))
        guard response.head.status == .ok else { throw NoKeySet() }
        return try await response.body.collect(upTo: Self.maximumKeySetBytes)
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
