internal import Hummingbird
internal import PolicyAssistant

/// `/threads/{user_id}`: the mapping of a user to a thread, and what was said in it.
struct ThreadRoutes: Sendable {
    let assistant: Assistant

    var routes: [Route] {
        [
            Route(showing, show),
            Route(listing, messages),
            Route(forgetting, forget),
        ]
    }

    @Sendable private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try owner(context)
        return try .json(ThreadBody(user: user, thread: try await assistant.thread(of: user)))
    }

    /// The newest messages that are shown.
    static let mostMessages = 100

    @Sendable private func messages(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try owner(context)
        let messages = try await assistant.messages(of: user, limit: Self.mostMessages)
        return try .json(MessagesBody(userID: user.value, messages: messages.map(MessageBody.init)))
    }

    @Sendable private func forget(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try owner(context)
        let pending = try await assistant.forget(user)
        guard !pending.isEmpty else { return Response(status: .noContent) }
        return try .json(ForgettingBody(user: user, pending: pending), status: .accepted)
    }

    /// The user whose thread is meant, if it is the caller's business.
    private func owner(_ context: APIContext) throws -> UserID {
        let user = try UserID(context.value(of: Self.userID))
        try context.identity.requireAccess(toThreadOf: user)
        return user
    }
}
