internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// The routes of `/v1/responses`.
struct ResponseRoutes: Sendable {
    let lifecycle: ResponseLifecycle
    let archive: ResponseRepository

    /// Adds the routes.
    func add(to book: inout RouteBuilder) {
        book.on(.post, "responses") { request, context in
            let body = try ResponseRequest(await request.fields(known: ResponseRequest.parameters))
            let presence = try await context.presence()
            let turn = try await lifecycle.open(body)
            guard body.isStreamed else {
                return try await whole(turn, presence).response(from: request, context: context)
            }
            return stream(turn, presence, context.logger)
        }
        book.on(.get, "responses/:response") { request, context in
            let inclusions = try request.include()
            if request.uri.queryParameters["stream"] == "true" {
                throw APIError.invalid("Only background responses can be streamed again.", param: "stream")
            }
            return try await archive.response(context.id("response")).wire(including: inclusions)
        }
        book.on(.delete, "responses/:response") { _, context -> JSONValue in
            let id = try context.id("response")
            try await archive.delete(id)
            return ["id": .string(id), "object": "response.deleted", "deleted": true]
        }
        book.on(.post, "responses/:response/cancel") { _, context -> JSONValue in
            _ = try await archive.response(context.id("response"))
            throw APIError.synchronousResponse
        }
        book.on(.get, "responses/:response/input_items") { request, context in
            let (page, inclusions) = (try request.page(), try request.include())
            let input = try await archive.response(context.id("response")).input
            return try page.of(input, id: \.id).list(id: \.id) { $0.wire(including: inclusions) }
        }
    }

    private func whole(_ turn: PreparedResponse, _ presence: ClientPresence) async throws -> JSONValue {
        let response = try await presence.whilePresent {
            try await lifecycle.keep(try await lifecycle.answer(turn), of: turn)
        }
        return response.wire(including: turn.request.inclusions)
    }

    private func stream(_ turn: PreparedResponse, _ presence: ClientPresence, _ logger: Logger) -> Response {
        .events { writer in
            var events = ResponseEvents(of: turn)
            for event in events.opening() { try await writer.write(event.eventFrame()) }
            do {
                let output = try await told(logger, presence) { try await lifecycle.answer(turn) }
                for event in events.output(output) { try await writer.write(event.eventFrame()) }
                let response = try await told(logger, presence) { try await lifecycle.keep(output, of: turn) }
                let closing = events.closing(response.wire(including: turn.request.inclusions))
                try await writer.write(closing.eventFrame())
            } catch let error as APIError {
                try await writer.write(events.closing(turn.body(.failed(error))).eventFrame())
            }
            try await writer.finish(nil)
        }
    }

    /// Does a part of a turn while its client is there, and makes what goes wrong fit to be told in the stream.
    private func told<Value: Sendable>(
        _ logger: Logger,
        _ presence: ClientPresence,
        _ part: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await presence.whilePresent(part)
        } catch let error where !(error is APIError || error is CancellationError) {
            logger.error("response failed", metadata: ["error": "\(error.kind)"])
            throw APIError.serverError
        }
    }
}
