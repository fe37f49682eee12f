import FoundationEssentials

/// Where an API is served: the address that the paths of all calls are appended to.
public struct OpenAIBaseURL: Sendable, Hashable {
    /// `https`, or `http`.
    public let scheme: String
    /// The host's name or address; an IPv6 address stands in brackets.
    public let host: String
    /// The port, if it is not the scheme's own.
    public let port: Int?
    /// What goes before every call's path, percent-encoded, without a slash at its end.
    public let pathPrefix: String

    /// Parses an address such as `https://api.openai.com/v1`; a slash at the end is tolerated.
    ///
    /// - Throws: ``OpenAIError`` with code `invalidConfiguration`, whose message says what is wrong and does not repeat
    ///   the text, for it may hold a password.
    public init(_ text: String) throws(OpenAIError) {
        guard let parts = URLComponents(string: text, encodingInvalidCharacters: false) else {
            throw OpenAIError(.invalidConfiguration, "The base URL is not a URL.")
        }
        guard let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme) else {
            throw OpenAIError(.invalidConfiguration, "The base URL does not begin with https:// or http://.")
        }
        guard let host = parts.percentEncodedHost, !host.isEmpty else {
            throw OpenAIError(.invalidConfiguration, "The base URL has no host.")
        }
        guard parts.user == nil, parts.password == nil else {
            throw OpenAIError(.invalidConfiguration, "The base URL holds credentials; the API key has its own place.")
        }
        guard parts.query == nil, parts.fragment == nil else {
            throw OpenAIError(.invalidConfiguration, "The base URL has a query or a fragment.")
        }
        guard parts.port.map((1...65_535).contains) ?? true else {
            throw OpenAIError(.invalidConfiguration, "The base URL's port is not between 1 and 65535.")
        }
        self.scheme = scheme
        self.host = host.lowercased()
        port = parts.port
        let path = parts.percentEncodedPath
        pathPrefix = String(path[..<(path.lastIndex { $0 != "/" }.map(path.index(after:)) ?? path.startIndex)])
    }

    /// Whether the host is this machine itself.
    public var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
            || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }

    /// The host and, if it is not the scheme's own, the port.
    var authority: String {
        port.map { "\(host):\($0)" } ?? host
    }
}
