internal import DocumentText
public import Logging
public import ServiceLifecycle

/// An OpenAI-compatible server inside the program, which answers from documents by quoting them.
///
/// It serves files, vector stores, conversations, responses, assistants, threads and models in OpenAI's exact shapes, keeps everything in one
/// SQLite file and a folder beside it, and needs no account and no network.
public struct LocalEngine: Service, Sendable {
    let configuration: Configuration
    private let seams: EngineTestHooks
    let logger: Logger
    private let onListening: @Sendable (Address) async -> Void

    /// Creates an engine; nothing is opened before ``run()``.
    ///
    /// - Parameters:
    ///   - configuration: How the engine is set up.
    ///   - logger: Where it logs; never a question, an answer or a document's text.
    ///   - onListening: Called once requests are answered, with the address; of a port 0, with the port that it became.
    /// - Throws: `LocalEngineError` if the configuration cannot be used.
    public init(
        configuration: Configuration,
        logger: Logger,
        onListening: @escaping @Sendable (Address) async -> Void = { _ in }
    ) throws {
        try self.init(configuration: configuration, seams: EngineTestHooks(), logger: logger, onListening: onListening)
    }

    /// Creates an engine with parts of it replaced.
    init(
        configuration: Configuration,
        seams: EngineTestHooks,
        logger: Logger,
        onListening: @escaping @Sendable (Address) async -> Void
    ) throws {
        try configuration.validate()
        self.configuration = configuration
        self.seams = seams
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the engine is shut down gracefully or cancelled.
    ///
    /// - Throws: `LocalEngineError` if it cannot listen; what opening the database throws; `CancellationError`.
    public func run() async throws {
        WorkingFolder.sweep()
        let parts = try await EngineDependencies.open(configuration, seams: seams, logger: logger)
        defer { parts.close() }
        try await serve(parts, at: configuration.address, onListening: onListening)
    }
}
