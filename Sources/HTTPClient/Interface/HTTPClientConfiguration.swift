internal import Foundation

/// The settings of a client, for all of its requests.
public struct HTTPClientConfiguration: Sendable {
    /// A PEM file of certificate authorities to trust in addition to those in the system's certificate folder.
    ///
    /// It replaces the system's bundle file, which on Debian has the same content as its folder.
    public var trustRootsFile: String?

    /// Folders of certificate authorities that replace the system's folder: hashed by OpenSSL, separated by colons.
    public var trustRootsDirectories: String?

    /// The proxies.
    public var proxies: ProxyConfiguration

    /// The maximum number of open connections to one host; further requests wait for one.
    public var maximumConnectionsPerHost: Int

    /// The maximum number of transfers in flight, waiting ones included; a further one fails at once.
    public var maximumTransfers: Int

    /// Whether requests to an HTTP/2 host share one connection instead of one connection each.
    ///
    /// Off by default, because backpressure is weak on a shared connection: libcurl 7.88 goes on to receive a body
    /// whose reader is behind, and buffers up to 32 MiB of each. Turn it on where bodies are small or read at once. A
    /// request then waits for a connection that is being established, in case it can be shared (libcurl's PIPEWAIT).
    public var sharesHTTP2Connections: Bool

    /// Creates a configuration.
    public init(
        trustRootsFile: String? = HTTPClientConfiguration.trustRootsFileOfEnvironment,
        trustRootsDirectories: String? = nil,
        proxies: ProxyConfiguration = .ofEnvironment,
        maximumConnectionsPerHost: Int = 128,
        maximumTransfers: Int = 10_000,
        sharesHTTP2Connections: Bool = false
    ) {
        self.trustRootsFile = trustRootsFile
        self.trustRootsDirectories = trustRootsDirectories
        self.proxies = proxies
        self.maximumConnectionsPerHost = maximumConnectionsPerHost
        self.maximumTransfers = maximumTransfers
        self.sharesHTTP2Connections = sharesHTTP2Connections
    }

    /// The file that `CURL_CA_BUNDLE`, else `SSL_CERT_FILE`, names, as for the curl command.
    public static var trustRootsFileOfEnvironment: String? {
        let environment = ProcessInfo.processInfo.environment
        return [environment["CURL_CA_BUNDLE"], environment["SSL_CERT_FILE"]]
            .compactMap(\.self)
            .first { !$0.isEmpty }
    }

    func validate() throws(HTTPClientError) {
        guard maximumConnectionsPerHost > 0, maximumTransfers > 0 else {
            throw HTTPClientError(.invalidRequest, "the maximum of connections and of transfers has to be at least 1")
        }
        guard let trustRootsFile else { return }
        guard !trustRootsFile.utf8.contains(0), FileManager.default.isReadableFile(atPath: trustRootsFile) else {
            throw HTTPClientError(.fileUnreadable, "the file of trust roots cannot be read")
        }
    }
}

/// The proxies, and the hosts that are reached without one.
///
/// A proxy is a URL, `http://` without a scheme. It may hold a user and a password, which descriptions hide.
public struct ProxyConfiguration: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible {
    /// The proxy for `http` requests.
    public var http: String?

    /// The proxy for `https` requests, which are tunnelled.
    public var https: String?

    /// The hosts that are reached without a proxy: names, domains and addresses separated by commas, or `*`.
    public var exceptions: String?

    /// Creates a configuration; without arguments, one without proxies.
    public init(http: String? = nil, https: String? = nil, exceptions: String? = nil) {
        self.http = http
        self.https = https
        self.exceptions = exceptions
    }

    /// Creates a configuration from environment variables, as the curl command does.
    ///
    /// `http_proxy` is read in lower case only, since a CGI server sets `HTTP_PROXY` from a request's header; the
    /// others (`https_proxy`, `all_proxy`, `no_proxy`) are read in either case.
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

    /// The configuration from this process's environment.
    public static var ofEnvironment: Self { Self(environment: ProcessInfo.processInfo.environment) }

    /// Which proxies are set, without their addresses.
    public var description: String {
        "ProxyConfiguration(http: \(http == nil ? "none" : "set"), https: \(https == nil ? "none" : "set"))"
    }

    /// The description.
    public var debugDescription: String { description }
}
