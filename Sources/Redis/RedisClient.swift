public import Logging
internal import NIOCore
internal import NIOPosix

/// A client of one Redis database over one connection, which all callers share.
///
/// ```swift
/// import Logging
/// import Redis
///
/// let redis = RedisClient(
///     configuration: RedisConfiguration(endpoint: .tcp(host: "localhost", port: 6379)),
///     logger: Logger(label: "redis")
/// )
/// _ = try await redis.send(.set("greeting", "hello", lifetime: .seconds(60)))
/// let greeting = try await redis.send(.get("greeting")).string
/// print(greeting ?? "expired")
/// await redis.close()
/// ```
///
/// Commands of many tasks are pipelined: those issued together are sent in one write, and each caller gets its own
/// reply. The connection is opened on first use. When it is lost, the next command opens it again at once; while
/// attempts fail, commands fail at once with the cause, and attempts are no more frequent than
/// ``RedisConfiguration/backoff`` allows. A caller notices an outage within the connect timeout and never hangs.
///
/// A command whose reply is lost is sent once more if it is ``RedisCommand/isRepeatable``; otherwise its caller gets
/// ``RedisError/Code/connectionLost``. Cancelling the calling task ends its wait at once, unless it is shielded.
///
/// A server that is a replica, or not ready, refuses commands without running them. Then the connection is closed, the
/// host name is resolved again, and the commands are sent to that server, as long as their
/// ``RedisConfiguration/commandTimeout`` allows: a failover behind a host name needs no intervention.
///
/// Commands that concern the connection itself (SUBSCRIBE, MONITOR, SELECT, AUTH, WATCH, CLIENT REPLY, …) or that block
/// (BLPOP, …) must not be sent on a shared connection.
public final class RedisClient: Sendable {
    private let connection: SharedConnection
    private let onRoundTrip: (@Sendable (RedisRoundTrip) -> Void)?

    /// Creates a client; it connects with the first command.
    ///
    /// - Parameters:
    ///   - configuration: The server and the limits.
    ///   - logger: Logs the opening and the end of connections at debug level, and a refusing server at notice level.
    ///   - onRoundTrip: Called after each round trip, by the calling task; it must not block.
    public convenience init(
        configuration: RedisConfiguration,
        logger: Logger,
        onRoundTrip: (@Sendable (RedisRoundTrip) -> Void)? = nil
    ) {
        self.init(
            configuration: configuration,
            logger: logger,
            chance: { .random(in: 0...1) },
            onRoundTrip: onRoundTrip
        )
    }

    /// Creates a client with a given source of randomness.
    ///
    /// - Parameters:
    ///   - configuration: The server and the limits.
    ///   - logger: Logs the opening and the end of connections at debug level, and a refusing server at notice level.
    ///   - chance: Returns numbers from 0 to 1, for the jitter of the backoff.
    ///   - onRoundTrip: Called after each round trip.
    init(
        configuration: RedisConfiguration,
        logger: Logger,
        chance: @escaping @Sendable () -> Double,
        onRoundTrip: (@Sendable (RedisRoundTrip) -> Void)? = nil
    ) {
        self.onRoundTrip = onRoundTrip
        connection = SharedConnection(
            configuration: configuration,
            logger: logger,
            eventLoop: MultiThreadedEventLoopGroup.singleton.any(),
            chance: chance
        )
    }

    deinit {
        connection.shutDown()
    }

    /// Sends a command and returns its reply.
    ///
    /// - Throws: ``RedisError``, for an error reply too.
    public func send(_ command: RedisCommand) async throws(RedisError) -> RedisValue {
        try await send(command, isShielded: false)
    }

    private func send(_ command: RedisCommand, isShielded: Bool) async throws(RedisError) -> RedisValue {
        let outcomes = await perform([try OutgoingCommands(command)], isShielded: isShielded)
        return try outcomes[0].get()
    }

