/// Something that a model put out, or that a conversation holds.
public enum OutputItem: Sendable, Hashable {
    /// Something said.
    case message(Message)
    /// A search in vector stores.
    case fileSearchCall(FileSearchCall)
    /// What this program has no use for, such as thoughts.
    case other(type: String, id: String?)

    /// The item's ID.
    public var id: String? {
        switch self {
        case .message(let message): message.id
        case .fileSearchCall(let call): call.id
        case .other(_, let id): id
        }
    }
}

extension OutputItem: Decodable {
    /// The fields of items of all types, which a decoder finds in one go.
    enum CodingKeys: CodingKey {
        case type, id, role, phase, content, results
    }

    /// Decodes an item of any type.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        switch try fields.decode(.type, or: "") {
        case "message": self = .message(try Message(fields))
        case "file_search_call": self = .fileSearchCall(try FileSearchCall(fields))
        case let type: self = .other(type: type, id: try? fields.decode(String.self, forKey: .id))
        }
    }
}
