public import LocalEngine
internal import Logging
internal import ServiceLifecycle

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
    let (addresses, continuation) = AsyncStream<LocalEngine.Address>.makeStream()
    let services = ServiceGroup(
        services: [try make { address in continuation.yield(address) }],
        logger: Logger(label: "engine") { _ in SwiftLogNoOpLogHandler() }
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { continuation.finish() }
            try await services.run()
        }
        for await address in addresses {
            do {
                let result = try await body(address)
                await services.triggerGracefulShutdown()
                try await group.waitForAll()
                return result
            } catch {
                await services.triggerGracefulShutdown()
                throw error
            }
        }
        try await group.waitForAll()
        throw CancellationError()
    }
}

/// Runs an engine of the usual kind on a Unix socket while the closure runs.
///
/// - Parameters:
///   - databasePath: The engine's database; several engines may share one.
///   - socketPath: Where it listens.
///   - body: Gets the engine's time.
/// - Returns: What the closure returns.
/// - Throws: What the closure throws, or what kept the engine from running.
public func withLocalEngine<Result>(
    databasePath: String,
    socketPath: String,
    _ body: () async throws -> Result
) async throws -> Result {
    let configuration = LocalEngine.Configuration(
        databasePath: databasePath,
        address: .unixSocket(path: socketPath)
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
