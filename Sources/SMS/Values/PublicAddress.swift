/// The address under which a provider reaches this server: what its signatures cover.
public struct PublicAddress: Sendable, Hashable {
    /// Whether the scheme is https.
    public var isSecure: Bool
    /// The host as in a URL: an IPv6 address in brackets.
    public var host: String
    /// The port; nil for the scheme's standard port.
    public var port: Int?
    /// The path that a proxy removes, without a slash at its end; empty if there is none.
    public var path: String

    /// Creates an address.
    public init(isSecure: Bool, host: String, port: Int?, path: String) {
        self.isSecure = isSecure
        self.host = host
        self.port = port
        self.path = path
    }

    private var scheme: String { isSecure ? "https" : "http" }

    /// Returns the URL of a path and query at this address, without the scheme's standard port.
    public func url(_ target: String) -> String {
        "\(scheme)://\(host)\(port.map { ":\($0)" } ?? "")\(path)\(target)"
    }

    /// Returns the URLs under which a provider may have called a path and query: with the port and without it, because
    /// Twilio signs either.
    func urls(_ target: String) -> [String] {
        let explicitPort = port ?? (isSecure ? 443 : 80)
        return ["\(scheme)://\(host)\(path)\(target)", "\(scheme)://\(host):\(explicitPort)\(path)\(target)"]
    }
}
