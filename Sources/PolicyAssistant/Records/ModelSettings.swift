/// What a caller wants of the model that answers; nil leaves a setting as the operator has it.
public struct ModelSettings: Sendable, Hashable {
    /// The name of the model.
    public var model: String?
    /// How much it reasons before it answers.
    public var effort: String?
    /// How long its answers are.
    public var verbosity: String?
    /// The most tokens that it may write.
    public var maximumOutputTokens: Int?
    /// How much chance there is in its choice of words, from 0 to 2.
    public var temperature: Double?
    /// The share of likely words that it chooses from, from 0 to 1.
    public var topP: Double?

    /// Creates settings that leave everything as it is.
    public init() {}
}
