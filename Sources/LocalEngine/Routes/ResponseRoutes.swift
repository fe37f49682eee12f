internal import HTTPTypes
internal import Hummingbird
internal import Logging

/// The routes of `/v1/responses`.
struct ResponseRoutes: Sendable {
    let lifecycle: ResponseLifecycle
    let responses: ResponseRepository

    /// Adds the routes.
    func add(to builder: inout RouteBuilder) {
        builder.on(.post, "responses") { request, context in
            let body = try ResponseRequest(await request.fields(known: ResponseRequest.parameters))
            let presence = try await context.presence()
            let prepared = try await lifecycle.begin(body)
            guard body.isStreamed else {
                return try await whole(prepared, presence).response(from: request, context: context)
            }
            return stream(prepared, presence, context.logger)
        }
        builder.on(.get, "responses/:response") { request, context in
            let options = try request.include()
            if request.uri.queryParameters["stream"] == "true" {
                throw APIError.invalid("Only background responses can be streamed again.", param: "stream")
            }
            return try await responses.response(context.id("response")).json(including: options)
        }
        builder.on(.delete, "responses/:response") { _, context -> JSONValue in
            let id = try context.id("response")
            try await responses.delete(id)
            return ["id": .string(id), "object": "response.deleted", "deleted": true]
        }
        builder.on(.post, "responses/:response/cancel") { _, context -> JSONValue in
            _ = try await responses.response(context.id("response"))
            throw APIError.synchronousResponse
        }
        builder.on(.get, "responses/:response/input_items") { request, context in
            let (page, options) = (try request.page(), try request.include())
            let input = try await responses.response(context.id("response")).inputItems
            return try page.of(input, id: \.id).list(id: \.id) { $0.json(including: options) }
        }
    }

    private func whole(_ prepared: PreparedResponse, _ presence: ClientPresence) async throws -> JSONValue {
        let response = try await presence.whilePresent {
            try await lifecycle.complete(prepared, with: try await lifecycle.answer(prepared).output)
        }
        return try response.json(including: prepared.object.request.inclusions)
    }

    private func stream(_ prepared: PreparedResponse, _ presence: ClientPresence, _ logger: Logger) -> Response {
        .events { writer in
            var events = ResponseEvents(of: prepared.object)
            for event in events.opening() { try await writer.write(event.eventFrame()) }
            do {
                let (progress, continuation) = AsyncStream<AnswerProgress>.makeStream()
                async let answered = reportingErrors(logger, presence) {
                    defer { continuation.finish() }
                    return try await lifecycle.answer(prepared) { continuation.yield($0) }
                }
                for await step in progress {
                    for event in events.progress(step) { try await writer.write(event.eventFrame()) }
                }
                let (output, isStreamed) = try await answered
                if !isStreamed {
                    for event in events.whole(output) { try await writer.write(event.eventFrame()) }
                }
                for event in events.ending(output) { try await writer.write(event.eventFrame()) }
                let response = try await reportingErrors(logger, presence) {
                    try await lifecycle.complete(prepared, with: output)
                }
                let closing = events.closing(try response.json(including: prepared.object.request.inclusions))
                try await writer.write(closing.eventFrame())
            } catch let error as APIError {
                try await writer.write(events.closing(prepared.object.json(.failed(error))).eventFrame())
            }
            try await writer.finish(nil)
        }
    }

    /// Runs an operation while the client is connected, and throws an error that an event can report.
    ///
    /// - Throws: `APIError`, `CancellationError`.
    private func reportingErrors<Value: Sendable>(
        _ logger: Logger,
        _ presence: ClientPresence,
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        do {
            return try await presence.whilePresent(operation)
        } catch let error as CancellationError {
            throw error
        } catch {
            if let reported = APIError(error) { throw reported }
            logger.error("response failed", metadata: ["error": "\(error.kind)"])
            throw APIError.serverError
        }
    }
}
