internal import FoundationEssentials
internal import LocalEngine
internal import Logging
internal import PolicyAssistant
internal import ServiceLifecycle

/// The engine as this process hosts it: on a Unix socket that no other user can reach.
enum EmbeddedEngine {
    /// Runs an engine for as long as `body` takes.
    ///
    /// - Parameters:
    ///   - settings: Say where the engine keeps its state and which model it offers.
    ///   - logger: Gets the engine's warnings and errors; what it does as a matter of course is not the user's concern.
    ///   - body: Gets the path of the socket once the engine listens on it.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` or the engine throws.
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
            let services = ServiceGroup(configuration: .init(services: [engine], logger: logger))
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
                throw PolicyAssistantError(.upstreamUnavailable, "The embedded engine ended before its time.")
            }
        } finally: {
            folder.remove()
        }
    }

    /// Makes a folder for the socket, and removes those that killed processes have left.
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

    /// Says how an engine is set up.
    ///
    /// - Parameters:
    ///   - settings: Say where the engine keeps its state and which model it offers.
    ///   - address: Where it listens.
    ///   - apiKey: The key that its clients have to send; nil where any will do.
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
            readerCommand: ReadDocument.command(settings),
            encoderDirectory: settings.encoderDirectory
        )
    }

    /// Logs how the engine finds passages.
    static func logSearch(_ settings: Settings, _ logger: Logger) {
        let encoder: Logger.Metadata = ["encoder": "\(settings.encoderDirectory ?? "-")"]
        switch settings.engineSearch {
        case .meaning: logger.notice("the engine finds passages by their meaning", metadata: encoder)
        case .englishMeaning:
            logger.notice(
                "the engine finds passages by their meaning, but hardly in other languages than English; scripts/fetch-encoder fetches the encoder for them",
                metadata: encoder
            )
        case .words:
            logger.notice(
                "the engine finds passages by the words of the question; scripts/fetch-encoder fetches encoders that find more"
            )
        case nil: break
        }
    }

    /// Runs `body`, and tells of storage that cannot be used by the name of its setting.
    ///
    /// - Throws: `ConfigurationFaults` where the engine's storage cannot be used; what `body` throws.
    static func namingDataDirectory(_ body: () async throws -> Void) async throws {
        do {
            try await body()
        } catch let error as LocalEngineError where error.code == .storageUnusable {
            throw ConfigurationFaults(
                "DATA_DIR",
                "\(error.detail); the engine keeps its data there, so set DATA_DIR to a folder that this user can write to"
            )
        }
    }
}
