internal import FoundationEssentials
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
        guard let parts = URLComponents(string: url), let host = parts.percentEncodedHost else { throw NoKeySet() }
        let path = parts.percentEncodedPath.isEmpty ? "/" : parts.percentEncodedPath
        let head = HTTPRequest(
            method: .get,
            scheme: parts.scheme?.lowercased(),
            authority: parts.port.map { "\(host):\($0)" } ?? host,
            path: parts.percentEncodedQuery.map { "\(path)?\($0)" } ?? path,
            headerFields: [.accept: "application/json"]
        )
        let timeouts = HTTPClientRequest.Timeouts(connect: .seconds(5), total: .seconds(10))
        let response = try await execute(HTTPClientRequest(head, timeouts: timeouts))
        guard response.head.status == .ok else { throw NoKeySet() }
        return try await response.body.collect(upTo: Self.maximumKeySetBytes)
    }
}
