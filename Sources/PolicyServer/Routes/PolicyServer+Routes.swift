internal import Hummingbird
internal import PolicyAssistant

extension PolicyServer {
    /// All the routes.
    var routes: [Route] { describedRoutes + description.routes }

    /// The description of the API in the words of OpenAPI 3.1, as `GET /openapi.json` shows it.
    public var openAPI: [UInt8] { description.text }

    /// The routes that the description is about beside its own, in the order in which it tells them.
    private var describedRoutes: [Route] {
        ChatRoutes(assistant: assistant).routes
            + ThreadRoutes(assistant: assistant).routes
            + FileRoutes(assistant: assistant).routes
            + SessionRoutes(settings: assistant.settings, credentials: sessionCredentials).routes
            + (sessionCredentials.map { SignInRoutes(assistant: assistant, credentials: $0).routes } ?? [])
            + HealthRoutes(assistant: assistant).routes
            + MetricsRoutes(assistant: assistant, metrics: metrics).routes
            + PageRoutes().routes
    }

    private var description: DescriptionRoutes {
        DescriptionRoutes(of: describedRoutes.map(\.operation), settings: assistant.settings, version: version)
    }
}
