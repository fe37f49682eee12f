internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Sends `100 Continue` for a request with `expect: 100-continue`, once a route reads its body.
struct ExpectationMiddleware: RouterMiddleware {
    func handle(
        _ request: Request,
        context: EngineContext,
        next: (Request, EngineContext) async throws -> Response
    ) async throws -> Response {
        guard request.headers[.expect] != nil else { return try await next(request, context) }
        var request = request
        request.body = RequestBody(asyncSequence: ExpectedBody(body: request.body, context: context))
        return try await next(request, context)
    }
}

/// A body for which `100 Continue` is sent when it is first read.
private struct ExpectedBody: AsyncSequence, Sendable {
    let body: RequestBody
    let context: EngineContext

    struct Iterator: AsyncIteratorProtocol {
        var body: RequestBody.AsyncIterator

        mutating func next() async throws -> ByteBuffer? { try await body.next() }
    }

    func makeAsyncIterator() -> Iterator {
        context.sendContinue()
        return Iterator(body: body.makeAsyncIterator())
    }
}
