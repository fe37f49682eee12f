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
    /// - Parameters:
    ///   - voice: What hears and speaks; off by default.
    ///   - body: Gets the API.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, and what kept the server from running.
    func servingHere<Result>(
        voice: Voice = Voice(),
        _ body: (API) async throws -> Result
    ) async throws -> Result {
        let settings = try await Settings.read(
            environment: settings.merging(["PORT": "0"]) { $1 },
            environmentFile: "\(folder)/none"
        )
        switch settings.upstream {
        case .remote(let configuration):
            return try await Self.serve(settings, configuration, voice, body)
        case .embedded:
            try FileManager.default.createDirectory(atPath: settings.dataDirectory, withIntermediateDirectories: true)
            let database = "\(settings.dataDirectory)/engine.sqlite"
            return try await withTemporaryFolder { folder in
                let socket = "\(folder)/engine"
                return try await withLocalEngine(databasePath: database, socketPath: socket) {
                    let configuration = OpenAIConfiguration(
                        baseURL: "http://localhost/v1",
                        apiKey: "embedded",
                        unixSocketPath: socket
                    )
                    return try await Self.serve(settings, configuration, voice, body)
                }
            }
        }
    }

    private static func serve<Result>(
        _ settings: Settings,
        _ configuration: OpenAIConfiguration,
        _ voice: Voice,
        _ body: (API) async throws -> Result
    ) async throws -> Result {
        var configuration = configuration
        configuration.timeouts.stall = settings.upstreamTimeout
        let http = try HTTPClient()
        let openAI = try OpenAIClient(configuration: configuration, http: http)
        let logger = Logger(label: "serving") { _ in SwiftLogNoOpLogHandler() }
        return try await closing {
            try await withRedisClient(settings.threadsDatabase) { threads in
                try await withRedisClient(settings.filesDatabase) { files in
                    let assistant = Assistant(
                        settings: settings,
                        threadsRedis: threads,
                        filesRedis: files,
                        openAI: openAI,
                        logger: logger
                    )
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
