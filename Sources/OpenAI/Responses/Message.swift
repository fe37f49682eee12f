/// Something said, by the model or to it.
public struct Message: Sendable, Hashable {
    /// The item's ID.
    public let id: String?
    /// Who said it.
    public let role: Role
    /// What kind of message of the model it is: `commentary` on its own work, `final_answer`, or nil where it makes no
    /// difference.
    public let phase: String?
    /// Its parts.
    public let content: [ContentPart]

    /// Whether it is the model's answer, and not its comment on the way there.
    public var isFinalAnswer: Bool {
        role == .assistant && (phase == nil || phase == "final_answer")
    }

    /// What is said in it, refusals apart.
    public var text: String {
        content.map { part in
            switch part {
            case .outputText(let text): text.text
            case .inputText(let text): text
            case .refusal, .other: ""
            }
        }.joined()
    }

    /// Decodes a message; only its role must be there.
    init(_ fields: KeyedDecodingContainer<OutputItem.CodingKeys>) throws {
        id = try fields.decodeIfPresent(String.self, forKey: .id)
        role = Role(rawValue: try fields.decode(String.self, forKey: .role))
        phase = try fields.decodeIfPresent(String.self, forKey: .phase)
        content = try fields.decode(.content, or: [])
    }
}
