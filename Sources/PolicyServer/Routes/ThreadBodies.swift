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
            protocol: thread.upstreamProtocol?.rawValue ?? "",
            revision: thread.revision,
            createdAt: thread.createdAt.timestamp,
            lastUsedAt: thread.lastUsedAt.timestamp
        )
    }
}

extension ThreadBody: Described {
    static let schema = Schema.named(
        "Thread",
        .object(
            .required("user_id", .user, "Whose thread it is."),
            .required("thread_id", .string, "The thread's ID upstream."),
            .required("protocol", .string, "The upstream protocol that the ID belongs to."),
            .required("revision", .count, "The revision of the documents when the thread was created."),
            .required("created_at", .dateTime, "When the thread was created."),
            .required("last_used_at", .dateTime, "When the last answer was complete.")
        ),
        "The thread of a user."
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
            .required("messages", .array(of: MessageBody.schema), "The messages, oldest first.")
        ),
        "The newest \(ThreadRoutes.maximumMessages) messages of a thread."
    )

    static let example = MessagesBody(userID: "ana", messages: [.example])
}

struct MessageBody: Encodable {
    let id: String
    let role: String
    let text: String
    let citations: [ChatResponse.CitationBody]
    let confidence: String?
    let writtenBy: String?
    let writingFailure: String?

    private enum CodingKeys: String, CodingKey {
        case id, role, text, citations, confidence
        case writtenBy = "written_by"
        case writingFailure = "writing_failure"
    }
}

extension MessageBody {
    init(_ message: ThreadMessage) {
        self.init(
            id: message.id,
            role: message.role.rawValue,
            text: message.text,
            citations: message.citations.map(ChatResponse.CitationBody.init),
            confidence: message.confidence?.rawValue,
            writtenBy: message.author?.name,
            writingFailure: message.author?.failure
        )
    }
}

extension MessageBody: Described {
    static let schema = Schema.named(
        "Message",
        .object(
            .required("id", .string, "The message's ID upstream."),
            .required("role", .choice(ThreadMessage.Role.allCases.map(\.rawValue)), "The author of the message."),
            .required("text", .string, "The text."),
            .required(
                "citations",
                .array(of: ChatResponse.CitationBody.schema),
                "The citations of an answer whose documents are still in force."
            ),
            .optional("confidence", .confidence, Schema.confidenceMeaning),
            .optional("written_by", .string, Schema.authorMeaning + " Absent if upstream does not keep it."),
            .optional("writing_failure", .string, Schema.writingFailureMeaning)
        ),
        "A message of a thread."
    )

    static let example = MessageBody(
        id: "msg_8d21",
        role: ThreadMessage.Role.assistant.rawValue,
        text: ChatResponse.example.answer,
        citations: [.example],
        confidence: AnswerConfidence.sure.rawValue,
        writtenBy: AnswerAuthor.engine,
        writingFailure: nil
    )
}

/// The threads of a forgotten user that are still to be deleted upstream.
struct ForgettingBody: Encodable {
    let userID: String
    let pending: [PendingBody]

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case pending
    }

    struct PendingBody: Encodable {
        let threadID: String
        let responseIDs: [String]
        let reason: String

        private enum CodingKeys: String, CodingKey {
            case threadID = "thread_id"
            case responseIDs = "response_ids"
            case reason
        }
    }
}

extension ForgettingBody {
    init(user: UserID, pending: [PendingDeletion]) {
        self.init(
            userID: user.value,
            pending: pending.map {
                PendingBody(threadID: $0.threadID, responseIDs: $0.responseIDs, reason: $0.reason.rawValue)
            }
        )
    }
}

extension ForgettingBody: Described {
    static let schema = Schema.named(
        "Forgetting",
        .object(
            .required("user_id", .user, "The forgotten user."),
            .required("pending", .array(of: PendingBody.schema), "The threads that are still to be deleted upstream.")
        ),
        "The threads of a forgotten user that are still to be deleted upstream."
    )

    static let example = ForgettingBody(userID: "ana", pending: [.example])
}

extension ForgettingBody.PendingBody: Described {
    static let schema = Schema.named(
        "PendingDeletion",
        .object(
            .required("thread_id", .string, "The thread's ID upstream."),
            .required("response_ids", .array(of: .string), "The IDs of responses upstream that belong to the thread."),
            .required(
                "reason",
                .choice(PendingDeletion.Reason.allCases.map(\.rawValue)),
                """
                `upstream_unavailable`: upstream did not delete it now, and the server tries again automatically. \
                `former_upstream`: an upstream that is no longer configured has it, and the operator deletes it with \
                `policy-assistant sync --clean-previous`.
                """
            )
        ),
        "A thread that is still to be deleted upstream."
    )

    static let example = ForgettingBody.PendingBody(
        threadID: "conv_5f0c6d",
        responseIDs: ["resp_7a01c9"],
        reason: PendingDeletion.Reason.upstreamUnavailable.rawValue
    )
}
