public import Redis
internal import Synchronization

/// A user of Redis who may touch the keys that a script declares and no others, so that the server itself refuses the rest.
public final class DeclaredKeysUser: Sendable {
    /// A client with all rights.
    public let administrator: RedisClient
    private let client: RedisClient
    private let seen = Mutex<Set<RedisScript>>([])

    fileprivate init(administrator: RedisClient, client: RedisClient) {
        self.administrator = administrator
        self.client = client
    }

    /// The scripts that have run.
    public var used: Set<RedisScript> { seen.withLock(\.self) }

    /// Lets the user touch a script's keys, and lends the user's client to `body`, which runs it.
    public func run<Reply>(
        _ script: RedisScript,
        declaring keys: some Sequence<String>,
        _ body: (RedisClient) async throws -> Reply
    ) async throws -> Reply {
        // Not a set: strings that Unicode holds for the same are different keys.
        let rules = keys.map { "~\($0)" }
        _ = try await administrator.send(RedisCommand("ACL", ["SETUSER", "script", "resetkeys"] + rules))
        seen.withLock { _ = $0.insert(script) }
        return try await body(client)
    }
}

/// Lends a user who may touch declared keys only.
///
/// - Parameters:
///   - server: The server.
///   - body: Gets the user.
/// - Returns: The result of `body`.
/// - Throws: What `body` throws.
public func withDeclaredKeysUser<Result>(
    of server: RedisServer,
    _ body: (DeclaredKeysUser) async throws -> Result
) async throws -> Result {
    try await server.withClient { administrator in
        let rules = ["SETUSER", "script", "reset", "on", ">secret", "+@all"]
        _ = try await administrator.send(RedisCommand("ACL", rules))
        var configuration = server.configuration()
        (configuration.username, configuration.password) = ("script", "secret")
        return try await withRedisClient(configuration) { client in
            try await body(DeclaredKeysUser(administrator: administrator, client: client))
        }
    }
}
