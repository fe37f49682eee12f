public import PolicyAssistant

/// The answer to `POST /chat`.
public struct ChatResponse: Encodable, Sendable {
    let answer: String
    let citations: [CitationBody]
    let turnID: String?
    let threadID: String
    let responseID: String
    /// Nil if the question named no user.
    let userID: String?
    let revision: Int
    let usage: UsageBody?
    let confidence: String?
    let writtenBy: String?
    let writingFailure: String?
    /// The name of the role in which it was asked for.
    let role: String?
    /// True if it was cut at the length that its caller had asked for.
    let isCut: Bool?
    let imitation: ImitationMark?

    private enum CodingKeys: String, CodingKey {
        case answer, citations, revision, usage, confidence, role, imitation
        case isCut = "cut"
        case turnID = "turn_id"
        case threadID = "thread_id"
        case responseID = "response_id"
        case userID = "user_id"
        case writtenBy = "written_by"
        case writingFailure = "writing_failure"
    }

    struct CitationBody: Encodable {
        let fileID: String
        let filename: String
        let quote: String

        private enum CodingKeys: String, CodingKey {
            case fileID = "file_id"
            case filename, quote
        }
    }

    struct UsageBody: Encodable {
        let inputTokens: Int
        let outputTokens: Int
        let totalTokens: Int

        private enum CodingKeys: String, CodingKey {
            case inputTokens = "input_tokens"
            case outputTokens = "output_tokens"
            case totalTokens = "total_tokens"
        }
    }
}

extension ChatResponse {
    /// Creates the body for an answer.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - user: The user who asked.
    ///   - turn: The turn, if its events are kept.
    public init(_ answer: Answer, user: UserID, turn: TurnID? = nil) {
        self.answer = answer.text
        citations = answer.citations.map(CitationBody.init)
        turnID = turn?.description
        threadID = answer.threadID
        responseID = answer.responseID
        userID = user == .anonymous ? nil : user.value
        revision = answer.revision
        usage = answer.usage.map(UsageBody.init)
        confidence = answer.confidence?.rawValue
        writtenBy = answer.author?.name
        writingFailure = answer.author?.failure
        role = answer.role
        isCut = answer.isCut
        imitation = answer.imitation
    }
}

extension ChatResponse.CitationBody {
    init(_ citation: Citation) {
        self.init(fileID: citation.fileID, filename: citation.filename, quote: citation.quote)
    }
}

extension ChatResponse.UsageBody {
    fileprivate init(_ usage: TokenUsage) {
        self.init(inputTokens: usage.input, outputTokens: usage.output, totalTokens: usage.total)
    }
}
