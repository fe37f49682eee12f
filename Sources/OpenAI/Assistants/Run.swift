public import FoundationEssentials

/// One execution of an assistant on a thread.
public struct Run: Sendable, Hashable, Decodable {
    /// The run's ID.
    public let id: String
    /// The ID of its thread.
    public let threadID: String
    /// The ID of its assistant.
    public let assistantID: String
    /// Its status.
    public let status: Status
    /// The error, if `status` is `failed`.
    public let failure: OpenAIError?
    /// Why the answer is incomplete, if `status` is `incomplete`, such as `max_completion_tokens`.
    public let incompleteReason: String?
    /// The tokens that it used; nil until it has ended.
    public let usage: Usage?
    /// The model that answers.
    public let model: String
    /// Its metadata.
    public let metadata: [String: String]
    /// When it was created.
    public let createdAt: Date?
    /// When it expires.
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

    /// Decodes a run; its ID and its status are required.
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

/// The token usage of a run, whose fields have older names.
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

extension Run {
    /// The status of a run.
    public struct Status: RawRepresentable, Hashable, Sendable, Decodable {
        /// The status as the API writes it.
        public let rawValue: String

        /// Creates a status, known or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Not started.
        public static let queued = Status(rawValue: "queued")
        /// Being generated.
        public static let inProgress = Status(rawValue: "in_progress")
        /// Waiting for the output of functions, which this client does not offer, until it expires.
        public static let requiresAction = Status(rawValue: "requires_action")
        /// Being cancelled; the thread is still busy.
        public static let cancelling = Status(rawValue: "cancelling")
        /// Cancelled by the client.
        public static let cancelled = Status(rawValue: "cancelled")
        /// Ended without an answer.
        public static let failed = Status(rawValue: "failed")
        /// Ended with an answer.
        public static let completed = Status(rawValue: "completed")
        /// Ended with an incomplete answer.
        public static let incomplete = Status(rawValue: "incomplete")
        /// Ended by the API after its expiry.
        public static let expired = Status(rawValue: "expired")

        /// Whether the run has ended and its thread is free again; false for an unknown status.
        public var isFinal: Bool {
            [.cancelled, .failed, .completed, .incomplete, .expired].contains(self)
        }
    }
}
