internal import Foundation

extension HTTPClient {
    /// What is the same for all requests of a client.
    public struct Configuration: Sendable {
        /// A PEM file of certificate authorities to trust besides those in the system's certificate folder.
        ///
        /// It takes the place of the system's bundle file, which on Debian holds the same as its folder.
        public var trustRootsFile: String?

        /// Folders of certificate authorities in place of the system's folder: hashed by OpenSSL, with colons between.
        public var trustRootsDirectories: String?

        /// The proxies to ask.
        public var proxies: ProxyConfiguration

        /// How many connections to one host may be open; more requests than that wait their turn.
        public var maximumConnectionsPerHost: Int

        /// How many transfers may be under way, the waiting ones included; one more fails at once.
        public var maximumTransfers: Int

        /// Whether requests to an HTTP/2 host share one connection rather than take one each.
        ///
        /// Off by default, as backpressure is loose on a shared connection: libcurl 7.88 goes on taking what the server
        /// may send of a body whose reader is behind, and holds up to 32 MiB of each. Turn it on where bodies are small
        /// or read at once. A request then waits for a connection that is being made, to see whether it can be shared,
        /// rather than make another (libcurl's PIPEWAIT).
        public var sharesHTTP2Connections: Bool

        /// Creates a configuration.
        public init(
            trustRootsFile: String? = Configuration.trustRootsFileOfEnvironment,
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

        /// The file that `CURL_CA_BUNDLE` or else `SSL_CERT_FILE` names, as the curl command has it.
        public static var trustRootsFileOfEnvironment: String? {
            let environment = ProcessInfo.processInfo.environment
            return [environment["CURL_CA_BUNDLE"], environment["SSL_CERT_FILE"]]
                .compactMap(\.self)
                .first { !$0.isEmpty }
        }

        func validate() throws(HTTPClientError) {
            guard maximumConnectionsPerHost > 0, maximumTransfers > 0 else {
                throw HTTPClientError(.invalidRequest, "the maximum of connections and of transfers is at least 1")
            }
            guard let trustRootsFile else { return }
            guard !trustRootsFile.utf8.contains(0), FileManager.default.isReadableFile(atPath: trustRootsFile) else {
                throw HTTPClientError(.fileUnreadable, "the file of trust roots cannot be read")
            }
        }
    }
}
