internal import HTTPConnections
internal import Hummingbird
public import Logging
public import PolicyAssistant
public import ServiceLifecycle
public import Voice

/// The HTTP API of an assistant: chat, threads, documents, sessions, the chat page and metrics.
///
/// The server is a service. It listens on the settings' host and port, and shuts down gracefully with its service
/// group:
///
/// ```swift
/// import Logging
/// import PolicyAssistant
/// import PolicyServer
/// import ServiceLifecycle
/// import UnixSignals
///
/// func serve(_ assistant: Assistant, callProvider: @escaping IdentityProviderCall) async throws {
///     let logger = Logger(label: "example")
///     let server = PolicyServer(
///         assistant: assistant,
///         version: "1.0.0",
///         callProvider: callProvider,
///         metrics: .bootstrap(),
///         logger: logger
///     ) { port in
///         logger.info("listening", metadata: ["port": "\(port)"])
///     }
///     try await ServiceGroup(
///         configuration: .init(services: [server], gracefulShutdownSignals: [.sigterm], logger: logger)
///     ).run()
/// }
/// ```
public struct PolicyServer: Service {
    let assistant: Assistant
    let voice: Voice
    let version: String
    let callProvider: IdentityProviderCall
    let identityProvider: IdentityProvider?
    let metrics: PrometheusMetrics
    let logger: Logger
    private let onListening: @Sendable (_ port: Int) async -> Void

    /// How long clients have after the grace period to receive the last responses.
    private static let finalResponseTime = Duration.seconds(2)

    /// Creates a server.
    ///
    /// - Parameters:
    ///   - assistant: The assistant, whose settings name the host, the port and the mode of authentication.
    ///   - voice: What hears spoken questions and speaks answers; off by default.
    ///   - version: The program's version, for the OpenAPI document.
    ///   - callProvider: Sends a request to an identity provider. It must have a timeout of its own, and follow no redirect.
    ///   - metrics: The program's metrics, for `GET /metrics`.
    ///   - logger: Receives a line for each request, without the question and the user.
    ///   - onListening: Receives the port when the server accepts connections.
    public init(
        assistant: Assistant,
        voice: Voice = Voice(),
        version: String,
        callProvider: @escaping IdentityProviderCall,
        metrics: PrometheusMetrics,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) {
        self.assistant = assistant
        self.voice = voice
        self.version = version
        self.callProvider = callProvider
        if case .openID(let openID) = assistant.settings.authentication {
            identityProvider = IdentityProvider(settings: openID, logger: logger, call: callProvider)
        } else {
            identityProvider = nil
        }
        self.metrics = metrics
        self.logger = logger
        self.onListening = onListening
    }

    /// Serves until the service group shuts down.
    ///
    /// Then the server accepts no more connections, and turns in progress are completed within
    /// `Settings.shutdownGrace`.
    ///
    /// - Throws: The error of opening the port, for example if it is in use.
    public func run() async throws {
        let settings = assistant.settings
        let keys = publishedKeys()
        let requestMetrics = RequestMetrics(factory: metrics)
        let application = Application(
            responder: responder(try await authenticator(keys), requestMetrics),
            server: .limited(
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
                group.addTask { await assistant.turns.sendHeartbeats() }
                group.addTask { await assistant.deleteOverdue() }
                group.addTask { try await closeOnShutdown() }
                try await application.run()
                group.cancelAll()
            }
        } catch is GracePeriodExpired {
        } catch is CancellationError where !Task.isCancelled {}
    }

    /// Waits for the service group's shutdown, and then closes the turns within the grace period.
    ///
    /// - Throws: ``GracePeriodExpired`` if connections are still open ``finalResponseTime`` after it.
    private func closeOnShutdown() async throws {
        guard (try? await gracefulShutdown()) != nil else { return }
        let end = ContinuousClock.now + assistant.settings.shutdownGrace + Self.finalResponseTime
        await assistant.turns.close(within: assistant.settings.shutdownGrace)
        guard (try? await Task.sleep(until: end, clock: .continuous)) != nil else { return }
        throw GracePeriodExpired()
    }

    /// Ends the server while connections are still open.
    private struct GracePeriodExpired: Error {}

    private func responder(
        _ authenticator: Authenticator,
        _ requestMetrics: RequestMetrics
    ) -> some HTTPResponder<APIContext> {
        let responder = router(authenticator, requestMetrics).buildResponder()
        // A child task, so that the connection's task, which may stream for minutes, does not keep its memory.
        return CallbackResponder { request, context in
            try await withChildTask { try await responder.respond(to: request, context: context) }
        }
    }

    private func router(_ authenticator: Authenticator, _ requestMetrics: RequestMetrics) -> Router<APIContext> {
        let requestAuthenticator = RequestAuthenticator(authenticator: authenticator, credentials: sessionCredentials)
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
        if sessionCredentials != nil, assistant.settings.trustedProxies == .none {
            router.addMiddleware { UntrustedProxyWarningMiddleware(logger: logger) }
        }
        // A middleware applies to the routes that are added after it.
        router.serve(routes.filter { $0.operation.access == .anyone })
        router.addMiddleware { AuthenticationMiddleware(authenticator: requestAuthenticator) }
        router.serve(routes.filter { $0.operation.access == .optionallyAuthenticated })
        router.addMiddleware { RequireAuthenticationMiddleware() }
        router.serve(routes.filter { $0.operation.access.requiresAuthentication })
        return router
    }

    /// The hosts for which requests are allowed; nil for any host, if callers have to authenticate.
    private var allowedHosts: AllowedHosts? {
        let settings = assistant.settings
        guard case .none = settings.authentication else { return nil }
        return AllowedHosts(settings.allowedHosts + [settings.host] + [settings.publicURL?.host].compactMap(\.self))
    }
}
