import Redis
import TestSupport

/// Runs two servers of an installation whose upstream is a scripted one.
func withReplicas<Result>(
    over api: UpstreamAPI = .responses,
    settings: [String: String] = [:],
    script: @escaping ScriptedOpenAI.Script = { _ in .usual },
    _ body: (_ first: Replica, _ second: Replica, ScriptedOpenAI, RedisServer) async throws -> Result
) async throws -> Result {
    try await withScriptedInstallation(over: api, settings: settings, script: script) { installation, upstream, redis in
        try await installation.runningReplica { first in
            try await installation.runningReplica { second in
                try await body(first, second, upstream, redis)
            }
        }
    }
}

/// The keys of a database that match a pattern, but for those that try for some seconds whether it takes writes.
func keys(_ pattern: String, _ redis: RedisClient) async throws -> [String] {
    let keys = try await redis.send(RedisCommand("KEYS", [pattern])).array?.compactMap(\.string) ?? []
    return keys.filter { !["sync:probe", "turn:probe"].contains($0) }
}
