public import FoundationEssentials

/// An answer of a model.
public struct Response: Sendable, Hashable, Decodable {
    /// The response's ID.
    public let id: String
    /// How far it is, or how it ended.
    public let status: Status
    /// What the model put out, in order: thoughts, tool calls, messages.
    public let output: [OutputItem]
    /// Why there is no answer, if `status` is `failed`.
    public let failure: OpenAIError?
    /// Why the answer is not whole, if `status` is `incomplete`: such as `max_output_tokens` or `content_filter`.
    public let incompleteReason: String?
    /// What it cost; nil until it is complete.
    public let usage: Usage?
    /// The model that answered.
    public let model: String
    /// The conversation that it belongs to, if any.
    public let conversationID: String?
    /// When it was begun.
    public let createdAt: Date?

    /// How far a response is, or how it ended.
    public struct Status: RawRepresentable, Hashable, Sendable, Decodable {
        /// The status as the API writes it.
        public let rawValue: String

        /// Creates a status, known to us or not.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// Not begun.
        public static let queued = Status(rawValue: "queued")
        /// In the making.
        public static let inProgress = Status(rawValue: "in_progress")
        /// Whole.
        public static let completed = Status(rawValue: "completed")
        /// Ended without an answer.
        public static let failed = Status(rawValue: "failed")
        /// Ended by us.
        public static let cancelled = Status(rawValue: "cancelled")
        /// Ended before the answer was whole.
        public static let incomplete = Status(rawValue: "incomplete")
    }

    private enum CodingKeys: String, CodingKey {
        case id, status, output, error, usage, model, conversation
        case incompleteDetails = "incomplete_details"
        case createdAt = "created_at"
    }

    private struct IncompleteDetails: Decodable {
        let reason: String?
    }

    private struct ConversationReference: Decodable {
        let id: String
    }

    /// Decodes a response; its ID and its status must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        status = try fields.decode(Status.self, forKey: .status)
        output = try fields.decode(.output, or: [])
        incompleteReason = try fields.decodeIfPresent(IncompleteDetails.self, forKey: .incompleteDetails)?.reason
        usage = try fields.decodeIfPresent(Usage.self, forKey: .usage)
        model = try fields.decode(.model, or: "")
        conversationID = try fields.decodeIfPresent(ConversationReference.self, forKey: .conversation)?.id
        createdAt = try fields.decodeDate(.createdAt)
        let detail = try fields.decodeIfPresent(ErrorDetail.self, forKey: .error)
        failure = detail.map(OpenAIError.init) ?? (status == .failed ? OpenAIError(.serverError) : nil)
    }
}
