internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `POST /chat` asks a question.
struct ChatRoutes: Sendable {
    let assistant: Assistant
    /// The body of a question.
    let body: JSONBody<ChatRequest>

    init(assistant: Assistant) {
        let settings = assistant.settings
        self.assistant = assistant
        body = JSONBody(
            maximumCharacters: settings.maximumMessageCharacters,
            models: settings.offeredModels,
            isUserRequired: settings.authentication.mode == "none" && settings.sharedThread == nil
        )
    }

    var routes: [Route] {
        [Route(asking, chat)]
    }

    @Sendable private func chat(_ request: Request, _ context: APIContext) async throws -> Response {
        var request = request
        let body = try await body.read(from: &request, context)
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
        let answer = try await turn.whileConnected(endsOnDisconnect ? request.body : nil) { try await turn.answer() }
        let turnID = question.isJournaled ? turn.id : nil
        var headers = body.connectionHeaders
        headers[.turnID] = turnID?.description
        return .json(ChatResponse(answer, user: user, turn: turnID), headers: headers)
    }
}
