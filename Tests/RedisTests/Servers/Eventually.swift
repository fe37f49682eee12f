import Redis

/// Asks again for as long as the server counts as away; the client's backoff bounds the pace.
func eventually(_ ask: () async throws -> RedisValue) async throws -> RedisValue {
    while true {
        do {
            return try await ask()
        } catch let error as RedisError where error.isUnavailable {
            await Task.yield()
        }
    }
}
