internal import HTTPTypes
internal import PolicyAssistant

/// The body of `POST /chat`.
struct ChatRequest: Codable, Sendable {
    var userID: String?
    var message: String
    var stream: Bool?
    var onDisconnect: OnDisconnect?

    /// What happens to the turn if the client disconnects.
    enum OnDisconnect: String, Codable, CaseIterable {
        /// The turn continues.
        case `continue`
        /// The turn is cancelled.
        case cancel
    }

    /// The fields of the response: a connection cannot be reused after a request whose disconnect was watched.
    var connectionHeaders: HTTPFields { onDisconnect == .cancel ? [.connection: "close"] : [:] }

    enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case onDisconnect = "on_disconnect"
        case message, stream
    }
}

extension JSONBody<ChatRequest> {
    /// Creates the description of questions.
    ///
    /// - Parameters:
    ///   - characters: The maximum number of characters in a message.
    ///   - isUserRequired: Whether a request has to name its user.
    init(maximumCharacters characters: Int, isUserRequired: Bool) {
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
}
