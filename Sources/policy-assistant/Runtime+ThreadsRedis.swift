internal import Logging
internal import PolicyAssistant
internal import Redis

extension Runtime {
    /// Lends the threads' database to `body`, for what needs nothing else to be there.
    static func withThreadsRedis<Result: Sendable>(
        _ settings: Settings,
        _ body: (RedisClient) async throws -> Result
    ) async throws -> Result {
        let redis = RedisClient(configuration: settings.threadsDatabase, logger: Logger(settings))
        return try await closing {
            try await body(redis)
        } finally: {
            await redis.close()
        }
    }
}
