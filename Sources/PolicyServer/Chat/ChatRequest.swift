internal import HTTPTypes
internal import PolicyAssistant

/// The body of `POST /chat`.
struct ChatRequest: Codable, Sendable {
    var userID: String?
    var message: String
    var stream: Bool?
    var onDisconnect: OnDisconnect?
    /// The name of the role in which the question is asked.
    var role: String?
    var params: ChatParameters?

    /// What happens to the turn if the client disconnects.
    enum OnDisconnect: String, Codable, CaseIterable {
        /// The turn continues.
        case `continue`
        /// The turn is cancelled.
        case cancel
    }

    /// Everything that the answer depends on, in which two questions differ that are not repetitions of one another.
    var whatDecidesTheAnswer: String {
        get throws {
            guard role != nil || params != nil else { return message }
            let others = ChatRequest(message: "", role: role, params: params)
            return message + String(decoding: try JSONText.of(others), as: UTF8.self)
        }
    }

    /// The fields of the response: a connection cannot be reused after a request whose disconnect was watched.
    var connectionHeaders: HTTPFields { onDisconnect == .cancel ? [.connection: "close"] : [:] }

    enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case onDisconnect = "on_disconnect"
        case message, stream, role, params
    }
}

extension JSONBody<ChatRequest> {
    /// Creates the description of questions.
    ///
    /// - Parameters:
    ///   - characters: The maximum number of characters in a message.
    ///   - models: The models that it may name.
    ///   - isUserRequired: Whether a request has to name its user.
    init(maximumCharacters characters: Int, models: [OfferedModel], isUserRequired: Bool) {
        let meaning =
            "The user who asks. Optional if the credentials belong to a user, or if all callers share a thread."
        let user =
            isUserRequired
            ? Schema.Property.required("user_id", .user, "The user who asks.") : .omittable("user_id", .user, meaning)
        let endings = ChatRequest.OnDisconnect.allCases.map(\.rawValue)
        self.init(
            schema: .named(
                "Question",
                .object(
                    user,
                    .required("message", .string(1...characters, pattern: #"\S"#), "The question."),
                    .omittable("stream", .boolean, "Whether the answer is streamed as events."),
                    .omittable(
                        "on_disconnect",
                        .choice(endings),
                        "What happens to the turn if the client disconnects: it continues, or is cancelled."
                    ),
                    .omittable(
                        "role",
                        .roleName,
                        "The role in which the question is asked, as `GET /roles` names it; each has a thread of its own."
                    ),
                    .omittable(
                        "params",
                        ChatParameters.schema(of: models),
                        "Settings of the model, as `GET /models` offers them."
                    )
                )
            ),
            examples: Self.examples,
            // A message of the maximum length fits even if every character is escaped.
            maximumBytes: 16 * 1024 + 12 * characters
        )
    }

    private static let examples = [
        ("question", ChatRequest(userID: "ana", message: "How many days of annual leave do I get?")),
        (
            "streamed",
            ChatRequest(
                userID: "ana",
                message: "What is the daily meal allowance?",
                stream: true,
                onDisconnect: .cancel
            )
        ),
    ]
}

extension Schema {
    /// A user ID.
    static let user = string(1...UserID.maximumCharacters, pattern: UserID.pattern)

    /// The name of a role.
    static let roleName = string(1...RoleName.maximumCharacters, pattern: RoleName.pattern)
}
