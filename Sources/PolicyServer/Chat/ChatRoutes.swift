internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `POST /chat` asks a question, `GET /chat/{turn_id}/events` follows an answer from any event on, and
/// `DELETE /chat/{turn_id}` ends one.
struct ChatRoutes: Sendable {
    let assistant: Assistant

    var routes: [Route] {
        [
            Route(asking, chat),
            Route(following, events),
            Route(ending, end),
        ]
    }

    @Sendable private func chat(_ request: Request, _ context: APIContext) async throws -> Response {
        var request = request
        let body = try await body.decode(from: &request, context)
        let unnamed = assistant.settings.sharedThread.map { _ in UserID.anonymous }
        let user = try context.identity.user(claimed: body.userID, orElse: unnamed)
        let limits = RateLimitFields(try await assistant.rateLimiter.admit(user))
        if let refusal = limits.refusal { throw refusal }
        do {
            var response = try await reply(to: body, of: user, request, context)
            response.headers.append(contentsOf: limits.fields)
            return response
        } catch {
            var problem = Problem(error)
            problem.headers.append(contentsOf: limits.fields)
            throw problem
        }
    }

    private func reply(
        to body: ChatRequest,
        of user: UserID,
        _ request: Request,
        _ context: APIContext
    ) async throws -> Response {
        let key = try request.headers[.idempotencyKey].map { try IdempotencyKey($0, for: body.whatDecidesTheAnswer) }
        let isStreamed = body.stream ?? request.accepts("text/event-stream")
        var question = Question(body.message, by: user, isStreamed: isStreamed, idempotencyKey: key)
        question.role = try await assistant.role(named: body.role, of: user)
        question.modelSettings = body.params?.settings ?? ModelSettings()
        let turn = try await assistant.turns.begin(question, on: context.executor)
        let endsOnDisconnect = body.onDisconnect == .cancel
        if isStreamed {
            let stream = TurnStream(
                turn: turn,
                lastEventID: 0,
                endsOnDisconnect: endsOnDisconnect,
                requestID: context.requestID
            )
            return try await stream.response(to: request)
        }
        let answer = try await turn.whileConnected(request, endsOnDisconnect) { try await turn.answer() }
        let turnID = question.isJournaled ? turn.id : nil
        var headers = body.connectionHeaders
        headers[.turnID] = turnID?.description
        return try .json(ChatResponse(answer, user: user, turn: turnID), headers: headers)
    }

    @Sendable private func events(_ request: Request, _ context: APIContext) async throws -> Response {
        let stream = TurnStream(
            turn: try await turn(context),
            lastEventID: try request.lastEventID,
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
            let isNumber = text.count <= ChatRoutes.eventIDDigits && text.utf8.allSatisfy { (48...57).contains($0) }
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
