internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `GET /chat/{turn_id}/events` follows an answer from any event on, written or spoken, and `DELETE /chat/{turn_id}` ends one.
struct TurnRoutes: Sendable {
    let assistant: Assistant
    let voice: VoiceRoutes

    var routes: [Route] {
        [
            Route(Self.following, events),
            Route(Self.ending, end),
        ]
    }

    @Sendable private func events(_ request: Request, _ context: APIContext) async throws -> Response {
        let format = try SpokenFormat(following: request, voice.voice)
        let (turn, lastEventID) = (try await turn(context), try request.lastEventID)
        if let format { return try await voice.follow(turn, after: lastEventID, as: format, request, context) }
        let stream = TurnStream(
            turn: turn,
            lastEventID: lastEventID,
            endsOnDisconnect: false,
            requestID: context.requestID
        )
        return try await stream.response(to: request)
    }

    @Sendable private func end(_ request: Request, _ context: APIContext) async throws -> Response {
        try await turn(context).end()
        return Response(status: .noContent)
    }

    /// The turn of the path, if the caller may access it.
    private func turn(_ context: APIContext) async throws -> Turn {
        guard let id = TurnID(try context.value(of: Self.turnID)) else { throw Problem.notFound }
        let turn = try await assistant.turns.find(id)
        try context.identity.requireAccess(toTurnOf: turn.user)
        return turn
    }
}

extension Request {
    /// The number of the last event that the caller has; 0 for none.
    fileprivate var lastEventID: Int {
        get throws {
            guard let text = headers[.lastEventID] else { return 0 }
            let isNumber = text.count <= TurnRoutes.eventIDDigits && text.utf8.allSatisfy { (48...57).contains($0) }
            guard isNumber, let number = Int(text) else {
                throw PolicyAssistantError(
                    .invalidField,
                    "Last-Event-ID must be the id of an event of this turn.",
                    field: "Last-Event-ID"
                )
            }
            return number
        }
    }
}
