internal import HTTPClient
internal import Logging
internal import OpenAI
internal import PolicyAssistant
internal import Redis
internal import Voice

/// The assistant and its clients, for the duration of a command.
struct Runtime: Sendable {
    let assistant: Assistant
    let openAI: OpenAIClient
    let http: HTTPClient
    /// What hears and speaks; off unless the command asked for it.
    let voice: Voice
    let logger: Logger

    /// Runs `body` with an assistant and clients of both databases and of upstream; without a configured key, upstream
    /// is an embedded engine on a private Unix socket.
    ///
    /// - Parameters:
    ///   - settings: The configuration.
    ///   - isIdle: Whether `body` does not call upstream, so that no engine is needed.
    ///   - hasVoice: Whether `body` hears or speaks, so that a model that hears is opened.
    ///   - body: Receives the runtime.
    /// - Returns: The result of `body`.
    /// - Throws: The error of `body`, or of creating the parts.
    static func with<Result: Sendable>(
        _ settings: Settings,
        isIdle: Bool = false,
        hasVoice: Bool = false,
        _ body: @escaping @Sendable (Runtime) async throws -> Result
    ) async throws -> Result {
        let logger = Logger(settings)
        for warning in settings.warnings { logger.warning("\(warning)") }
        // A connection for each turn, which makes one call at a time, and some for everything else.
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
                // An image has no byte before it is complete.
                let images = try settings.sms?.images.map { images in
                    var configuration = configuration
                    configuration.timeouts.stall = images.timeout
                    return try OpenAIClient(configuration: configuration, http: http)
                }
                let voice = hasVoice ? try Voice(settings.voice, http: http) : Voice()
                let assistant = Assistant(
                    settings: settings,
                    threadsRedis: threadsRedis,
                    filesRedis: filesRedis,
                    openAI: openAI,
                    formerUpstream: { formerUpstream($0, settings, http) },
                    smsProvider: settings.sms?.makeProvider(http: http),
                    images: images,
                    textMedia: TextMediaTools(voice),
                    logger: logger
                )
                return try await body(
                    Runtime(assistant: assistant, openAI: openAI, http: http, voice: voice, logger: logger)
                )
            }
        } finally: {
            await threadsRedis.close()
            await filesRedis.close()
            await http.shutdown()
        }
    }

    /// Returns a client of a previous upstream; nil if its key is not configured.
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
            configuration.apply(settings)
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
                configuration.apply(settings)
                return try await body(configuration)
            }
        }
    }
}

extension OpenAIConfiguration {
    /// Sets the timeout and the user agent.
    fileprivate mutating func apply(_ settings: Settings) {
        // A response that is not streamed has no byte before it is complete, so this bounds it as well as a stalled
        // stream.
        timeouts.stall = settings.upstreamTimeout
        userAgent = "policy-assistant/\(Version.current)"
    }
}

extension Runtime {
    /// Runs `body` with a client of the threads' database, without the other parts.
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

/// The program's version.
enum Version {
    static let current = "0.1.0"
}
