/// A message to a model.
public struct InputMessage: Sendable, Hashable, Encodable {
    /// The role of its author.
    public var role: Role
    /// Its text.
    public var content: String

    /// Creates a message.
    ///
    /// - Parameters:
    ///   - role: The role of its author.
    ///   - content: Its text.
    public init(role: Role, content: String) {
        self.role = role
        self.content = content
    }

    /// Creates a message of the user.
    public static func user(_ content: String) -> InputMessage {
        InputMessage(role: .user, content: content)
    }

    private enum CodingKeys: CodingKey {
        case role, content
    }

    /// Encodes the role and the text.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(role.rawValue, forKey: .role)
        try fields.encode(content, forKey: .content)
    }
}

/// The role of a message's author.
public struct Role: RawRepresentable, Hashable, Sendable, Codable {
    /// The role as the API writes it.
    public let rawValue: String

    /// Creates a role, known or not.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The user.
    public static let user = Role(rawValue: "user")
    /// The model.
    public static let assistant = Role(rawValue: "assistant")
    /// The application.
    public static let developer = Role(rawValue: "developer")
    /// The application, in the role's older name.
    public static let system = Role(rawValue: "system")
}
