internal import Hummingbird
internal import PolicyAssistant

/// `POST /chat`: a question and its answer.
struct ChatRoutes: Sendable {
    let assistant: Assistant

    func add(to router: Router<APIContext>) {
        router.route("chat", [.post: chat])
    }

    @Sendable private func chat(_ request: Request, _ context: APIContext) async throws -> Response {
        let limit = JSONBody.maximumBytes(forMessagesOf: assistant.settings.maximumMessageCharacters)
        let question = try await JSONBody.decode(ChatRequest.self, from: request, upTo: limit)
        guard question.stream != true else {
            throw PolicyAssistantError(
                .invalidField,
                "stream must be false or left out: answers come whole in this version.",
                field: "stream"
            )
        }
        let user = try UserID(question.userID)
        return .json(ChatResponse(try await assistant.ask(question.message, by: user), user: user))
    }
}

/// The body of `POST /chat`.
private struct ChatRequest: Decodable {
    let userID: String
    let message: String
    let stream: Bool?

    enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case message, stream
    }
}
