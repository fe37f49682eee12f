internal import PolicyAssistant

struct ThreadBody: Encodable {
    let userID: String
    let threadID: String
    let `protocol`: String
    let revision: Int
    let createdAt: String
    let lastUsedAt: String

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case threadID = "thread_id"
        case `protocol`, revision
        case createdAt = "created_at"
        case lastUsedAt = "last_used_at"
    }
}

extension ThreadBody {
    init(user: UserID, thread: ThreadRecord) {
        self.init(
            userID: user.value,
            threadID: thread.id,
            protocol: thread.upstreamProtocol,
            revision: thread.revision,
            createdAt: thread.createdAt,
            lastUsedAt: thread.lastUsedAt
        )
    }
}

extension ThreadBody: Described {
    static let schema = Schema.named(
        "Thread",
        .object(
            .required("user_id", .user, "Whose thread it is."),
            .required("thread_id", .string, "The thread's ID upstream."),
            .required("protocol", .string, "The wire protocol that the ID belongs to."),
            .required("revision", .count, "The revision of the documents that the thread was made under."),
            .required("created_at", .moment, "When the thread was made."),
            .required("last_used_at", .moment, "When the last answer was whole.")
        ),
        "Where a user's questions are asked."
    )

    static let example = ThreadBody(
        userID: "ana",
        threadID: "conv_5f0c6d",
        protocol: "responses",
        revision: 3,
        createdAt: "2026-11-02T08:15:00Z",
        lastUsedAt: "2026-11-20T16:40:12Z"
    )
}

struct MessagesBody: Encodable {
    let userID: String
    let messages: [MessageBody]

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case messages
    }
}

extension MessagesBody: Described {
    static let schema = Schema.named(
        "Messages",
        .object(
            .required("user_id", .user, "Whose thread it is."),
            .required("messages", .array(of: MessageBody.schema), "What was said, oldest first.")
        ),
        "What was said in a thread: the newest \(ThreadRoutes.mostMessages) messages of it."
    )

    static let example = MessagesBody(userID: "ana", messages: [.example])
}

struct MessageBody: Encodable {
    let id: String
    let role: String
    let text: String
    let citations: [ChatResponse.CitationBody]
    let confidence: String?
}

extension MessageBody {
    init(_ message: ThreadMessage) {
        self.init(
            id: message.id,
            role: message.role.rawValue,
            text: message.text,
            citations: message.citations.map(ChatResponse.CitationBody.init),
            confidence: message.confidence?.rawValue
        )
    }
}

extension MessageBody: Described {
    static let schema = Schema.named(
        "Message",
        .object(
            .required("id", .string, "The message's ID upstream."),
            .required("role", .choice(ThreadMessage.Role.allCases.map(\.rawValue)), "Who said it."),
            .required("text", .string, "What was said."),
            .required(
                "citations",
                .array(of: ChatResponse.CitationBody.schema),
                "What an answer rests on, as far as it is still in force."
            ),
            .optional("confidence", .confidence, Schema.confidenceMeaning)
        ),
        "Something said in a thread."
    )

    static let example = MessageBody(
        id: "msg_8d21",
        role: ThreadMessage.Role.assistant.rawValue,
        text: ChatResponse.example.answer,
        citations: [.example],
        confidence: AnswerConfidence.sure.rawValue
    )
}
