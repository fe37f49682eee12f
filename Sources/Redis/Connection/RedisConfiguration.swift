/// The address of a Redis server, the credentials, and the limits of a client.
///
/// | property | default | meaning |
/// |---|---|---|
/// | `endpoint` | | host and port, or the path of a Unix socket |
/// | `username`, `password` | none | the ACL user; a password alone is that of the default user (secret) |
/// | `database` | 0 | the number to SELECT |
/// | `tls` | none | TLS, with certificate and host name always checked |
/// | `connectTimeout` | 1 s | from the attempt to the ready connection: TCP, TLS, AUTH and SELECT |
/// | `commandTimeout` | 5 s | from the call to the reply, waiting for a connection included |
/// | `backoff` | 50 ms … 2 s | the pause between attempts to connect |
/// | `writeProbe` | none | a key that is written to check that the server accepts writes |
/// | `maximumReplyBytes` | 64 MiB | a larger reply is an error |
/// | `maximumPendingCommands` | 10 000 | more pending replies than this is an error |
public struct RedisConfiguration: Sendable, Hashable {
    /// The address of a server.
    public enum Endpoint: Sendable, Hashable {
        /// A host name or IP address, and a port.
        case tcp(host: String, port: Int)
        /// The path of a Unix domain socket.
        case unixSocket(path: String)
    }

    /// TLS; the certificate and the host name of the server are always verified.
    public struct TLS: Sendable, Hashable {
        /// A PEM file of the certificates to trust, in place of the system's.
        public var trustRootsFile: String?
        /// PEM files of further certificates to trust.
        public var additionalTrustRootsFiles: [String]
        /// A PEM file of the client certificate with its chain; nil where the server requires none.
        public var certificateFile: String?
        /// A PEM file of that certificate's private key; nil where ``certificateFile`` holds it.
        public var keyFile: String?

        /// Creates a TLS configuration.
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

    /// A key that is written to check whether the server accepts writes.
    ///
    /// It is written on each new connection, and again with the first command after each ``interval``. A primary that
    /// was demoted still answers reads, from outdated data: the failed write makes the client reconnect. The key
    /// expires after a second. A missing permission to write it is ignored.
    public struct WriteProbe: Sendable, Hashable {
        /// The key, which must have no other use.
        public var key: String
        /// The time between two checks.
        public var interval: Duration

        /// Creates a probe.
        public init(key: String, interval: Duration = .seconds(5)) {
            self.key = key
            self.interval = interval
        }

        var command: RedisCommand { .set(key, "", lifetime: .seconds(1)) }
    }

    /// The address of the server.
    public var endpoint: Endpoint
    /// The ACL user; nil for the default user.
    public var username: String?
    /// The password, which no description shows.
    public var password: String?
    /// The number of the logical database.
    public var database: Int
    /// TLS, or nil for a plain connection.
    public var tls: TLS?
    /// The longest time to connect: TCP, TLS, AUTH and SELECT together.
    public var connectTimeout: Duration
    /// The longest time that a caller waits for a reply, including the wait for a connection.
    public var commandTimeout: Duration
    /// The delay between attempts to connect.
    public var backoff: RedisBackoff
    /// The key to write to check whether the server accepts writes; nil for no check.
    public var writeProbe: WriteProbe?
    /// The largest reply accepted, in bytes on the wire.
    public var maximumReplyBytes: Int
    /// The maximum number of replies that may be pending at once, over all callers.
    public var maximumPendingCommands: Int

    /// Creates a configuration; everything but the endpoint has a default.
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
    /// The address: `host:port`, `[host]:port` or the path.
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

    /// A mirror that shows only the description, so that `dump` shows no password.
    public var customMirror: Mirror {
        Mirror(self, unlabeledChildren: [description])
    }
}

/// The delay between attempts to connect after failures.
///
/// The bound doubles with each consecutive failure. Half of it is always waited, the other half at random, so that the
/// clients of a lost server do not all reconnect at the same time.
public struct RedisBackoff: Sendable, Hashable {
    /// The shortest delay, after the first failure.
    public var minimum: Duration
    /// The longest delay.
    public var maximum: Duration

    /// Creates a backoff between two durations.
    public init(minimum: Duration = .milliseconds(50), maximum: Duration = .seconds(2)) {
        precondition(minimum > .zero && maximum >= minimum, "a backoff is positive and ends no earlier than it begins")
        self.minimum = minimum
        self.maximum = maximum
    }

    /// Returns the delay after a number of consecutive failures.
    ///
    /// - Parameters:
    ///   - failures: At least 1.
    ///   - chance: A random number from 0 to 1.
    /// - Returns: A delay from ``minimum`` to ``maximum``.
    func delay(afterFailures failures: Int, chance: Double) -> Duration {
        let doublings = min(max(failures, 1), 32)
        let bound = min(maximum, minimum * (1 << doublings))
        return max(minimum, bound / 2 + bound / 2 * chance)
    }
}
