internal import Redis
internal import Synchronization

/// The redis-servers of the test process: a test that is over leaves its server to the next one.
///
/// A server is lent to one test at a time. It is not lent again after a test has failed, has stopped or frozen it, or has
/// changed its configuration or its users.
enum RedisServerPool {
    private static let idle = Mutex<[RedisServer]>([])

    static func lend<Result>(_ body: (RedisServer) async throws -> Result) async throws -> Result {
        let pooled = idle.withLock { $0.popLast() }
        let server = if let pooled { pooled } else { try await make() }
        do {
            let result = try await body(server)
            // A server that does not even answer is not as it was.
            if (try? await isAsNew(server)) == true {
                idle.withLock { $0.append(server) }
            } else {
                await server.stop()
            }
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    private static func make() async throws -> RedisServer {
        let (runs, continuation) = AsyncStream.makeStream(of: ServerRun.self)
        let server = try await RedisServer(options: .init(), folder: try lastingFolder(), runs: continuation)
        ProcessEnd.perform { server.kill() }
        // No test can wait for its end: it may outlive all of them.
        Task.detached { await server.carryOut(runs) }
        try await server.start()
        let initial = try await server.withClient { redis in
            let initial = try await settings(redis)
            try await clear(redis)
            return initial
        }
        server.settings.withLock { $0 = initial }
        return server
    }

    /// Empties a server and closes its connections.
    ///
    /// - Returns: Whether the server is as it was when it was started.
    private static func isAsNew(_ server: RedisServer) async throws -> Bool {
        guard !server.isWorn.withLock(\.self) else { return false }
        // A replica without its primary answers nothing, and a client waits for a primary as long as for a command.
        var configuration = server.configuration()
        configuration.commandTimeout = .seconds(2)
        return try await withRedisClient(configuration) { redis in
            guard try await settings(redis) == server.settings.withLock(\.self) else { return false }
            try await clear(redis)
            return true
        }
    }

    /// Takes away data, scripts, other connections and what was counted.
    private static func clear(_ redis: RedisClient) async throws {
        for command in ["FLUSHALL", "SCRIPT FLUSH", "CLIENT KILL TYPE normal SKIPME yes", "CONFIG RESETSTAT"] {
            let words = command.split(separator: " ").map(String.init)
            _ = try await redis.send(RedisCommand(words[0], Array(words.dropFirst())))
        }
    }

    /// Everything of a server's configuration, and its users.
    private static func settings(_ redis: RedisClient) async throws -> [String] {
        let configuration = try await redis.send(RedisCommand("CONFIG", ["GET", "*"])).dictionary ?? [:]
        let users = try await redis.send(RedisCommand("ACL", ["LIST"])).array?.compactMap(\.string) ?? []
        return configuration.map { "\($0): \($1)" }.sorted() + users
    }
}
