public import FoundationEssentials

/// A turn of an assistant in a thread.
public struct Run: Sendable, Hashable, Decodable {
    /// The run's ID.
    public let id: String
    /// The thread.
    public let threadID: String
    /// The assistant.
    public let assistantID: String
    /// How far it is, or how it ended.
    public let status: Status
    /// Why there is no answer, if `status` is `failed`.
    public let failure: OpenAIError?
    /// Why the answer is not whole, if `status` is `incomplete`: such as `max_completion_tokens`.
    public let incompleteReason: String?
    /// What it cost; nil until it has ended.
    public let usage: Usage?
    /// The model that answers.
    public let model: String
    /// Our own notes on it.
    public let metadata: [String: String]
    /// When it was made.
    public let createdAt: Date?
    /// When it will be given up.
    public let expiresAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id, status, usage, model, metadata
        case threadID = "thread_id"
        case assistantID = "assistant_id"
        case lastError = "last_error"
        case incompleteDetails = "incomplete_details"
        case createdAt = "created_at"
        case expiresAt = "expires_at"
    }

    private struct IncompleteDetails: Decodable {
        let reason: String?
    }

    /// Decodes a run; its ID and its status must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        threadID = try fields.decode(.threadID, or: "")
        assistantID = try fields.decode(.assistantID, or: "")
        status = try fields.decode(Status.self, forKey: .status)
        incompleteReason = try fields.decodeIfPresent(IncompleteDetails.self, forKey: .incompleteDetails)?.reason
        usage = try fields.decodeIfPresent(RunUsage.self, forKey: .usage)?.usage
        model = try fields.decode(.model, or: "")
        metadata = try fields.decodeMap(.metadata)
        createdAt = try fields.decodeDate(.createdAt)
        expiresAt = try fields.decodeDate(.expiresAt)
        let detail = try fields.decodeIfPresent(ErrorDetail.self, forKey: .lastError)
        failure = detail.map(OpenAIError.init) ?? (status == .failed ? OpenAIError(.serverError) : nil)
    }
}

/// The usage of a run, whose fields have older names.
private struct RunUsage: Decodable {
    let promptTokens: Int?
    let completionTokens: Int?
    let totalTokens: Int?

    enum CodingKeys: String, CodingKey {
        case promptTokens = "prompt_tokens"
        case completionTokens = "completion_tokens"
        case totalTokens = "total_tokens"
    }

    var usage: Usage {
        Usage(inputTokens: promptTokens ?? 0, outputTokens: completionTokens ?? 0, totalTokens: totalTokens)
    }
}
