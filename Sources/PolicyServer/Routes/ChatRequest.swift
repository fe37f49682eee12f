internal import HTTPTypes
internal import PolicyAssistant

/// The body of `POST /chat`.
struct ChatRequest: Codable, Sendable {
    var userID: String?
    var message: String
    var stream: Bool?
    var onDisconnect: OnDisconnect?

    /// What becomes of the turn when its caller goes away.
    enum OnDisconnect: String, Codable, CaseIterable {
        /// It runs to its end.
        case `continue`
        /// It is ended.
        case cancel
    }

    /// A request that was watched for its caller's leaving is the last of its connection.
    var connectionHeaders: HTTPFields { onDisconnect == .cancel ? [.connection: "close"] : [:] }

    enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case onDisconnect = "on_disconnect"
        case message, stream
    }
}

extension JSONBody<ChatRequest> {
    /// Questions of at most so many characters.
    ///
    /// - Parameters:
    ///   - characters: The most characters in a message.
    ///   - isUserRequired: Whether a request has to name its user, as nothing else does.
    init(messagesOf characters: Int, isUserRequired: Bool) {
        let meaning =
            "Who asks. It may be left out where the caller proves to be one user, or where callers share a thread."
        let user =
            isUserRequired
            ? Schema.Property.required("user_id", .user, "Who asks.") : .omittable("user_id", .user, meaning)
        let endings = ChatRequest.OnDisconnect.allCases.map(\.rawValue)
        self.init(
            schema: .named(
                "Question",
                .object(
                    user,
                    .required("message", .string(1...characters, pattern: #"\S"#), "What is asked."),
                    .omittable("stream", .boolean, "Whether the answer is told piece by piece, as events."),
                    .omittable(
                        "on_disconnect",
                        .choice(endings),
                        "What becomes of the answer when its caller goes away: it is made to its end, or ended."
                    )
                )
            ),
            examples: Self.examples,
            // Any message within the limit fits, whatever its escapes.
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
    /// What identifies a user.
    static let user = string(1...UserID.maximumCharacters, pattern: UserID.pattern)
}
