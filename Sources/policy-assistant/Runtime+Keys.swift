internal import Logging
internal import PolicyAssistant
internal import Redis

extension Runtime {
    /// Lends the API keys to `body`; nothing but their database has to be there.
    static func withKeys<Result: Sendable>(
        _ settings: Settings,
        _ body: (APIKeys) async throws -> Result
    ) async throws -> Result {
        let redis = RedisClient(configuration: settings.threadsDatabase, logger: Logger(settings))
        return try await closing {
            try await body(APIKeys(redis: redis))
        } finally: {
            await redis.close()
        }
    }
}
