internal import HTTPClient
internal import HTTPTypes

extension HTTPClient {
    /// The largest key set taken, in bytes.
    private static let maximumKeySetBytes = 1 << 20

    struct NoKeySet: Error {}

    /// Fetches an identity provider's key set, within ten seconds.
    ///
    /// - Throws: `HTTPClientError`, or ``NoKeySet`` where something else is at the URL.
    @Sendable func keySet(at url: String) async throws -> [UInt8] {
        guard let head = HTTPRequest(.get, url: url, headers: [.accept: "application/json"]) else { throw NoKeySet() }
        let timeouts = HTTPClientRequest.Timeouts(connect: .seconds(5), total: .seconds(10))
        let response = try await execute(HTTPClientRequest(head, timeouts: timeouts))
        guard response.head.status == .ok else { throw NoKeySet() }
        return try await response.body.collect(upTo: Self.maximumKeySetBytes)
    }
}
