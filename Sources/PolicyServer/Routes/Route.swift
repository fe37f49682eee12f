internal import Foundation
internal import HTTPTypes
internal import Hummingbird

/// A route: what it is for, takes and answers, and what does it.
///
/// The router is made of routes, and the API's description of their operations, so that it tells what is served.
struct Route: Sendable {
    typealias Handler = @Sendable (Request, APIContext) async throws -> Response

    let operation: Operation
    private let handler: Handler

    init(_ operation: Operation, _ handler: @escaping Handler) {
        self.operation = operation
        self.handler = handler
    }

    @Sendable fileprivate func answer(_ request: Request, _ context: APIContext) async throws -> Response {
        if operation.access == .administrator { try context.identity.requireAdmin() }
        return try await handler(request, context)
    }
}

extension Router where Context == APIContext {
    /// Serves routes; whoever comes to one of their paths with another method is told which there are.
    func serve(_ routes: [Route]) {
        for route in routes {
            on(RouterPath(route.operation.path), method: route.operation.method, use: route.answer)
        }
        for (path, routes) in Dictionary(grouping: routes, by: \.operation.path) {
            var allowed = routes.map(\.operation.method)
            // A HEAD is answered wherever a GET is.
            if allowed.contains(.get) { allowed.append(.head) }
            allowed.sort { $0.rawValue < $1.rawValue }
            for method in Self.methods where !allowed.contains(method) {
                on(RouterPath(path), method: method) { [allowed] _, _ -> Response in
                    throw Problem.methodNotAllowed(allowed: allowed)
                }
            }
        }
    }

    /// The methods of the web's standards.
    private static var methods: [HTTPRequest.Method] {
        [.get, .head, .post, .put, .patch, .delete, .options, .trace, .query]
    }
}

extension APIContext {
    /// Returns a parameter of the path, with its percent escapes read.
    func value(of parameter: Parameter) throws -> String {
        guard let value = parameters.get(parameter.name)?.removingPercentEncoding else { throw Problem.notFound }
        return value
    }
}
