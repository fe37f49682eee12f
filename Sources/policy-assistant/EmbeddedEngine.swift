internal import FoundationEssentials
internal import LocalEngine
internal import Logging
internal import PolicyAssistant
internal import ServiceLifecycle

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

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
        let folder = try privateFolder()
        return try await closing {
            let (listening, listens) = AsyncStream.makeStream(of: Void.self)
            let socket = "\(folder)/engine.sock"
            let engine = try LocalEngine(
                configuration: try configuration(settings, address: .unixSocket(path: socket)),
                logger: logger,
                onListening: { _ in listens.yield() }
            )
            let services = ServiceGroup(configuration: .init(services: [engine], logger: logger))
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    defer { listens.finish() }
                    try await services.run()
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
            try? FileManager.default.removeItem(atPath: folder)
        }
    }

    /// Says how an engine is set up, and makes the folder of its state.
    static func configuration(
        _ settings: Settings,
        address: LocalEngine.Address
    ) throws -> LocalEngine.Configuration {
        try FileManager.default.createDirectory(atPath: settings.dataDirectory, withIntermediateDirectories: true)
        return LocalEngine.Configuration(
            databasePath: "\(settings.dataDirectory)/engine.sqlite",
            address: address,
            models: [settings.model]
        )
    }

    /// Makes a folder that only this user can enter.
    ///
    /// Its path is short, as the path of a Unix socket has to be.
    private static func privateFolder() throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "policy-assistant-XXXXXX").path()
        var template = Array(path.utf8CString)
        guard mkdtemp(&template) != nil else {
            throw PolicyAssistantError(.fileUnreadable, "No folder can be made like \(path); check TMPDIR.")
        }
        return String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
