internal import Hummingbird
public import Logging
public import PolicyAssistant
public import ServiceLifecycle

/// The HTTP API: an assistant's answers, documents and threads as routes.
public struct PolicyServer: Service {
    private let assistant: Assistant
    private let logger: Logger
    private let onListening: @Sendable (_ port: Int) async -> Void

    /// Creates a server that listens, once it runs, on the settings' host and port.
    ///
    /// - Parameters:
    ///   - assistant: What answers.
    ///   - logger: Gets one line for each request, without what was asked or who asked it.
    ///   - onListening: Is told the port once requests are accepted.
    public init(
        assistant: Assistant,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.assistant = assistant
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the service group shuts down.
    ///
    /// Then no more connections are taken, and turns that run are answered, for `Settings.shutdownGrace` at the most.
    ///
    /// - Throws: What opening the port throws, for example when it is in use.
    public func run() async throws {
        let application = Application(
            router: router(),
            configuration: ApplicationConfiguration(
                address: .hostname(assistant.settings.host, port: assistant.settings.port),
                serverName: "policy-assistant"
            ),
            onServerRunning: { [onListening] channel in
                await onListening(channel.localAddress?.port ?? 0)
            },
            logger: logger
        )
        try await withThrowingDiscardingTaskGroup { group in
            group.addTask { await assistant.turns.beat() }
            group.addTask {
                guard (try? await gracefulShutdown()) != nil else { return }
                await assistant.turns.close(within: assistant.settings.shutdownGrace)
            }
            try await application.run()
            group.cancelAll()
        }
    }

    private func router() -> Router<APIContext> {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            RequestIDMiddleware()
            AccessLogMiddleware()
            ProblemMiddleware()
        }
        ChatRoutes(assistant: assistant).add(to: router)
        ThreadRoutes(assistant: assistant).add(to: router)
        FileRoutes(assistant: assistant).add(to: router)
        HealthRoutes(assistant: assistant).add(to: router)
        return router
    }
}
