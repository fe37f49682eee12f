/// What to ask a model, and how it is to answer.
///
/// What is not set is not sent.
public struct ResponseRequest: Sendable, Hashable {
    /// The model to ask.
    public var model: String
    /// What is said to it in this turn.
    public var input: [InputMessage]
    /// The conversation to go on with; it gets this turn's input and output once the response is complete.
    public var conversation: String?
    /// How the model is to behave; holds for this response only, so it goes with each.
    public var instructions: String?
    /// The tools it may use.
    public var tools: [ResponseTool]?
    /// Whether it is to use them.
    public var toolChoice: ToolChoice?
    /// The parts of the answer that are there only if asked for.
    public var include: [Include]?
    /// How hard the model is to think, such as `none`, `low` or `medium`; models differ in which they take.
    public var reasoningEffort: String?
    /// How long the answer may get, thoughts included; at least 16.
    public var maximumOutputTokens: Int?
    /// Whether the API keeps the response; needed with conversations.
    public var store: Bool?
    /// Our own notes on the response: at most 16 pairs.
    public var metadata: [String: String]?
    /// A stable stand-in for the user, never who it is: at most 64 characters.
    public var safetyIdentifier: String?
    /// What requests of the same beginning share, so that they are answered faster.
    public var promptCacheKey: String?

    /// Creates a request; the rest is set on the value.
    ///
    /// - Parameters:
    ///   - model: The model to ask.
    ///   - input: What is said to it in this turn.
    ///   - conversation: The conversation to go on with.
    ///   - instructions: How the model is to behave.
    public init(model: String, input: [InputMessage], conversation: String? = nil, instructions: String? = nil) {
        self.model = model
        self.input = input
        self.conversation = conversation
        self.instructions = instructions
    }
}
