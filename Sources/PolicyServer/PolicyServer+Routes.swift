internal import Hummingbird
internal import PolicyAssistant

extension PolicyServer {
    /// All the routes.
    var routes: [Route] { describedRoutes + description.routes }

    /// The OpenAPI 3.1 document of the API, as `GET /openapi.json` returns it.
    public var openAPI: [UInt8] { description.text }

    /// The routes of the document in its order, without the document's own.
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
