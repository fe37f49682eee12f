internal import Hummingbird

/// Records deletions, after which the database's write-ahead log is emptied.
struct ErasureMiddleware: RouterMiddleware {
    let erasure: Erasure

    func handle(
        _ request: Request,
        context: EngineContext,
        next: (Request, EngineContext) async throws -> Response
    ) async throws -> Response {
        let response = try await next(request, context)
        if request.method == .delete { erasure.note() }
        return response
    }
}
