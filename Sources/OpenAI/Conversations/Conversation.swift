public import FoundationEssentials

/// A conversation that the API remembers.
public struct Conversation: Sendable, Hashable, Decodable {
    /// The conversation's ID.
    public let id: String
    /// When it was made.
    public let createdAt: Date?
    /// Our own notes on it.
    public let metadata: [String: String]

    private enum CodingKeys: String, CodingKey {
        case id, metadata
        case createdAt = "created_at"
    }

    /// Decodes a conversation; only its ID must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        createdAt = try fields.decodeDate(.createdAt)
        metadata = try fields.decodeMap(.metadata)
    }
}

/// An item of a conversation: what responses put out, and messages of all roles.
public typealias ConversationItem = OutputItem
