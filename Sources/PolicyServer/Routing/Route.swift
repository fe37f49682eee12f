internal import HTTPTypes
internal import Hummingbird

/// An operation of the API with its handler.
///
/// The router is built from the routes, and the OpenAPI document from their operations, so that they cannot disagree.
struct Route: Sendable {
    typealias Handler = @Sendable (Request, APIContext) async throws -> Response

    let operation: Operation
    private let handler: Handler

    init(_ operation: Operation, _ handler: @escaping Handler) {
        self.operation = operation
        self.handler = handler
    }

    @Sendable fileprivate func respond(_ request: Request, _ context: APIContext) async throws -> Response {
        if operation.access == .administrator { try context.identity.requireAdmin() }
        return try await handler(request, context)
    }
}

extension Router where Context == APIContext {
    /// Adds routes; a request for one of their paths with another method gets 405 and the supported methods.
    func serve(_ routes: [Route]) {
        for route in routes {
            on(RouterPath(route.operation.path), method: route.operation.method, use: route.respond)
        }
        for (path, routes) in Dictionary(grouping: routes, by: \.operation.path) {
            var allowed = routes.map(\.operation.method)
            // Every GET route also supports HEAD.
            if allowed.contains(.get) { allowed.append(.head) }
            allowed.sort { $0.rawValue < $1.rawValue }
            for method in Self.methods where !allowed.contains(method) {
                on(RouterPath(path), method: method) { [allowed] _, _ -> Response in
                    throw Problem.methodNotAllowed(allowed: allowed)
                }
            }
        }
    }

    /// The registered methods that clients use.
    private static var methods: [HTTPRequest.Method] {
        [.get, .head, .post, .put, .patch, .delete, .options, .trace, .query]
    }
}
