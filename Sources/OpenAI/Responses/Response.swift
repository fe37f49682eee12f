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
    /// Notes on it: the client's, and what a server adds.
    public let metadata: [String: String]

    /// How far a response is, or how it ended.
    public struct Status: RawRepresentable, Hashable, Sendable {
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
        case id, status, output, error, usage, metadata
        case incompleteDetails = "incomplete_details"
    }

    private struct IncompleteDetails: Decodable {
        let reason: String?
    }

    /// Decodes a response; its ID and its status must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        status = Status(rawValue: try fields.decode(String.self, forKey: .status))
        output = try fields.decode(.output, or: [])
        incompleteReason = try fields.decodeIfPresent(IncompleteDetails.self, forKey: .incompleteDetails)?.reason
        usage = try fields.decodeIfPresent(Usage.self, forKey: .usage)
        // No answer is lost for odd notes on it.
        metadata = (try? fields.decodeMap(.metadata)) ?? [:]
        let detail = try fields.decodeIfPresent(ErrorDetail.self, forKey: .error)
        failure = detail.map(OpenAIError.init) ?? (status == .failed ? OpenAIError(.serverError) : nil)
    }
}
