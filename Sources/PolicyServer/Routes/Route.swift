internal import Foundation
internal import HTTPTypes
internal import Hummingbird

extension Router where Context == APIContext {
    /// Declares all that a path answers; any other method is told so.
    func route(
        _ path: RouterPath,
        _ handlers: [HTTPRequest.Method: @Sendable (Request, APIContext) async throws -> Response]
    ) {
        for (method, handler) in handlers {
            on(path, method: method, use: handler)
        }
        let allowed = handlers.keys.sorted { $0.rawValue < $1.rawValue }
        // A HEAD is answered wherever a GET is.
        let isHeadAnswered = handlers[.get] != nil
        for method in Self.commonMethods where handlers[method] == nil && !(method == .head && isHeadAnswered) {
            on(path, method: method) { _, _ -> Response in throw Problem.methodNotAllowed(allowed: allowed) }
        }
    }

    private static var commonMethods: [HTTPRequest.Method] { [.get, .head, .post, .put, .patch, .delete, .options] }
}

extension APIContext {
    /// Returns a part of the path, with its percent escapes read.
    func pathParameter(_ name: String) throws -> String {
        guard let value = parameters.get(name)?.removingPercentEncoding else { throw Problem.notFound }
        return value
    }
}
