public import FoundationEssentials

/// An assistant: a model with instructions, tools and a vector store to search.
public struct OpenAIAssistant: Sendable, Hashable, Decodable {
    /// The assistant's ID.
    public let id: String
    /// Its name, if it has one.
    public let name: String?
    /// What it is for, as people put it.
    public let description: String?
    /// The model that answers.
    public let model: String
    /// How the model is to behave.
    public let instructions: String?
    /// The tools that the model may use.
    public let tools: [AssistantTool]
    /// The vector stores that its file search looks in: one at most.
    public let vectorStoreIDs: [String]
    /// Our own notes on it.
    public let metadata: [String: String]
    /// When it was made.
    public let createdAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id, name, description, model, instructions, tools, metadata
        case toolResources = "tool_resources"
        case createdAt = "created_at"
    }

    /// Decodes an assistant; only its ID must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        name = try fields.decodeIfPresent(String.self, forKey: .name)
        description = try fields.decodeIfPresent(String.self, forKey: .description)
        model = try fields.decode(.model, or: "")
        instructions = try fields.decodeIfPresent(String.self, forKey: .instructions)
        tools = try fields.decode(.tools, or: [])
        vectorStoreIDs = try fields.decode(.toolResources, or: ToolResources()).vectorStoreIDs
        metadata = try fields.decodeMap(.metadata)
        createdAt = try fields.decodeDate(.createdAt)
    }
}
