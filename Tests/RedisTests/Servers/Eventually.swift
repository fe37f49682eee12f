import Redis

/// Asks again for as long as the server counts as away.
func eventually(_ ask: () async throws -> RedisValue) async throws -> RedisValue {
    while true {
        do {
            return try await ask()
        } catch let error as RedisError where error.isUnavailable {
            // While the client backs off it refuses at once.
            try await Task.sleep(for: .milliseconds(2))
        }
    }
}
