internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Asks for the body of a request whose client holds it back (`expect: 100-continue`), once a route reads it.
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

/// A body that is asked for when it is first read.
private struct ExpectedBody: AsyncSequence, Sendable {
    let body: RequestBody
    let context: EngineContext

    struct Iterator: AsyncIteratorProtocol {
        var body: RequestBody.AsyncIterator

        mutating func next() async throws -> ByteBuffer? { try await body.next() }
    }

    func makeAsyncIterator() -> Iterator {
        context.askForBody()
        return Iterator(body: body.makeAsyncIterator())
    }
}
