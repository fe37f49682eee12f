internal import Hummingbird
internal import PolicyAssistant

/// `/threads/{user_id}`: the mapping of a user to a thread, and what was said in it.
struct ThreadRoutes: Sendable {
    let assistant: Assistant

    func add(to router: Router<APIContext>) {
        router.route("threads/:user_id", [.get: show, .delete: forget])
        router.route("threads/:user_id/messages", [.get: messages])
    }

    @Sendable private func show(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try owner(context)
        return .json(ThreadBody(user: user, thread: try await assistant.thread(of: user)))
    }

    /// The newest messages that are shown.
    private static let mostMessages = 100

    @Sendable private func messages(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try owner(context)
        let messages = try await assistant.messages(of: user, limit: Self.mostMessages)
        return .json(MessagesBody(userID: user.value, messages: messages.map(MessageBody.init)))
    }

    @Sendable private func forget(_ request: Request, _ context: APIContext) async throws -> Response {
        try await assistant.forget(owner(context))
        return Response(status: .noContent)
    }

    /// The user whose thread is meant, if it is the caller's business.
    private func owner(_ context: APIContext) throws -> UserID {
        let user = try UserID(context.pathParameter("user_id"))
        try context.identity.requireAccess(toThreadOf: user)
        return user
    }
}

private struct ThreadBody: Encodable {
    let userID: String
    let threadID: String
    let `protocol`: String
    let revision: Int
    let createdAt: String
    let lastUsedAt: String

    init(user: UserID, thread: ThreadRecord) {
        userID = user.value
        threadID = thread.id
        `protocol` = thread.upstreamProtocol
        revision = thread.revision
        createdAt = thread.createdAt
        lastUsedAt = thread.lastUsedAt
    }
}

private struct MessagesBody: Encodable {
    let userID: String
    let messages: [MessageBody]
}

private struct MessageBody: Encodable {
    let id: String
    let role: String
    let text: String
    let citations: [ChatResponse.CitationBody]

    init(_ message: ThreadMessage) {
        id = message.id
        role = message.role.rawValue
        text = message.text
        citations = message.citations.map(ChatResponse.CitationBody.init)
    }
}
