internal import HTTPClient
internal import Logging
internal import OpenAI
internal import PolicyAssistant
internal import Redis

/// The parts that commands work with, joined for as long as a command runs.
struct Runtime: Sendable {
    let assistant: Assistant
    let openAI: OpenAIClient
    let http: HTTPClient
    let logger: Logger

    /// Lends the parts to `body`: clients of both databases and of upstream and, where no key is configured, an engine
    /// that listens on a Unix socket of this process alone.
    ///
    /// - Parameters:
    ///   - settings: The configuration.
    ///   - isIdle: Whether nobody will be asked anything, so that no engine is needed.
    ///   - body: Gets the parts.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, and what making the parts throws.
    static func with<Result: Sendable>(
        _ settings: Settings,
        isIdle: Bool = false,
        _ body: @escaping @Sendable (Runtime) async throws -> Result
    ) async throws -> Result {
        let logger = Logger(settings)
        for warning in settings.warnings { logger.warning("\(warning)") }
        // Every turn has one call at a time, for which a connection is to be free; beside them some for all else.
        let http = try HTTPClient(
            configuration: .init(
                trustRootsFile: settings.trustRootsFile,
                trustRootsDirectories: settings.trustRootsDirectories,
                maximumConnectionsPerHost: settings.maximumConcurrentTurns + 128,
                maximumTransfers: 2 * settings.maximumConcurrentTurns + 1000
            )
        )
        let threadsRedis = RedisClient(
            configuration: settings.threadsDatabase,
            logger: logger,
            onRoundTrip: DatabaseMetrics(database: "threads").record
        )
        let filesRedis = RedisClient(
            configuration: settings.filesDatabase,
            logger: logger,
            onRoundTrip: DatabaseMetrics(database: "files").record
        )
        return try await closing {
            try await withUpstream(settings, isIdle: isIdle, logger) { configuration in
                var configuration = configuration
                configuration.onAttempt = UpstreamMetrics().record
                let openAI = try OpenAIClient(configuration: configuration, http: http)
                let assistant = Assistant(
                    settings: settings,
                    threadsRedis: threadsRedis,
                    filesRedis: filesRedis,
                    openAI: openAI,
                    formerUpstream: { formerUpstream($0, settings, http) },
                    logger: logger
                )
                return try await body(Runtime(assistant: assistant, openAI: openAI, http: http, logger: logger))
            }
        } finally: {
            await threadsRedis.close()
            await filesRedis.close()
            await http.shutdown()
        }
    }

    /// A client of a server that was used earlier, if its key is configured.
    private static func formerUpstream(_ baseURL: String, _ settings: Settings, _ http: HTTPClient) -> OpenAIClient? {
        settings.previousAPIKey.flatMap { key in
            try? OpenAIClient(configuration: OpenAIConfiguration(baseURL: baseURL, apiKey: key), http: http)
        }
    }

    private static func withUpstream<Result: Sendable>(
        _ settings: Settings,
        isIdle: Bool,
        _ logger: Logger,
        _ body: @escaping @Sendable (OpenAIConfiguration) async throws -> Result
    ) async throws -> Result {
        switch settings.upstream {
        case .remote(var configuration):
            configuration.suit(settings)
            return try await body(configuration)
        case .embedded where isIdle:
            return try await body(OpenAIConfiguration(apiKey: "embedded"))
        case .embedded:
            return try await EmbeddedEngine.with(settings, logger) { socket in
                var configuration = OpenAIConfiguration(
                    baseURL: "http://localhost/v1",
                    apiKey: "embedded",
                    unixSocketPath: socket
                )
                configuration.suit(settings)
                return try await body(configuration)
            }
        }
    }
}

extension OpenAIConfiguration {
    /// Makes calls as patient as the settings say, and says who makes them.
    fileprivate mutating func suit(_ settings: Settings) {
        // An answer in one piece shows no byte before it is whole, so this bounds it as well as a stream that has stopped.
        timeouts.stall = settings.upstreamTimeout
        userAgent = "policy-assistant/\(Version.current)"
    }
}
