internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant

/// `/threads/{user_id}/remembered`: the messages that a user wants remembered in later threads.
struct MemoryRoutes: Sendable {
    let assistant: Assistant

    var routes: [Route] {
        [
            Route(Self.listing, list),
            Route(Self.adding, add),
            Route(Self.removing, remove),
        ]
    }

    @Sendable private func list(_ request: Request, _ context: APIContext) async throws -> Response {
        let messages = try await assistant.memory.messages(of: try owner(context))
        return try .json(RememberedMessagesBody(messages: messages.map(RememberedBody.init)))
    }

    @Sendable private func add(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try owner(context)
        var request = request
        let body = try await Self.body.decode(from: &request, context)
        let role = try await assistant.role(named: body.role, of: user)
        let (message, isNew) = try await assistant.remember(body.messageID, part: body.text, of: user, in: role)
        return try .json(RememberedBody(message), status: isNew ? .created : .ok)
    }

    @Sendable private func remove(_ request: Request, _ context: APIContext) async throws -> Response {
        let user = try owner(context)
        try await assistant.memory.remove(try context.value(of: Self.id), of: user)
        return Response(status: .noContent)
    }

    /// Returns the user in the path, if the caller is authorized to access that user's threads.
    private func owner(_ context: APIContext) throws -> UserID {
        let user = try UserID(context.value(of: ThreadRoutes.userID))
        try context.identity.requireAccess(toThreadOf: user)
        return user
    }
}

extension MemoryRoutes {
    fileprivate static let id = Parameter.path(
        "id",
        .string(pattern: "^[0-9a-f]{16}$"),
        "What is to be forgotten.",
        example: "00112233445566aa"
    )

    fileprivate static let body = JSONBody(
        schema: .named(
            "Remembering",
            .object(
                .required(
                    "message_id",
                    .string(1...200),
                    "The message, as `GET /threads/{user_id}/messages` names it."
                ),
                .omittable(
                    "text",
                    .string(1...RememberedMessage.maximumCharacters, pattern: #"\S"#),
                    "A part of the message, word for word. Without it, all of the message."
                ),
                .omittable("role", .roleName, "The role of the thread.")
            )
        ),
        examples: [("part", RememberingRequest(messageID: "msg_8d21", text: "I work 60 %."))],
        maximumBytes: 64 * 1024
    )

    fileprivate static let listing = Operation(
        method: .get,
        path: "/threads/{user_id}/remembered",
        id: "list-remembered",
        tag: .threads,
        summary: "List what a user wants remembered",
        access: .owner,
        parameters: [ThreadRoutes.userID],
        replies: [.json(RememberedMessagesBody.self, "What is remembered, oldest first.")],
        problems: aboutUsers
    )

    fileprivate static let adding = Operation(
        method: .post,
        path: "/threads/{user_id}/remembered",
        id: "remember",
        tag: .threads,
        summary: "Remember a message in later threads",
        details: """
            Later threads of the same role are told the words as a quotation, with each question. A user has at most \
            \(RememberedMessage.maximumCount) messages remembered, and at most \
            \(RememberedMessage.maximumCharactersInRole) characters in a role.
            """,
        access: .owner,
        parameters: [ThreadRoutes.userID],
        body: body.description,
        replies: [
            .json(RememberedBody.self, "It was remembered already."),
            .json(RememberedBody.self, "It is remembered.", status: .created),
        ],
        problems: aboutUsers + body.problems + ProblemKind.ofUpstream + [
            ProblemKind(.threadNotFound, "This user has no thread."),
            ProblemKind(.roleNotFound, "There is no role of this name."),
            ProblemKind(.messageNotFound, "The thread has no message of this ID."),
            ProblemKind(.tooMuchRemembered, "As much is remembered as may be."), .notSynced,
        ]
    )

    fileprivate static let removing = Operation(
        method: .delete,
        path: "/threads/{user_id}/remembered/{id}",
        id: "forget-remembered",
        tag: .threads,
        summary: "Forget a remembered message",
        access: .owner,
        parameters: [ThreadRoutes.userID, id],
        replies: [.noContent("It is forgotten.")],
        problems: aboutUsers + [ProblemKind(.notRemembered, "Nothing with this ID is remembered for this user.")]
    )

    private static let aboutUsers = [
        ProblemKind(.notFound), .invalidField("user_id must not hold control characters."), .storeUnavailable,
    ]
}

/// The body of a request that remembers a message.
struct RememberingRequest: Codable, Sendable {
    var messageID: String
    var text: String?
    var role: String?

    private enum CodingKeys: String, CodingKey {
        case text, role
        case messageID = "message_id"
    }
}

/// A remembered message.
struct RememberedBody: Encodable {
    let id: String
    let messageID: String
    let author: String
    let text: String
    let role: String?
    let createdAt: String

    private enum CodingKeys: String, CodingKey {
        case id, author, text, role
        case messageID = "message_id"
        case createdAt = "created_at"
    }
}

extension RememberedBody {
    init(_ message: RememberedMessage) {
        self.init(
            id: message.id,
            messageID: message.messageID,
            author: message.author.rawValue,
            text: message.text,
            role: message.roleName?.value,
            createdAt: message.createdAt.timestamp
        )
    }
}

extension RememberedBody: Described {
    static let schema = Schema.named(
        "Remembered",
        .object(
            .required("id", .string, "By which it is forgotten."),
            .required("message_id", .string, "The message's ID upstream."),
            .required("author", .choice(ThreadMessage.Role.allCases.map(\.rawValue)), "Who wrote it."),
            .required("text", .string, "The words."),
            .optional("role", .string, "The role in whose threads it is remembered; absent for the default one."),
            .required("created_at", .dateTime, "When it was marked.")
        ),
        "Words that a user wants remembered."
    )

    static let example = RememberedBody(
        id: "00112233445566aa",
        messageID: "msg_8d21",
        author: ThreadMessage.Role.user.rawValue,
        text: "I work 60 %.",
        role: nil,
        createdAt: "2026-11-20T16:40:12Z"
    )
}

/// What a user wants remembered.
struct RememberedMessagesBody: Encodable {
    let messages: [RememberedBody]
}

extension RememberedMessagesBody: Described {
    static let schema = Schema.named(
        "RememberedMessages",
        .object(.required("messages", .array(of: RememberedBody.schema), "The words, oldest first.")),
        "What a user wants remembered."
    )

    static let example = RememberedMessagesBody(messages: [.example])
}
