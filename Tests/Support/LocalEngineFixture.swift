public import LocalEngine
internal import Logging

/// Runs an engine while the closure runs, then shuts it down gracefully.
///
/// - Parameters:
///   - make: Makes the engine, which is to call what it is given once it listens.
///   - body: Gets the address.
/// - Returns: What the closure returns.
/// - Throws: What the closure throws, or what kept the engine from running.
public func withLocalEngine<Result>(
    _ make: (_ onListening: @escaping @Sendable (LocalEngine.Address) async -> Void) throws -> LocalEngine,
    _ body: (LocalEngine.Address) async throws -> Result
) async throws -> Result {
    try await withRunningService(make, body)
}

/// Runs an engine of the usual kind on a Unix socket while the closure runs.
///
/// - Parameters:
///   - databasePath: The engine's database; several engines may share one.
///   - socketPath: Where it listens.
///   - encoderDirectory: The folder of its sentence encoders; nil for a search by words.
///   - body: Gets the engine's time.
/// - Returns: What the closure returns.
/// - Throws: What the closure throws, or what kept the engine from running.
public func withLocalEngine<Result>(
    databasePath: String,
    socketPath: String,
    encoderDirectory: String? = nil,
    _ body: () async throws -> Result
) async throws -> Result {
    try await withSharedModel { model in
        let configuration = LocalEngine.Configuration(
            databasePath: databasePath,
            address: .unixSocket(path: socketPath),
            encoderDirectory: encoderDirectory,
            model: model?.engineModel
        )
        return try await withLocalEngine { onListening in
            try LocalEngine(
                configuration: configuration,
                logger: Logger(label: "engine") { _ in SwiftLogNoOpLogHandler() },
                onListening: onListening
            )
        } _: { _ in
            try await body()
        }
    }
}
