public import FoundationEssentials

/// A person whose manner of writing a role imitates, with the person's consent.
public struct Imitation: Sendable, Hashable {
    /// The role's name.
    public let role: String
    /// The person's name.
    public let person: String
    /// Who consented, and when, in the operator's words.
    public let consent: String
    /// When it was recorded.
    public let createdAt: Date?
    /// How many pairs there are.
    public let pairCount: Int
}
