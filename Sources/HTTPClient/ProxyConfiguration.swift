internal import Foundation

/// Which proxies to ask, and for which hosts not to.
///
/// A proxy is a URL, `http://` if no scheme is given, and may hold a user and a password: a description hides them.
public struct ProxyConfiguration: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The proxy for `http` requests.
    public var http: String?

    /// The proxy for `https` requests, which go through a tunnel.
    public var https: String?

    /// Hosts to be reached without a proxy: names, domains and addresses with commas between, or `*`.
    public var exceptions: String?

    /// Creates a configuration; without arguments, one that uses no proxy.
    public init(http: String? = nil, https: String? = nil, exceptions: String? = nil) {
        self.http = http
        self.https = https
        self.exceptions = exceptions
    }

    /// Creates the configuration that the usual variables describe, read as the curl command reads them.
    ///
    /// `http_proxy` counts in lower case only, since a CGI server sets `HTTP_PROXY` from a request's header; all others
    /// (`https_proxy`, `all_proxy`, `no_proxy`) count in either case.
    public init(environment: [String: String]) {
        func value(_ names: String...) -> String? {
            names.lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
        }
        let all = value("all_proxy", "ALL_PROXY")
        self.init(
            http: value("http_proxy") ?? all,
            https: value("https_proxy", "HTTPS_PROXY") ?? all,
            exceptions: value("no_proxy", "NO_PROXY")
        )
    }

    /// The configuration that this process's environment describes.
    public static var ofEnvironment: Self { Self(environment: ProcessInfo.processInfo.environment) }

    /// Which proxies are set, without their addresses.
    public var description: String {
        "ProxyConfiguration(http: \(http == nil ? "none" : "set"), https: \(https == nil ? "none" : "set"))"
    }

    /// The same as the description.
    public var debugDescription: String { description }
}
