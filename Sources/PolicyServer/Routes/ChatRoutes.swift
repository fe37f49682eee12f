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

/// The answer to `POST /chat`.
private struct ChatResponse: Encodable {
    let answer: String
    let citations: [CitationBody]
    let threadID: String
    let responseID: String
    let userID: String
    let revision: Int
    let usage: UsageBody?

    init(_ answer: Answer, user: UserID) {
        self.answer = answer.text
        citations = answer.citations.map(CitationBody.init)
        threadID = answer.threadID
        responseID = answer.responseID
        userID = user.value
        revision = answer.revision
        usage = answer.usage.map(UsageBody.init)
    }

    struct CitationBody: Encodable {
        let fileID: String
        let filename: String
        let quote: String

        init(_ citation: Citation) {
            fileID = citation.fileID
            filename = citation.filename
            quote = citation.quote
        }
    }

    struct UsageBody: Encodable {
        let inputTokens: Int
        let outputTokens: Int
        let totalTokens: Int

        init(_ usage: TokenUsage) {
            inputTokens = usage.input
            outputTokens = usage.output
            totalTokens = usage.total
        }
    }
}
