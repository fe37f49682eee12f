/// What an assistant is to be.
///
/// What is not set is not sent: a new assistant gets the API's own default, an old one stays as it is.
public struct AssistantRequest: Sendable, Hashable {
    /// The model that answers; a new assistant needs one.
    public var model: String?
    /// Its name: at most 256 characters.
    public var name: String?
    /// What it is for, as people put it: at most 512 characters.
    public var description: String?
    /// How the model is to behave: at most 256 000 characters.
    public var instructions: String?
    /// The tools that the model may use; they replace those it had.
    public var tools: [AssistantTool]?
    /// The vector stores that its file search looks in, one at most; they replace those it had.
    public var vectorStoreIDs: [String]?
    /// Our own notes on it, at most 16 pairs; they replace those it had.
    public var metadata: [String: String]?
    /// How hard the model is to think, such as `none`, `low` or `medium`; models differ in which they take.
    public var reasoningEffort: String?

    /// Creates a request; the rest is set on the value.
    ///
    /// - Parameters:
    ///   - model: The model that answers.
    ///   - instructions: How the model is to behave.
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

    /// Encodes the request as the API writes it.
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
