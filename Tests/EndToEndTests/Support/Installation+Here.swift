import Foundation
import HTTPClient
import Logging
import OpenAI
import PolicyAssistant
import TestSupport
import Voice

@testable import PolicyServer
@testable import policy_assistant

/// Serving without a process: for tests of what routes answer.
extension Installation {
    /// Serves in the test's own process while `body` runs, over a real socket.
    ///
    /// The server is the program's, joined as the program joins it. What is about the process needs ``serving(_:)``: its
    /// start and its end, its log, and metrics other than those of requests.
    ///
    /// With text messages, their worker runs, too.
    ///
    /// - Parameters:
    ///   - voice: What hears and speaks; off by default.
    ///   - textTime: Tells the time of day by which text messages are sent.
    ///   - change: Changes what has no variable.
    ///   - logger: Gets the log.
    ///   - body: Gets the API.
    /// - Returns: The result of `body`.
    /// - Throws: What `body` throws, and what starting the parts throws.
    func servingHere<Result>(
        voice: Voice = Voice(),
        textTime: @escaping @Sendable () -> Date = { .now },
        changing change: (inout Settings) -> Void = { _ in },
        logger: Logger = Logger(label: "serving") { _ in SwiftLogNoOpLogHandler() },
        _ body: (API) async throws -> Result
    ) async throws -> Result {
        var settings = try await Settings.read(
            environment: settings.merging(["PORT": "0"]) { $1 },
            environmentFile: "\(folder)/none"
        )
        change(&settings)
        switch settings.upstream {
        case .remote(let configuration):
            return try await Self.serve(settings, configuration, voice, textTime, logger, body)
        case .embedded:
            try FileManager.default.createDirectory(atPath: settings.dataDirectory, withIntermediateDirectories: true)
            let database = "\(settings.dataDirectory)/engine.sqlite"
            return try await withTemporaryFolder { folder in
                let socket = "\(folder)/engine"
                return try await withLocalEngine(
                    databasePath: database,
                    socketPath: socket,
                    encoderDirectory: settings.encoderDirectory
                ) {
                    let configuration = OpenAIConfiguration(
                        baseURL: "http://localhost/v1",
                        apiKey: "embedded",
                        unixSocketPath: socket
                    )
                    return try await Self.serve(settings, configuration, voice, textTime, logger, body)
                }
            }
        }
    }

    private static func serve<Result>(
        _ settings: Settings,
        _ configuration: OpenAIConfiguration,
        _ voice: Voice,
        _ textTime: @escaping @Sendable () -> Date,
        _ logger: Logger,
        _ body: (API) async throws -> Result
    ) async throws -> Result {
        var configuration = configuration
        configuration.timeouts.stall = settings.upstreamTimeout
        let http = try HTTPClient()
        let openAI = try OpenAIClient(configuration: configuration, http: http)
        return try await closing {
            try await withRedisClient(settings.threadsDatabase) { threads in
                try await withRedisClient(settings.filesDatabase) { files in
                    let assistant = Assistant(
                        settings: settings,
                        threadsRedis: threads,
                        filesRedis: files,
                        openAI: openAI,
                        smsProvider: settings.sms?.makeProvider(http: http),
                        images: openAI,
                        textMedia: TextMediaTools(voice, startingPrograms: []),
                        textTime: textTime,
                        logger: logger
                    )
                    let worker = assistant.channelWorker(concurrency: 8)
                    async let _ = worker?.run()
                    defer { worker?.stop() }
                    return try await withRunningService { onListening in
                        PolicyServer(
                            assistant: assistant,
                            voice: voice,
                            version: Version.current,
                            callProvider: http.callProvider,
                            metrics: PrometheusMetrics(),
                            logger: logger,
                            onListening: onListening
                        )
                    } _: { (port: Int) in
                        try await API.with("127.0.0.1:\(port)", body)
                    }
                }
            }
        } finally: {
            await http.shutdown()
        }
    }
}
