internal import HTTPConnections
internal import Hummingbird
public import Logging
public import PolicyAssistant
public import ServiceLifecycle

/// The HTTP API: an assistant's answers, documents and threads as routes.
public struct PolicyServer: Service {
    let assistant: Assistant
    let version: String
    let fetchKeys: @Sendable (_ url: String) async throws -> [UInt8]
    let metrics: PrometheusMetrics
    let logger: Logger
    private let onListening: @Sendable (_ port: Int) async -> Void

    /// Creates a server that listens, once it runs, on the settings' host and port.
    ///
    /// - Parameters:
    ///   - assistant: What answers.
    ///   - version: The program's version, for the API's description.
    ///   - fetchKeys: Fetches an identity provider's key set from its URL; it has to end by itself.
    ///   - metrics: What the program measures, to be shown at `/metrics`.
    ///   - logger: Gets one line for each request, without what was asked or who asked it.
    ///   - onListening: Is told the port once requests are accepted.
    public init(
        assistant: Assistant,
        version: String,
        fetchKeys: @escaping @Sendable (_ url: String) async throws -> [UInt8],
        metrics: PrometheusMetrics,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.assistant = assistant
        self.version = version
        self.fetchKeys = fetchKeys
        self.metrics = metrics
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the service group shuts down.
    ///
    /// Then no more connections are taken, and turns that run are answered, for `Settings.shutdownGrace` at the most.
    ///
    /// - Throws: What opening the port throws, for example when it is in use.
    public func run() async throws {
        let settings = assistant.settings
        let keys = publishedKeys()
        let requestMetrics = RequestMetrics(factory: metrics)
        let application = Application(
            responder: responder(try await authenticator(keys), requestMetrics),
            server: .guarded(
                by: ConnectionLimits(callerTimeout: settings.callerTimeout),
                grace: settings.shutdownGrace,
                refusals: Refusals(metrics: requestMetrics, logger: logger)
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                serverName: "policy-assistant",
                availableConnectionsDelegate: CountedConnections(maximum: settings.maximumConnections, logger: logger)
            ),
            services: keys.map { [$0] } ?? [],
            onServerRunning: { [onListening, logger] channel in
                await DescriptorShortage.watch(channel, logger: logger, answer: Refusals.overloaded)
                await onListening(channel.localAddress?.port ?? 0)
            },
            logger: logger
        )
        do {
            try await withThrowingDiscardingTaskGroup { group in
                group.addTask { await assistant.turns.beat() }
                group.addTask { await assistant.deleteOverdue() }
                group.addTask { try await closeOnShutdown() }
                try await application.run()
                group.cancelAll()
            }
        } catch is GracePeriodExpired {
        } catch is CancellationError where !Task.isCancelled {}
    }

    /// Waits for the service group's shutdown, and ends what runs then within the grace.
    ///
    /// - Throws: ``GracePeriodExpired`` where connections are still open some time after that.
    private func closeOnShutdown() async throws {
        guard (try? await gracefulShutdown()) != nil else { return }
        let end = ContinuousClock.now + assistant.settings.shutdownGrace + Self.farewell
        await assistant.turns.close(within: assistant.settings.shutdownGrace)
        guard (try? await Task.sleep(until: end, clock: .continuous)) != nil else { return }
        throw GracePeriodExpired()
    }

    /// How long callers have, after the grace, to be told that it is over.
    private static let farewell = Duration.seconds(2)

    /// The server ends, whoever is still connected.
    private struct GracePeriodExpired: Error {}

    private func responder(
        _ authenticator: Authenticator,
        _ requestMetrics: RequestMetrics
    ) -> some HTTPResponder<APIContext> {
        let responder = router(authenticator, requestMetrics).buildResponder()
        // The task of a connection, which may stream for minutes, is not to keep what the way to the answer took.
        return CallbackResponder { request, context in
            try await apart { try await responder.respond(to: request, context: context) }
        }
    }

    private func router(_ authenticator: Authenticator, _ requestMetrics: RequestMetrics) -> Router<APIContext> {
        let callers = RequestAuthenticator(authenticator: authenticator, credentials: sessionCredentials)
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        let routes = routes
        if let origins = assistant.settings.allowedOrigins {
            router.addMiddleware { CrossOriginMiddleware(origins: origins, operations: routes.map(\.operation)) }
        }
        router.addMiddleware {
            SecurityHeadersMiddleware()
            RequestIDMiddleware()
            RequestMetricsMiddleware(metrics: requestMetrics)
            AccessLogMiddleware()
            ProblemMiddleware()
        }
        if let allowedHosts { router.addMiddleware { AllowedHostsMiddleware(hosts: allowedHosts) } }
        if sessionCredentials != nil, assistant.settings.trustedProxies == 0 {
            router.addMiddleware { UntrustedProxyWarningMiddleware(logger: logger) }
        }
        // Before the callers are asked who they are: whatever looks after the process need not be anybody, and the page
        // holds nothing that is not everybody's.
        router.serve(routes.filter { $0.operation.access == .anyone })
        router.addMiddleware { AuthenticationMiddleware(authenticator: callers) }
        router.serve(routes.filter { $0.operation.access == .visitor })
        router.addMiddleware { RequireAuthenticationMiddleware() }
        router.serve(routes.filter { $0.operation.access.requiresAuthentication })
        return router
    }

    /// The hosts under whose names the API is served; nil for any, where callers prove who they are.
    private var allowedHosts: AllowedHosts? {
        let settings = assistant.settings
        guard case .none = settings.authentication else { return nil }
        return AllowedHosts(settings.allowedHosts + [settings.host] + [settings.publicURL?.host].compactMap(\.self))
    }
}
