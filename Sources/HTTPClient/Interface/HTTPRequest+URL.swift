internal import FoundationEssentials
public import HTTPTypes

extension HTTPRequest {
    /// Creates a request for an `http` or `https` URL, without the URL's credentials; nil if the URL has no host.
    public init?(_ method: Method, url: String, headers: HTTPFields) {
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
