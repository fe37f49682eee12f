internal import Logging
public import ServiceLifecycle

/// Runs a service while the closure runs, then shuts it down gracefully.
///
/// - Parameters:
///   - make: Makes the service, which is to call what it is given once it is ready.
///   - body: Gets what the service said when it was ready, such as its address.
/// - Returns: What the closure returns.
/// - Throws: What the closure throws, or what kept the service from running.
public func withRunningService<Ready: Sendable, Result>(
    _ make: (_ onReady: @escaping @Sendable (Ready) async -> Void) throws -> any Service,
    _ body: (Ready) async throws -> Result
) async throws -> Result {
    let (signs, continuation) = AsyncStream<Ready>.makeStream()
    let services = ServiceGroup(
        services: [try make { sign in continuation.yield(sign) }],
        logger: Logger(label: "service") { _ in SwiftLogNoOpLogHandler() }
    )
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { continuation.finish() }
            try await services.run()
        }
        for await sign in signs {
            do {
                let result = try await body(sign)
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
