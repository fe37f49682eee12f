internal import HTTPTypes
internal import PolicyAssistant
internal import SMS

extension SMSRoutes {
    static let token = Parameter.path(
        "token",
        .string(pattern: "^[0-9a-f]{32}$"),
        "The token of the answer whose state is reported.",
        example: "0f7c2d1e9b8a4c3d2e1f0a9b8c7d6e5f"
    )

    private static let problems = [
        ProblemKind(Problem(.forged)), ProblemKind(Problem(.foreignAccount)), ProblemKind(Problem(.malformed)),
        ProblemKind(Problem(.incomplete(["Body"]))), ProblemKind(.bodyTooLarge(than: maximumBytes)), .storeUnavailable,
    ]

    var receiving: Operation {
        Operation(
            method: .post,
            path: "/channels/\(channel.provider.name)/sms",
            id: "receive-text",
            tag: .channels,
            summary: "Receive a text message from the provider",
            details:
                "The request is signed by the provider. The message is queued, and answered later by a message of its own; "
                + "a message that comes again is queued once.",
            access: .anyone,
            replies: [.text([channel.provider.acknowledgement.contentType], "The message is queued.")],
            problems: Self.problems
        )
    }

    var reporting: Operation {
        Operation(
            method: .post,
            path: "/channels/\(channel.provider.name)/sms/reports/{token}",
            id: "report-text",
            tag: .channels,
            summary: "Receive the state of an answer from the provider",
            details: "The request is signed by the provider. Reports may come in any order.",
            access: .anyone,
            parameters: [Self.token],
            replies: [.noContent("The state is recorded.")],
            problems: Self.problems
        )
    }

    static let receivingFormerly = Operation(
        method: .post,
        path: "/sms",
        id: "receive-text-formerly",
        tag: .channels,
        summary: "Receive a text message, with the responses of earlier services",
        details: "As `POST /channels/twilio/sms`, for numbers that are still configured with this path.",
        access: .anyone,
        replies: [.json(ReceivedBody.self, "The message is queued.")],
        problems: problems
    )

    static let receivingFormerlyByGet = Operation(
        method: .get,
        path: "/sms",
        id: "receive-text-by-get",
        tag: .channels,
        summary: "Receive a text message in the query",
        details: "As `POST /channels/twilio/sms`, for numbers that are configured with GET.",
        access: .anyone,
        replies: [.text(["text/xml"], "The message is queued.")],
        problems: problems
    )

    static let codeBody = JSONBody<CodeRequest>(
        schema: .named(
            "CodeRequest",
            .object(
                .omittable(
                    "user_id",
                    .user,
                    "The user to whom the number is to belong. Optional if the credentials belong to a user."
                )
            )
        ),
        examples: [("code", CodeRequest(userID: "ana"))],
        maximumBytes: 4096
    )

    static let coding = Operation(
        method: .post,
        path: "/channels/sms/codes",
        id: "number-code",
        tag: .channels,
        summary: "Get a code that makes a phone number the user's",
        details: "The user texts the code from the phone. It is valid once, for ten minutes.",
        body: codeBody.description,
        replies: [.json(CodeBody.self, "The code.")],
        problems: codeBody.problems + [.storeUnavailable]
    )
}

/// The body of `POST /channels/sms/codes`.
struct CodeRequest: Codable, Sendable {
    var userID: String?

    private enum CodingKeys: String, CodingKey {
        case userID = "user_id"
    }
}

/// The answer to `POST /channels/sms/codes`.
struct CodeBody: Encodable {
    let code: String
    let expiresIn: Int
    let number: String?

    private enum CodingKeys: String, CodingKey {
        case code, number
        case expiresIn = "expires_in"
    }
}

extension CodeBody: Described {
    static let schema = Schema.named(
        "NumberCode",
        .object(
            .required("code", .string, "The code to text, in two groups; blanks and hyphens do not count."),
            .required("expires_in", .count, "The lifetime in seconds."),
            .optional("number", .string, "The number to text it to.")
        ),
        "A code that makes a phone number a user's."
    )

    static let example = CodeBody(code: "7KQD-M3XA", expiresIn: 600, number: "+18005551212")
}

/// The answer to `POST /sms`.
struct ReceivedBody: Encodable {
    let message: String
}

extension ReceivedBody: Described {
    static let schema = Schema.named(
        "ReceivedText",
        .object(.required("message", .string, "That the message is queued, with its ID.")),
        "The response of earlier services to a text message."
    )

    static let example = ReceivedBody(message: "Success! ConversationID: SM1f9c.")
}

/// The answer to a `POST /sms` that is refused or fails.
struct RefusedBody: Encodable {
    let error: String
}
