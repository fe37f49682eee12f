internal import Hummingbird
internal import PolicyAssistant

/// `/threads/{user_id}`: a user's thread and its messages.
struct ThreadRoutes: Sendable {
    let assistant: Assistant

    var routes: [Route] {
        [
            Route(showing, show),
            Route(listing, messages),
            Route(ending, end),
            Route(forgetting, forget),
        ]
    }

    @Sendable private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try owner(context)
        let role = try await assistant.role(named: request.claimedRole, of: user)
        return try .json(ThreadBody(user: user, thread: try await assistant.thread(of: user, in: role)))
    }

    /// The maximum number of messages in a response.
    static let maximumMessages = 100

    @Sendable private func messages(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try owner(context)
        let role = try await assistant.role(named: request.claimedRole, of: user)
        let messages = try await assistant.messages(of: user, in: role, limit: Self.maximumMessages)
        return try .json(MessagesBody(userID: user.value, messages: messages.map(MessageBody.init)))
    }

    @Sendable private func end(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try owner(context)
        let role = try await assistant.role(named: request.claimedRole, of: user)
        return try reply(to: user, try await assistant.deleteThread(of: user, in: role))
    }

    @Sendable private func forget(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try owner(context)
        return try reply(to: user, try await assistant.forget(user))
    }

    private func reply(to user: UserID, _ pending: [PendingDeletion]) throws -> Response {
        guard !pending.isEmpty else { return Response(status: .noContent) }
        return try .json(ForgettingBody(user: user, pending: pending), status: .accepted)
    }

    /// Returns the user in the path, if the caller is authorized to access that user's thread.
    private func owner(_ context: APIContext) throws -> UserID {
        let user = try UserID(context.value(of: Self.userID))
        try context.identity.requireAccess(toThreadOf: user)
        return user
    }
}
