/// The fields of an assistant to create or to change.
///
/// A field that is nil is not sent: a new assistant gets the API's default, an existing one keeps its value.
public struct AssistantRequest: Sendable, Hashable {
    /// The model that answers; a new assistant needs one.
    public var model: String?
    /// Its name: at most 256 characters.
    public var name: String?
    /// Its description: at most 512 characters.
    public var description: String?
    /// The instructions to the model: at most 256,000 characters.
    public var instructions: String?
    /// The tools that the model may use; they replace the present ones.
    public var tools: [AssistantTool]?
    /// The IDs of the vector stores that its file search searches, one at most; they replace the present ones.
    public var vectorStoreIDs: [String]?
    /// The metadata, at most 16 pairs; it replaces the present metadata.
    public var metadata: [String: String]?
    /// The reasoning effort, such as `none`, `low` or `medium`; models differ in which values they accept.
    public var reasoningEffort: String?

    /// Creates a request; the other fields are set on the value.
    ///
    /// - Parameters:
    ///   - model: The model that answers.
    ///   - instructions: The instructions to the model.
    public init(model: String? = nil, instructions: String? = nil) {
        self.model = model
        self.instructions = instructions
    }
}

extension AssistantRequest: Encodable {
    private enum CodingKeys: String, CodingKey {
        case model, name, description, instructions, tools, metadata
        case toolResources = "tool_resources"
        case reasoningEffort = "reasoning_effort"
    }

    /// Encodes the fields that are set.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encodeIfPresent(model, forKey: .model)
        try fields.encodeIfPresent(name, forKey: .name)
        try fields.encodeIfPresent(description, forKey: .description)
        try fields.encodeIfPresent(instructions, forKey: .instructions)
        try fields.encodeIfPresent(tools, forKey: .tools)
        try fields.encodeIfPresent(vectorStoreIDs.map(ToolResources.init), forKey: .toolResources)
        try fields.encodeIfPresent(metadata, forKey: .metadata)
        try fields.encodeIfPresent(reasoningEffort, forKey: .reasoningEffort)
    }
}
