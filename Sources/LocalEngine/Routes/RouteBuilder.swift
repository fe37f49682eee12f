internal import HTTPTypes
internal import Hummingbird

/// Adds the routes of the API, and refuses all other methods on their paths.
struct RouteBuilder {
    private let router: Router<EngineContext>
    private var methods: [String: Set<HTTPRequest.Method>] = [:]

    /// Creates a builder that adds routes to a router.
    init(_ router: Router<EngineContext>) {
        self.router = router
    }

    /// Adds a route below `/v1`.
    mutating func on(
        _ method: HTTPRequest.Method,
        _ path: String,
        use handler: @escaping @Sendable (Request, EngineContext) async throws -> some ResponseGenerator
    ) {
        methods[path, default: []].insert(method)
        router.on(RouterPath("v1/\(path)"), method: method, use: handler)
    }

    /// Responds with 405 to the methods that a path does not have.
    func refuseOtherMethods() {
        for (path, known) in methods {
            for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete] where !known.contains(method) {
                router.on(RouterPath("v1/\(path)"), method: method) { request, _ -> Response in
                    throw APIError(
                        status: .methodNotAllowed,
                        message: "Not allowed to \(request.method.rawValue) on \(request.uri.path). "
                            + "(HINT: Perhaps you meant to use a different HTTP method?)"
                    )
                }
            }
        }
    }
}

extension EngineContext {
    /// An ID in the request's path.
    func id(_ name: String) throws -> String {
        try parameters.require(name)
    }
}
