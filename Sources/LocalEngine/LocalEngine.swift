internal import DocumentText
public import Logging
public import ServiceLifecycle

/// A server inside the program that is compatible with OpenAI's API and answers from documents by quoting them.
///
/// It serves files, vector stores, conversations, responses, assistants, threads and models in OpenAI's exact shapes, stores
/// everything in one SQLite file and a folder beside it, and needs no account and no network. It is a service, which runs
/// until its task is cancelled or its service group shuts down:
///
/// ```swift
/// import LocalEngine
/// import Logging
///
/// let engine = try LocalEngine(
///     configuration: .init(databasePath: "data/engine.sqlite", address: .tcp(port: 8_085)),
///     logger: Logger(label: "engine"),
///     onListening: { address in print("The engine listens at \(address).") }
/// )
/// try await engine.run()
/// ```
public struct LocalEngine: Service, Sendable {
    let configuration: Configuration
    private let hooks: EngineTestHooks
    let logger: Logger
    private let onListening: @Sendable (Address) async -> Void

    /// Creates an engine, which opens nothing before ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: The settings.
    ///   - logger: Logs failures, but never a question, an answer or a document's text.
    ///   - onListening: Called once requests are answered, with the address, in which the chosen port replaces the port 0.
    /// - Throws: `LocalEngineError` with the code `invalidConfiguration`.
    public init(
        configuration: Configuration,
        logger: Logger,
        onListening: @escaping @Sendable (Address) async -> Void = { _ in }
    ) throws {
        try self.init(configuration: configuration, hooks: EngineTestHooks(), logger: logger, onListening: onListening)
    }

    /// Creates an engine with parts of it replaced.
    init(
        configuration: Configuration,
        hooks: EngineTestHooks,
        logger: Logger,
        onListening: @escaping @Sendable (Address) async -> Void
    ) throws {
        try configuration.validate()
        self.configuration = configuration
        self.hooks = hooks
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the engine is shut down gracefully or cancelled.
    ///
    /// - Throws: `LocalEngineError` if it cannot listen or use the database; `CancellationError`.
    public func run() async throws {
        WorkingFolder.sweep()
        let dependencies = try await EngineDependencies.open(configuration, hooks: hooks, logger: logger)
        defer { dependencies.close() }
        try await serve(dependencies, at: configuration.address, onListening: onListening)
    }
}
