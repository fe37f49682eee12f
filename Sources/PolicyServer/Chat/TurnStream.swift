internal import HTTPTypes
internal import Hummingbird
internal import JSON
internal import NIOCore
internal import PolicyAssistant

/// A turn as a stream of events: `delta`, `citation`, and at the end `done` or `error`.
struct TurnStream: Sendable {
    let turn: Turn
    /// The last event that the caller has; 0 for none.
    let lastEventID: Int
    /// Whether the turn ends when its caller disconnects, instead of running to its end.
    let endsOnDisconnect: Bool
    let requestID: String

    /// How many heartbeats of the turn, one in five seconds, make one of the stream.
    private static let heartbeatsPerComment = 3

    /// Returns the response, once the turn has its first event.
    ///
    /// - Throws: `PolicyAssistantError` where the turn failed before it emitted anything: that is a response of its own.
    func response(to request: Request) async throws -> Response {
        // Whether the caller disconnects can be observed only once, which is while events are written.
        if lastEventID == 0 { try await turn.started() }
        var headers: HTTPFields = [
            .contentType: "text/event-stream; charset=utf-8",
            .cacheControl: "no-store",
        ]
        headers[.turnID] = turn.id.description
        if endsOnDisconnect { headers[.connection] = "close" }
        // nginx, and proxies that follow it, then forward each event at once.
        headers[.accelBuffering] = "no"
        // The request itself, with the buffer that it was read into, is not kept while events are written.
        let watched = endsOnDisconnect ? request.body : nil
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                try await write(watched, &writer)
                try await writer.finish(nil)
            }
        )
    }

    private func write(_ watched: RequestBody?, _ writer: inout any ResponseBodyWriter) async throws {
        try await turn.whileConnected(watched) {
            var heartbeats = 0
            for try await update in turn.updates(after: lastEventID) {
                switch update {
                case .events(let first, let events):
                    heartbeats = 0
                    try await writer.write(frames(of: events, first: first))
                case .heartbeat:
                    heartbeats += 1
                    guard heartbeats.isMultiple(of: Self.heartbeatsPerComment) else { continue }
                    try await writer.write(ServerSentEvent.heartbeat)
                }
            }
        }
    }

    /// Returns events as a stream has them.
    func frames(of events: [TurnEvent], first: Int) -> ByteBuffer {
        var buffer = ByteBuffer()
        for (offset, event) in events.enumerated() {
            let (name, data) = (try? content(of: event)) ?? (name: "error", data: failure)
            ServerSentEvent.write(id: first + offset, name: name, data: data, to: &buffer)
        }
        return buffer
    }

    private func content(of event: TurnEvent) throws -> (name: String, data: [UInt8]) {
        switch event {
        case .delta(let text, let confidence):
            ("delta", DeltaBody(text: text, confidence: confidence?.rawValue).json)
        case .citation(let citation):
            ("citation", ChatResponse.CitationBody(citation).json)
        case .done(let answer):
            ("done", ChatResponse(answer, user: turn.user, turn: turn.id).json)
        case .failed(let error):
            ("error", try JSONText.of(Problem(error).document(requestID: requestID)))
        }
    }

    /// The problem that replaces an event that cannot be encoded.
    private var failure: [UInt8] { JSONText.ofConstant(Problem.internalError.document(requestID: requestID)) }
}

/// The format of event streams, as the HTML standard's section on server-sent events has it.
enum ServerSentEvent {
    /// Writes an event.
    ///
    /// - Parameters:
    ///   - id: The value that a client sends back as `Last-Event-ID` when it reconnects.
    ///   - name: The kind of the event.
    ///   - data: JSON, which has no line breaks.
    ///   - buffer: Gets the event.
    static func write(id: Int, name: String, data: some Sequence<UInt8>, to buffer: inout ByteBuffer) {
        buffer.writeString("id: \(id)\nevent: \(name)\ndata: ")
        buffer.writeBytes(data)
        buffer.writeString("\n\n")
    }

    /// A comment, which clients skip: it shows them and proxies that the stream is alive.
    static let heartbeat = ByteBuffer(string: ": still here\n\n")
}

extension Turn {
    /// Runs `body`, which follows the turn.
    ///
    /// - Parameters:
    ///   - watched: The body of the request, where the turn and `body` end with its caller's connection. The connection
    ///     cannot be used for another request then: the response has to say `connection: close`. Nil where they do not.
    ///   - body: Follows the turn.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws; ``Problem/callerLeft`` where the caller disconnected.
    func whileConnected<Result: Sendable>(
        _ watched: RequestBody?,
        _ body: () async throws -> Result
    ) async throws -> Result {
        guard let watched else { return try await body() }
        do {
            return try await watched.consumeWithCancellationOnInboundClose { _ in try await body() }
        } catch {
            cancel()
            // Cancelled is also a request of a server that shuts down.
            throw error is CancellationError && !Task.isCancelled ? Problem.callerLeft : error
        }
    }
}

extension HTTPField.Name {
    /// The turn of an answer.
    static let turnID = HTTPField.Name(verified: "x-turn-id")
    static let accelBuffering = HTTPField.Name(verified: "x-accel-buffering")
    static let lastEventID = HTTPField.Name(verified: "last-event-id")
    static let idempotencyKey = HTTPField.Name(verified: "idempotency-key")
}
