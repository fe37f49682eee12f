internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `POST /chat`: a question and its answer; `GET /chat/{turn_id}/events`: an answer's stream, from any event on;
/// `DELETE /chat/{turn_id}`: an answer that is no longer wanted.
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
        let isStreamed = body.stream ?? request.accepts("text/event-stream")
        let question = Question(
            body.message,
            by: user,
            isStreamed: isStreamed,
            idempotencyKey: try request.headers[.idempotencyKey].map { word in
                try IdempotencyKey(word, for: body.message)
            }
        )
        guard isStreamed || question.idempotencyKey != nil else {
            let answer = try await answer(question, to: request, body)
            return try .json(ChatResponse(answer, user: user), headers: body.connectionHeaders)
        }
        let turn = try await assistant.turns.begin(question)
        guard isStreamed else {
            let answer = try await answer(of: turn, to: request, body)
            var headers = body.connectionHeaders
            headers[.turnID] = turn.id.description
            return try .json(ChatResponse(answer, user: user, turn: turn.id), headers: headers)
        }
        let stream = TurnStream(
            turn: turn,
            lastEventID: 0,
            cancelsOnDisconnect: body.onDisconnect == .cancel,
            requestID: context.requestID
        )
        return try await stream.response(to: request)
    }

    /// Answers in one piece; a caller who goes away ends the turn only if that was wished for.
    private func answer(_ question: Question, to request: Request, _ body: ChatRequest) async throws -> Answer {
        guard body.onDisconnect == .cancel else { return try await assistant.answer(question) }
        return try await leavingCountsAsCancelled {
            try await request.body.consumeWithCancellationOnInboundClose { _ in
                try await assistant.answer(question)
            }
        }
    }

    /// Waits for a turn's answer; a caller who goes away ends the turn only if that was wished for.
    private func answer(of turn: Turn, to request: Request, _ body: ChatRequest) async throws -> Answer {
        guard body.onDisconnect == .cancel else { return try await turn.answer() }
        return try await leavingCountsAsCancelled {
            try await turn.endingOnDisconnect(request) { try await turn.answer() }
        }
    }

    /// Runs `body`, which a caller who goes away cancels, as far as it has not been cancelled because the server ends.
    private func leavingCountsAsCancelled<Result>(_ body: () async throws -> Result) async throws -> Result {
        do {
            return try await body()
        } catch let error as CancellationError {
            throw Task.isCancelled ? error : Problem.callerLeft
        }
    }

    @Sendable private func events(_ request: Request, _ context: APIContext) async throws -> Response {
        let stream = TurnStream(
            turn: try await turn(context),
            lastEventID: try request.lastEventID,
            cancelsOnDisconnect: false,
            requestID: context.requestID
        )
        return try await stream.response(to: request)
    }

    @Sendable private func end(_ request: Request, _ context: APIContext) async throws -> Response {
        try await turn(context).end()
        return Response(status: .noContent)
    }

    /// The turn that is meant, if it is the caller's business.
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
