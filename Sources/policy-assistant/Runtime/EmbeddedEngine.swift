internal import FoundationEssentials
internal import LocalEngine
internal import Logging
internal import PolicyAssistant
internal import ServiceLifecycle

/// The embedded engine, hosted by this process on a Unix socket that other users cannot access.
enum EmbeddedEngine {
    /// Runs an engine for as long as `body` takes.
    ///
    /// - Parameters:
    ///   - settings: The settings, with the engine's data directory and model.
    ///   - logger: Receives the engine's warnings and errors.
    ///   - body: Receives the path of the socket when the engine listens on it.
    /// - Returns: The result of `body`.
    /// - Throws: The error of `body` or of the engine.
    static func with<Result: Sendable>(
        _ settings: Settings,
        _ logger: Logger,
        _ body: @escaping @Sendable (_ socket: String) async throws -> Result
    ) async throws -> Result {
        var logger = logger
        logger.logLevel = max(logger.logLevel, .warning)
        let folder = try await socketFolder()
        return try await closing {
            let (listening, listens) = AsyncStream.makeStream(of: Void.self)
            let socket = "\(folder.path)/engine.sock"
            let engine = try LocalEngine(
                configuration: configuration(settings, address: .unixSocket(path: socket)),
                logger: logger,
                onListening: { _ in listens.yield() }
            )
            let services = ServiceGroup(
                configuration: .init(services: [.init(service: engine, serviceName: "engine")], logger: logger)
            )
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { listens.finish() }
                    try await namingDataDirectory { try await services.run() }
                }
                for await _ in listening {
                    let outcome: Swift.Result<Result, any Error>
                    do { outcome = .success(try await body(socket)) } catch { outcome = .failure(error) }
                    await services.triggerGracefulShutdown()
                    try? await group.waitForAll()
                    return try outcome.get()
                }
                try await group.waitForAll()
                throw PolicyAssistantError(.upstreamUnavailable, "The embedded engine ended unexpectedly.")
            }
        } finally: {
            folder.remove()
        }
    }

    /// Creates a folder for the socket, and removes those of killed processes.
    private static func socketFolder() async throws -> SocketFolder {
        let path = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        let directory = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        await SocketFolder.sweep(in: directory)
        do {
            return try SocketFolder(in: directory)
        } catch let error as LocalEngineError {
            throw ConfigurationFaults("TMPDIR", "\(error.detail); set it to one that this user can write to")
        }
    }

    /// Returns the configuration of an engine.
    ///
    /// - Parameters:
    ///   - settings: The settings, with the engine's data directory and model.
    ///   - address: The address to listen on.
    ///   - apiKey: The key that clients have to send; nil to accept any key.
    /// - Returns: The configuration.
    static func configuration(
        _ settings: Settings,
        address: LocalEngine.Address,
        apiKey: String? = nil
    ) -> LocalEngine.Configuration {
        LocalEngine.Configuration(
            databasePath: "\(settings.dataDirectory)/engine.sqlite",
            address: address,
            apiKey: apiKey,
            models: [settings.model],
            allowedHosts: settings.allowedHosts,
            readerCommand: ReaderCommand.arguments(settings),
            encoderDirectory: settings.encoderDirectory,
            model: settings.engineModel.map { LocalEngine.Model($0, settings) }
        )
    }

    /// Logs how the engine searches passages, and which model writes.
    static func logSearch(_ settings: Settings, _ logger: Logger) {
        if let model = settings.engineModel {
            logger.notice("a model writes the engine's answers", metadata: ["model": "\(model.name)"])
        }
        let encoder: Logger.Metadata = ["encoder": "\(settings.encoderDirectory ?? "-")"]
        switch settings.engineSearch {
        case .meaning: logger.notice("the engine finds passages by their meaning", metadata: encoder)
        case .englishMeaning:
            logger.notice(
                """
                the engine finds passages by their meaning in English; scripts/fetch-encoder fetches the encoder for other \
                languages
                """,
                metadata: encoder
            )
        case .words:
            logger.notice(
                """
                the engine finds passages by the words of the question; scripts/fetch-encoder fetches encoders for their \
                meaning
                """
            )
        case nil: break
        }
    }

    /// Runs `body`, and reports unusable storage of the engine as a fault of its setting.
    ///
    /// - Throws: `ConfigurationFaults` if the engine's storage is unusable; the error of `body`.
    static func namingDataDirectory(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as LocalEngineError where error.code == .storageUnusable {
            throw ConfigurationFaults(
                "DATA_DIR",
                "\(error.detail); set DATA_DIR, the folder of the engine's data, to one that this user can write to"
            )
        }
    }
}
