/// Where a Redis server is, how to sign in, and the bounds of a client.
///
/// | property | default | meaning |
/// |---|---|---|
/// | `endpoint` | | host and port, or the path of a Unix socket |
/// | `username`, `password` | none | the ACL user; a password alone is that of the default user (secret) |
/// | `database` | 0 | the number to SELECT |
/// | `tls` | none | TLS, with certificate and host name always checked |
/// | `connectTimeout` | 1 s | for the whole of connecting: TCP, TLS, AUTH and SELECT |
/// | `commandTimeout` | 5 s | from the call to the reply, waiting for a connection included |
/// | `backoff` | 50 ms … 2 s | the pause between attempts to connect |
/// | `writeProbe` | none | a key that is written to find out that the server takes writes |
/// | `maximumReplyBytes` | 64 MiB | a larger reply is an error |
/// | `maximumPendingCommands` | 10 000 | more callers than this at once is an error |
public struct RedisConfiguration: Sendable, Hashable {
    /// The address of a server.
    public enum Endpoint: Sendable, Hashable {
        /// A host name or IP address, and a port.
        case tcp(host: String, port: Int)
        /// The path of a Unix domain socket.
        case unixSocket(path: String)
    }

    /// TLS to the server, whose certificate and host name are always checked.
    public struct TLS: Sendable, Hashable {
        /// A PEM file of the certificates to trust, in place of the system's.
        public var trustRootsFile: String?
        /// PEM files of certificates to trust besides those.
        public var additionalTrustRootsFiles: [String]
        /// A PEM file of the certificate to show to the server, with its chain; nil where the server asks for none.
        public var certificateFile: String?
        /// A PEM file of that certificate's private key; nil where it is in ``certificateFile`` too.
        public var keyFile: String?

        /// Makes the settings of TLS.
        public init(
            trustRootsFile: String? = nil,
            additionalTrustRootsFiles: [String] = [],
            certificateFile: String? = nil,
            keyFile: String? = nil
        ) {
            self.trustRootsFile = trustRootsFile
            self.additionalTrustRootsFiles = additionalTrustRootsFiles
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    /// A key that is written to find out whether the server takes writes.
    ///
    /// It is written when a connection is made, and again with the first command after each ``interval``. A primary that
    /// was demoted goes on answering reads, from data that grows old: by this its client notices, and connects anew. The
    /// key lives for a second. A user who may not write it is served all the same.
    public struct WriteProbe: Sendable, Hashable {
        /// The key, of which nothing else may make use.
        public var key: String
        /// How long the server's word is taken.
        public var interval: Duration

        /// Makes a probe.
        public init(key: String, interval: Duration = .seconds(5)) {
            self.key = key
            self.interval = interval
        }

        var command: RedisCommand { .set(key, "", lifetime: .seconds(1)) }
    }

    /// Where the server is.
    public var endpoint: Endpoint
    /// The ACL user, if it is not the default one.
    public var username: String?
    /// The password; never part of a description.
    public var password: String?
    /// The number of the logical database.
    public var database: Int
    /// TLS, or nil for a plain connection.
    public var tls: TLS?
    /// The longest that connecting may take: TCP, TLS, AUTH and SELECT together.
    public var connectTimeout: Duration
    /// The longest that a caller waits for a reply; waiting for a connection counts.
    public var commandTimeout: Duration
    /// The pause between attempts to connect.
    public var backoff: RedisBackoff
    /// The key to write in order to find out whether the server takes writes; nil not to find out.
    public var writeProbe: WriteProbe?
    /// The largest reply that is accepted, in bytes on the wire.
    public var maximumReplyBytes: Int
    /// The most replies that may be due at once, over all callers.
    public var maximumPendingCommands: Int

    /// Makes a configuration; all but the endpoint has a default.
    public init(
        endpoint: Endpoint,
        username: String? = nil,
        password: String? = nil,
        database: Int = 0,
        tls: TLS? = nil,
        connectTimeout: Duration = .seconds(1),
        commandTimeout: Duration = .seconds(5),
        backoff: RedisBackoff = RedisBackoff(),
        writeProbe: WriteProbe? = nil,
        maximumReplyBytes: Int = 64 << 20,
        maximumPendingCommands: Int = 10_000
    ) {
        self.endpoint = endpoint
        self.username = username
        self.password = password
        self.database = database
        self.tls = tls
        self.connectTimeout = connectTimeout
        self.commandTimeout = commandTimeout
        self.backoff = backoff
        self.writeProbe = writeProbe
        self.maximumReplyBytes = maximumReplyBytes
        self.maximumPendingCommands = maximumPendingCommands
    }
}

extension RedisConfiguration.Endpoint: CustomStringConvertible {
    /// The address, as people write it.
    public var description: String {
        switch self {
        case .tcp(let host, let port): host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        case .unixSocket(let path): path
        }
    }
}

extension RedisConfiguration: CustomStringConvertible, CustomReflectable {
    /// Endpoint, user, database and whether TLS is on; no password.
    public var description: String {
        "redis \(endpoint), user \(username ?? "default"), database \(database)" + (tls == nil ? "" : ", TLS")
    }

    /// A mirror that shows no more than the description, so that `dump` tells no password either.
    public var customMirror: Mirror {
        Mirror(self, unlabeledChildren: [description])
    }
}
