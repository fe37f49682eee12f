public import FoundationEssentials

/// Something that happened in a fine-tuning job.
public struct FineTuningEvent: Sendable, Hashable, Decodable {
    /// The event's ID.
    public let id: String
    /// When it happened.
    public let createdAt: Date?
    /// `info`, `warn` or `error`.
    public let level: String
    /// The event in words.
    public let message: String
    /// The step of the training that it tells of, from 1 on.
    public let step: Int?
    /// How many steps the training has.
    public let totalSteps: Int?

    private enum CodingKeys: String, CodingKey {
        case id, level, message, data
        case createdAt = "created_at"
    }

    private struct Metrics: Decodable {
        let step: Int?
        let totalSteps: Int?

        private enum CodingKeys: String, CodingKey {
            case step
            case totalSteps = "total_steps"
        }
    }

    /// Decodes an event; only its ID is required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        createdAt = try fields.decodeDate(.createdAt)
        level = try fields.decode(.level, or: "info")
        message = try fields.decode(.message, or: "")
        // Its fields depend on the kind of event.
        let metrics = try? fields.decodeIfPresent(Metrics.self, forKey: .data)
        step = metrics?.step
        totalSteps = metrics?.totalSteps
    }
}
