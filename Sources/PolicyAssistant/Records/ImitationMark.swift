/// The mark of an answer that imitates a person: `{"of": "Ana"}`.
public struct ImitationMark: Sendable, Hashable, Codable {
    /// The person's name.
    public let of: String

    /// Creates the mark.
    public init(of person: String) {
        of = person
    }
}
