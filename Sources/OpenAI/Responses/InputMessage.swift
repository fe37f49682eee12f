/// A message that we give to a model.
public struct InputMessage: Sendable, Hashable, Encodable {
    /// Who speaks.
    public var role: Role
    /// What is said.
    public var content: String

    /// Creates a message.
    ///
    /// - Parameters:
    ///   - role: Who speaks.
    ///   - content: What is said.
    public init(role: Role, content: String) {
        self.role = role
        self.content = content
    }

    /// A message of the user.
    public static func user(_ content: String) -> InputMessage {
        InputMessage(role: .user, content: content)
    }

    private enum CodingKeys: CodingKey {
        case role, content
    }

    /// Encodes the message.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(role.rawValue, forKey: .role)
        try fields.encode(content, forKey: .content)
    }
}

/// Who speaks in a message.
public struct Role: RawRepresentable, Hashable, Sendable, Codable {
    /// The role as the API writes it.
    public let rawValue: String

    /// Creates a role, known to us or not.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The person who asks.
    public static let user = Role(rawValue: "user")
    /// The model.
    public static let assistant = Role(rawValue: "assistant")
    /// The program around the model.
    public static let developer = Role(rawValue: "developer")
    /// The program around the model, in its older name.
    public static let system = Role(rawValue: "system")
}
