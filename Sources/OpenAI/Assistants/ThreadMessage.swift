public import FoundationEssentials

/// A message of a thread.
public struct ThreadMessage: Sendable, Hashable, Decodable {
    /// The message's ID.
    public let id: String
    /// The ID of its thread.
    public let threadID: String?
    /// The role of its author.
    public let role: Role
    /// Its status, such as `completed`; nil where the API has none.
    public let status: String?
    /// Its parts.
    public let content: [ThreadMessagePart]
    /// The ID of the run that created it; nil for a message that was added to the thread.
    public let runID: String?
    /// The ID of the assistant that created it, if one did.
    public let assistantID: String?
    /// Its metadata.
    public let metadata: [String: String]
    /// When it was created.
    public let createdAt: Date?

    private enum CodingKeys: String, CodingKey {
        case id, role, status, content, metadata
        case threadID = "thread_id"
        case runID = "run_id"
        case assistantID = "assistant_id"
        case createdAt = "created_at"
    }

    /// Decodes a message; its ID and its role are required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        threadID = try fields.decodeIfPresent(String.self, forKey: .threadID)
        role = try fields.decode(Role.self, forKey: .role)
        status = try fields.decodeIfPresent(String.self, forKey: .status)
        content = try fields.decode(.content, or: [])
        runID = try fields.decodeIfPresent(String.self, forKey: .runID)
        assistantID = try fields.decodeIfPresent(String.self, forKey: .assistantID)
        metadata = try fields.decodeMap(.metadata)
        createdAt = try fields.decodeDate(.createdAt)
    }
}

/// A part of a thread's message.
public enum ThreadMessagePart: Sendable, Hashable {
    /// A text with its citation marks.
    case text(AnnotatedText)
    /// The model's refusal to answer.
    case refusal(String)
    /// A part of another type, such as an image.
    case other(type: String)
}

extension ThreadMessagePart: Decodable {
    private enum CodingKeys: CodingKey {
        case type, text, refusal
    }

    /// Decodes a part of any type.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        switch try fields.decode(.type, or: "") {
        case "text": self = .text(try fields.decode(.text, or: AnnotatedText(value: "")))
        case "refusal": self = .refusal(try fields.decode(.refusal, or: ""))
        case let type: self = .other(type: type)
        }
    }
}
