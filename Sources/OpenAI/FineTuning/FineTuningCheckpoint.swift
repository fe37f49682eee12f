public import FoundationEssentials

/// A model as it was after a part of the training.
public struct FineTuningCheckpoint: Sendable, Hashable, Decodable {
    /// The checkpoint's ID.
    public let id: String
    /// The model's ID at this point.
    public let model: String
    /// The step after which it was made.
    public let step: Int
    /// When it was made.
    public let createdAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id
        case model = "fine_tuned_model_checkpoint"
        case step = "step_number"
        case createdAt = "created_at"
    }

    /// Decodes a checkpoint; only its ID and its model are required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        model = try fields.decode(String.self, forKey: .model)
        step = try fields.decode(.step, or: 0)
        createdAt = try fields.decodeDate(.createdAt)
    }
}
