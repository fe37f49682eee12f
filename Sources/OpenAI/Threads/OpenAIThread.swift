public import FoundationEssentials

/// A thread: messages that runs of assistants read and add to.
public struct OpenAIThread: Sendable, Hashable, Decodable {
    /// The thread's ID.
    public let id: String
    /// The vector stores of its own, which runs search beside the assistant's: one at most.
    public let vectorStoreIDs: [String]
    /// Our own notes on it.
    public let metadata: [String: String]
    /// When it was made.
    public let createdAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id, metadata
        case toolResources = "tool_resources"
        case createdAt = "created_at"
    }

    /// Decodes a thread; only its ID must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        vectorStoreIDs = try fields.decode(.toolResources, or: ToolResources()).vectorStoreIDs
        metadata = try fields.decodeMap(.metadata)
        createdAt = try fields.decodeDate(.createdAt)
    }
}
