internal import FoundationEssentials

/// The URL under which callers reach the HTTP API, through the proxies in front of it.
public struct PublicURL: Sendable, Hashable, CustomStringConvertible {
    /// Why a text is no such URL.
    public struct Fault: Error, Sendable, Hashable {
        /// The problem, as a clause that follows the setting's name.
        public let problem: String
    }

    /// Whether the scheme is https.
    public let isSecure: Bool
    /// The host in lower case; an IPv6 address without brackets.
    public let host: String
    /// The port; nil for the scheme's default.
    public let port: Int?
    /// The path that a proxy removes, such as `/assistant`, percent-encoded; empty where there is none.
    public let path: String

    /// Reads a URL such as `https://intranet.example/assistant`, with or without a slash at its end.
    ///
    /// - Throws: ``Fault`` for another scheme than http and https, a missing host, user information, a query, a fragment, or
    ///   a path that browsers write in another form.
    public init(_ text: String) throws(Fault) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.encodedHost?.lowercased(), !host.isEmpty
        else { throw Fault(problem: "“\(text)” is not a URL such as https://intranet.example/assistant") }
        // The text may contain a password here, so it is not shown.
        guard parts.user == nil, parts.password == nil else {
            throw Fault(problem: "must not have a user or a password")
        }
        guard ["http", "https"].contains(scheme) else {
            throw Fault(problem: "“\(text)” must begin with http:// or https://")
        }
        guard parts.query == nil, parts.fragment == nil else {
            throw Fault(problem: "“\(text)” must not have a query or a fragment")
        }
        var path = parts.percentEncodedPath
        if path.hasSuffix("/") { path.removeLast() }
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        guard !segments.contains(where: { ["", ".", ".."].contains($0) }), !path.contains(where: { ";,".contains($0) })
        else {
            throw Fault(
                problem:
                    "“\(text)” must have a path without empty parts, dots, semicolons and commas, such as /assistant"
            )
        }
        guard parts.port.map({ (1...65_535).contains($0) }) ?? true else {
            throw Fault(problem: "“\(text)” must have a port from 1 to 65535, or none")
        }
        isSecure = scheme == "https"
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = parts.port == (isSecure ? 443 : 80) ? nil : parts.port
        self.path = path
    }

    /// The attribute Path of cookies for the API.
    public var cookiePath: String { path.isEmpty ? "/" : path }

    /// The URL, without a slash at its end.
    public var description: String { origin + path }

    /// The URL's origin, as browsers send it.
    public var origin: String {
        let authority = host.contains(":") ? "[\(host)]" : host
        return "\(isSecure ? "https" : "http")://\(authority)\(port.map { ":\($0)" } ?? "")"
    }
}

extension SettingsReader {
    /// Reads the URL under which callers reach the HTTP API.
    mutating func publicURL() -> PublicURL? {
        guard let text = text("PUBLIC_URL") else { return nil }
        do {
            return try PublicURL(text)
        } catch {
            fault("PUBLIC_URL", error.problem)
            return nil
        }
    }

    /// Reads the additional hosts under whose names the HTTP API is served to callers without authentication.
    mutating func allowedHosts() -> [String] {
        let words = (text("ALLOWED_HOSTS") ?? "").split { $0 == "," || $0.isWhitespace }.map(String.init)
        for word in words where !isHost(word) {
            fault(
                "ALLOWED_HOSTS",
                "“\(word)” is not a host such as assistant.example.com or 10.0.0.5, without scheme and port, "
                    + "nor *.example.com, nor *"
            )
        }
        return words
    }

    /// Whether a word names a host, all hosts below one, or every host.
    private func isHost(_ word: String) -> Bool {
        if word == "*" { return true }
        let name = word.hasPrefix("*.") ? word.dropFirst(2) : word[...]
        let isAddress = name.contains(":") && name.allSatisfy { $0.isHexDigit || $0 == ":" || $0 == "." }
        return isAddress
            || !name.isEmpty
                && name.utf8.allSatisfy { byte in
                    byte < 0x80
                        && (Character(Unicode.Scalar(byte)).isLetter || (48...57).contains(byte)
                            || "-._".utf8.contains(byte))
                }
    }
}
