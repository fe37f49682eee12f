import FoundationEssentials

/// The base URL of an API, to which the paths of all calls are appended.
public struct OpenAIBaseURL: Sendable, Hashable {
    /// `https`, or `http`.
    public let scheme: String
    /// The host's name or address; an IPv6 address is in brackets.
    public let host: String
    /// The port; nil for the scheme's default.
    public let port: Int?
    /// The prefix of every call's path, percent-encoded, without a trailing slash.
    public let pathPrefix: String

    /// Parses an address such as `https://api.openai.com/v1`, with or without a trailing slash.
    ///
    /// - Throws: ``OpenAIError`` with code `invalidConfiguration`, whose message does not quote the text,
    ///   which may hold a password.
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
            throw OpenAIError(
                .invalidConfiguration,
                "The base URL holds credentials; the API key is a setting of its own."
            )
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

    /// Whether the host is a loopback address.
    public var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
            || (host.hasPrefix("127.") && host.allSatisfy { $0.isNumber || $0 == "." })
    }

    /// The host and, unless it is the scheme's default, the port.
    var authority: String {
        port.map { "\(host):\($0)" } ?? host
    }
}
