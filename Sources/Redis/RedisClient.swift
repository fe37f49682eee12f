public import Logging
internal import NIOCore
internal import NIOPosix

/// A client of one Redis database over one connection, which all callers share.
///
/// Commands of many tasks are pipelined: those issued together leave in one write, and each caller gets the reply that
/// is its own. The connection is made on first use. When it is lost, the next command makes it anew at once; while
/// attempts fail, commands fail at once too, with the cause, and an attempt is made no more often than
/// ``RedisConfiguration/backoff`` allows. So a caller sees an outage within the connect timeout and never hangs.
///
/// A command whose reply was lost is sent once more if it is ``RedisCommand/isRepeatable``; otherwise its caller gets
/// ``RedisError/Code/connectionLost``. Cancelling the calling task ends its wait at once, unless it is shielded.
///
/// A server that is a replica, or not ready, refuses commands without running them. Then the connection is given up, the
/// name of the host is looked up again, and the commands are sent to the server that is found there, for as long as
/// their ``RedisConfiguration/commandTimeout`` allows; so a failover behind a name needs nobody's help.
///
/// Commands that concern the connection itself (SUBSCRIBE, MONITOR, SELECT, AUTH, WATCH, CLIENT REPLY, …), and ones
/// that block (BLPOP, …), do not belong on a shared connection.
public final class RedisClient: Sendable {
    private let connection: SharedConnection
    private let onRoundTrip: (@Sendable (RedisRoundTrip) -> Void)?

    /// Makes a client; nothing is sent before the first command.
    ///
    /// - Parameters:
    ///   - configuration: The server and the bounds.
    ///   - logger: Gets the connection's comings and goings, at debug level.
    ///   - onRoundTrip: Told of every wait for the server, from whichever task waits; it must not block.
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

    /// Makes a client with its own source of randomness.
    ///
    /// - Parameters:
    ///   - configuration: The server and the bounds.
    ///   - logger: Gets the connection's comings and goings, at debug level.
    ///   - chance: Returns numbers from 0 to 1, for the jitter of the backoff.
    ///   - onRoundTrip: Told of every wait for the server.
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
    /// - Throws: ``RedisError`` if not one of the commands got an answer; otherwise what befell each is in its place.
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

    /// Runs commands as one: all of them, with no other command between them, or none (MULTI, EXEC).
    ///
    /// Redis does not undo a transaction of which a command failed while it ran, such as one on a value of the wrong
    /// type: the others took effect, and the first such error is thrown.
    ///
    /// - Returns: The replies, in order.
    /// - Throws: ``RedisError``; its server code is `EXECABORT` if the server refused a command and so ran none.
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
    ///   - arguments: What else it needs; `ARGV` to the script.
    ///   - isShielded: Whether it is run even where the calling task is, or gets, cancelled: to give back a lock, say.
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

    /// Returns the keys that begin with a prefix, as a sequence that asks for them page by page (SCAN).
    ///
    /// As with SCAN itself, a key that is there from beginning to end is returned at least once, perhaps more often.
    ///
    /// - Parameters:
    ///   - prefix: Taken literally: characters such as `*` stand for themselves. Empty for all keys.
    ///   - count: About how many keys the server looks at for one page.
    /// - Returns: The keys, in no order.
    public func scan(prefix: String, count: Int = 500) -> RedisScan {
        RedisScan(client: self, prefix: prefix, count: count)
    }

    /// Closes the connection and waits for its end; callers that still wait get ``RedisError/Code/closed``.
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
    /// Whether the server answered, be it with an error.
    fileprivate var isAnswer: Bool {
        switch self {
        case .success: true
        case .failure(let error): error.isAnswer
        }
    }
}
