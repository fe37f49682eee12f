internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import PolicyAssistant

/// A turn as a stream of events: `delta`, `citation`, and at the end `done` or `error`.
struct TurnStream: Sendable {
    let turn: Turn
    /// The last event that the caller knows already; 0 for none.
    let lastEventID: Int
    /// Ends the turn when the caller goes away, instead of letting it run to its end.
    let cancelsOnDisconnect: Bool
    let requestID: String

    /// How many quiet updates, one in five seconds, make a heartbeat due.
    private static let updatesPerHeartbeat = 3

    /// Makes the answer, once the turn has something to tell.
    ///
    /// - Throws: `PolicyAssistantError` where the turn failed before it told anything: that is an answer of its own.
    func response(to request: Request) async throws -> Response {
        // The request can be watched for its caller's leaving only once, which is when events are written.
        if lastEventID == 0 { try await turn.begun() }
        var headers: HTTPFields = [
            .contentType: "text/event-stream; charset=utf-8",
            .cacheControl: "no-store",
        ]
        headers[.turnID] = turn.id.description
        if cancelsOnDisconnect { headers[.connection] = "close" }
        // Asks nginx, and what understands it, to pass each event on at once.
        headers[.accelBuffering] = "no"
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                try await write(request, &writer)
                try await writer.finish(nil)
            }
        )
    }

    private func write(_ request: Request, _ writer: inout any ResponseBodyWriter) async throws {
        var quiet = 0
        try await leavingOnDisconnect(request) {
            try await turn.follow(after: lastEventID) { update in
                switch update {
                case .events(let first, let events):
                    quiet = 0
                    try await writer.write(frames(of: events, first: first))
                case .nothing:
                    quiet += 1
                    guard quiet.isMultiple(of: Self.updatesPerHeartbeat) else { return }
                    try await writer.write(ServerSentEvent.heartbeat)
                }
            }
        }
    }

    /// Runs `body`; where the caller wishes so, a caller who goes away ends it and the turn.
    private func leavingOnDisconnect(_ request: Request, _ body: () async throws -> Void) async throws {
        guard cancelsOnDisconnect else { return try await body() }
        try await turn.endingOnDisconnect(request, body)
    }

    private func frames(of events: [TurnEvent], first: Int) -> ByteBuffer {
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
            ("delta", try JSONText.of(DeltaBody(text: text, confidence: confidence?.rawValue)))
        case .citation(let citation):
            ("citation", try JSONText.of(ChatResponse.CitationBody(citation)))
        case .done(let answer):
            ("done", try JSONText.of(ChatResponse(answer, user: turn.user, turn: turn.id)))
        case .failed(let error):
            ("error", try JSONText.of(Problem(error).document(requestID: requestID)))
        }
    }

    /// The problem that stands in the place of an event that cannot be encoded.
    private var failure: [UInt8] { JSONText.ofConstant(Problem.internalError.document(requestID: requestID)) }
}

extension Turn {
    /// Runs `body`, which follows the turn; a caller who goes away ends both.
    ///
    /// The connection cannot be used for another request afterwards: the answer has to say `connection: close`.
    func endingOnDisconnect<Result: Sendable>(
        _ request: Request,
        _ body: () async throws -> Result
    ) async throws -> Result {
        do {
            return try await request.body.consumeWithCancellationOnInboundClose { _ in try await body() }
        } catch {
            cancel()
            throw error
        }
    }
}

extension HTTPField.Name {
    /// The turn that an answer belongs to.
    static let turnID = HTTPField.Name(verified: "x-turn-id")
    static let accelBuffering = HTTPField.Name(verified: "x-accel-buffering")
    static let lastEventID = HTTPField.Name(verified: "last-event-id")
    static let idempotencyKey = HTTPField.Name(verified: "idempotency-key")
}
