import Logging
public import Redis
import Subprocess
import Synchronization

/// A real redis-server, in a folder of its own, that keeps nothing.
///
/// ```swift
/// try await withRedisServer { server in
///     try await server.withClient { redis in
///         _ = try await redis.send(.set("key", "value"))
///     }
/// }
/// ```
public final class RedisServer: Sendable {
    /// How a server listens and whom it lets in.
    public struct Options: Sendable, Equatable {
        /// Where a server listens.
        public enum Listening: Sendable, Equatable {
            /// A Unix socket in the server's folder.
            case unixSocket
            /// A free port of the loopback address.
            case tcp
            /// A free port of the loopback address, with TLS and a certificate for the names, such as `DNS:localhost`.
            case tls(names: [String])
        }

        /// Where the server listens.
        public var listening: Listening
        /// An ACL user to make; without one, the password is the default user's.
        public var username: String?
        /// The password, if one is to be asked for.
        public var password: String?

        /// Creates options: a Unix socket and no password, if nothing is said.
        public init(listening: Listening = .unixSocket, username: String? = nil, password: String? = nil) {
            self.listening = listening
            self.username = username
            self.password = password
        }
    }

    private let options: Options
    private let endpoint: RedisConfiguration.Endpoint
    private let certificate: TestCertificate?
    private let arguments: [String]
    private let runs: AsyncStream<ServerRun>.Continuation
    private let current = Mutex<ServerRun?>(nil)
    /// Whether it was stopped or frozen; it is then of no use to another test.
    let isWorn = Mutex(false)
    /// What it was configured as when it was started.
    let settings = Mutex<[String]>([])

    init(options: Options, folder: String, runs: AsyncStream<ServerRun>.Continuation) async throws {
        self.options = options
        self.runs = runs
        var arguments = ["--save", "", "--appendonly", "no", "--daemonize", "no", "--dir", folder]
        switch options.listening {
        case .unixSocket:
            let path = "\(folder)/redis"
            endpoint = .unixSocket(path: path)
            certificate = nil
            arguments += ["--port", "0", "--unixsocket", path, "--unixsocketperm", "700"]
        case .tcp:
            let port = try await freePort()
            endpoint = .tcp(host: "127.0.0.1", port: port)
            certificate = nil
            arguments += ["--bind", "127.0.0.1", "--port", "\(port)"]
        case .tls(let names):
            let port = try await freePort()
            let made = try await TestCertificate(in: folder, names: names)
            endpoint = .tcp(host: "127.0.0.1", port: port)
            certificate = made
            arguments += [
                "--bind", "127.0.0.1", "--port", "0", "--tls-port", "\(port)", "--tls-auth-clients", "no",
                "--tls-cert-file", made.certificateFile, "--tls-key-file", made.keyFile,
                "--tls-ca-cert-file", made.certificateFile,
            ]
        }
        if let password = options.password {
            arguments +=
                options.username.map { ["--user", $0, "on", ">\(password)", "~*", "&*", "+@all"] }
                ?? ["--requirepass", password]
        }
        self.arguments = arguments
    }

    /// Returns a configuration that reaches the server: its address, credentials and certificate.
    ///
    /// Its timeouts are long, so that a busy machine fails no test.
    public func configuration(database: Int = 0) -> RedisConfiguration {
        RedisConfiguration(
            endpoint: endpoint,
            username: options.username,
            password: options.password,
            database: database,
            tls: certificate.map { RedisConfiguration.TLS(trustRootsFile: $0.certificateFile) },
            connectTimeout: .seconds(20),
            commandTimeout: .seconds(40)
        )
    }

    /// Lends a client of the server, and closes it.
    public func withClient<Result>(
        database: Int = 0,
        _ body: (RedisClient) async throws -> Result
    ) async throws -> Result {
        try await withRedisClient(configuration(database: database), body)
    }

    /// Starts the server, which runs already when a test gets it, and waits until it takes connections.
    ///
    /// - Throws: ``ProgramFailure`` with its last output, if it ends instead.
    public func start() async throws {
        let run = ServerRun()
        current.withLock { $0 = run }
        runs.yield(run)
        try await run.isReady()
    }

    /// Stops the server, which loses all its data, and waits for its end.
    ///
    /// It is not given the time to say goodbye, as in an outage.
    public func stop() async {
        isWorn.withLock { $0 = true }
        guard let run = current.withLock({ $0.take() }) else { return }
        run.send(.kill)
        await run.isOver()
    }

    /// Sends the server's process a signal that ends it, and does not wait.
    func kill() {
        current.withLock(\.self)?.send(.kill)
    }

    /// Freezes the server: connections to it are taken by the kernel, but get no answer.
    public func freeze() {
        isWorn.withLock { $0 = true }
        current.withLock { $0 }?.send(.suspend)
    }

    /// Lets a frozen server go on.
    public func thaw() {
        current.withLock { $0 }?.send(.resume)
    }

    func carryOut(_ runs: AsyncStream<ServerRun>) async {
        // "Ready to accept connections" of a port, "The server is now ready to accept connections at" of a socket.
        for await run in runs {
            await run.carryOut(
                program: "redis-server",
                arguments: arguments,
                untilReadyAt: "eady to accept connections"
            )
        }
    }
}

/// Lends a Redis server to a test: it takes connections when the closure is called, and it is empty.
///
/// A server without special options serves one test after another, see ``RedisServerPool``. Any other is the test's own
/// and ends with it.
public func withRedisServer<Result>(
    _ options: RedisServer.Options = RedisServer.Options(),
    _ body: (RedisServer) async throws -> Result
) async throws -> Result {
    guard options != RedisServer.Options() else { return try await RedisServerPool.lend(body) }
    return try await withTemporaryFolder { folder in
        let (runs, continuation) = AsyncStream.makeStream(of: ServerRun.self)
        let server = try await RedisServer(options: options, folder: folder, runs: continuation)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await server.carryOut(runs) }
            // If this or the body throws, the group cancels the task, and that ends the program.
            try await server.start()
            let result = try await body(server)
            await server.stop()
            continuation.finish()
            return result
        }
    }
}

/// Lends a client to a test, and closes it.
public func withRedisClient<Result>(
    _ configuration: RedisConfiguration,
    _ body: (RedisClient) async throws -> Result
) async throws -> Result {
    let client = RedisClient(configuration: configuration, logger: Logger(label: "test"))
    do {
        let result = try await body(client)
        await client.close()
        return result
    } catch {
        await client.close()
        throw error
    }
}