    /// Sends commands in one write and returns the outcome of each, in order.
    ///
    /// Commands of other callers may run between them; see ``transaction(_:)``. More commands than
    /// ``RedisConfiguration/maximumPendingCommands`` are refused.
    ///
    /// - Throws: ``RedisError`` if no command got a reply; otherwise each outcome holds the error of its command.
    public func pipeline(
        _ commands: [RedisCommand]
    ) async throws(RedisError) -> [Result<RedisValue, RedisError>] {
        var batch: [OutgoingCommands] = []
        batch.reserveCapacity(commands.count)
        for command in commands {
            batch.append(try OutgoingCommands(command))
        }
        let outcomes = await perform(batch)
        guard outcomes.contains(where: \.isAnswer) else {
            if case .failure(let error)? = outcomes.first { throw error }
            return []
        }
        return outcomes
    }

    /// Runs commands as a transaction (MULTI, EXEC): all of them, with no other command between them, or none.
    ///
    /// Redis does not roll back a transaction in which a command fails while it runs, such as one on a value of the
    /// wrong type: the others take effect, and the first such error is thrown.
    ///
    /// - Returns: The replies, in order.
    /// - Throws: ``RedisError`` with the server code `EXECABORT` if the server refused a command and ran none.
    public func transaction(_ commands: [RedisCommand]) async throws(RedisError) -> [RedisValue] {
        guard !commands.isEmpty else { return [] }
        let outcomes = await perform([try OutgoingCommands(transaction: commands)])
        return try TransactionReply(outcomes).values()
    }

    /// Runs a script: by its hash, and by its source if the server does not know it yet.
    ///
    /// - Parameters:
    ///   - script: The script.
    ///   - keys: All keys that it touches; `KEYS` to the script.
    ///   - arguments: Its other arguments; `ARGV` to the script.
    ///   - isShielded: Whether it runs even if the calling task is cancelled, for example to release a lock.
    /// - Returns: The script's reply.
    /// - Throws: ``RedisError``, for an error reply too.
    public func evaluate(
        _ script: RedisScript,
        keys: [String] = [],
        arguments: [String] = [],
        isShielded: Bool = false
    ) async throws(RedisError) -> RedisValue {
        do {
            return try await send(.evalsha(script, keys: keys, arguments: arguments), isShielded: isShielded)
        } catch {
            guard error.serverCode == "NOSCRIPT" else { throw error }
            return try await send(.eval(script, keys: keys, arguments: arguments), isShielded: isShielded)
        }
    }

    /// Returns the keys that begin with a prefix, as a sequence that reads them page by page (SCAN).
    ///
    /// A key that exists throughout is returned at least once, and perhaps more than once.
    ///
    /// - Parameters:
    ///   - prefix: The prefix, literally: characters such as `*` have no special meaning. Empty for all keys.
    ///   - count: About how many keys the server examines for one page.
    /// - Returns: The keys, in no order.
    public func scan(prefix: String, count: Int = 500) -> RedisScan {
        RedisScan(client: self, prefix: prefix, count: count)
    }

    /// Closes the connection and waits until it is closed; pending calls fail with ``RedisError/Code/closed``.
    ///
    /// May be called more than once. Commands sent afterwards fail.
    public func close() async {
        await connection.close()
    }
}

extension RedisClient {
    private func perform(_ batch: [OutgoingCommands], isShielded: Bool = false) async -> ReplyWaiter.Outcomes {
        guard let onRoundTrip else { return await connection.perform(batch, isShielded: isShielded) }
        let begin = ContinuousClock.now
        let outcomes = await connection.perform(batch, isShielded: isShielded)
        onRoundTrip(RedisRoundTrip(outcomes, duration: ContinuousClock.now - begin))
        return outcomes
    }
}

extension Result<RedisValue, RedisError> {
    /// Whether the server replied, with an error or not.
    fileprivate var isAnswer: Bool {
        switch self {
        case .success: true
        case .failure(let error): error.isAnswer
        }
    }
}

/// One round trip to the server, of a command or of several sent together.
public struct RedisRoundTrip: Sendable, Hashable {
    /// The first failure among the commands; nil if there was none.
    ///
    /// `NOSCRIPT` does not count as a failure: the script's source is sent next.
    public let failure: RedisError.Code?
    /// The time from the call to the last reply, including the wait for a connection.
    public let duration: Duration

    init(_ outcomes: [Result<RedisValue, RedisError>], duration: Duration) {
        failure = outcomes.lazy.compactMap(\.failure).first { $0.serverCode != "NOSCRIPT" }?.code
        self.duration = duration
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let error) = self { error } else { nil }
    }
}
