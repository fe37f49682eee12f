/// A step of a run: tool calls, or the creation of a message.
public struct RunStep: Sendable, Hashable, Decodable {
    /// The step's ID.
    public let id: String
    /// Its status, such as `completed`.
    public let status: String?
    /// What happens in it.
    public let work: Work

    /// What happens in a step.
    public enum Work: Sendable, Hashable {
        /// The model calls tools; these are the passages that its file searches found, with their texts only on
        /// request.
        case toolCalls(found: [FileSearchResult])
        /// The model creates a message.
        case messageCreation(messageID: String)
        /// A step of another type.
        case other(type: String)
    }

    private enum CodingKeys: String, CodingKey {
        case id, status
        case details = "step_details"
    }

    /// Decodes a step; only its ID is required.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        status = try fields.decodeIfPresent(String.self, forKey: .status)
        work = try fields.decode(.details, or: Details()).work
    }
}

/// A step's details on the wire.
private struct Details: Decodable {
    var type = ""
    var messageCreation: MessageCreation?
    var toolCalls: [ToolCall]?

    struct MessageCreation: Decodable {
        let messageID: String?

        enum CodingKeys: String, CodingKey {
            case messageID = "message_id"
        }
    }

    struct ToolCall: Decodable {
        let fileSearch: FileSearch?

        enum CodingKeys: String, CodingKey {
            case fileSearch = "file_search"
        }
    }

    struct FileSearch: Decodable {
        let results: [FileSearchResult]?
    }

    enum CodingKeys: String, CodingKey {
        case type
        case messageCreation = "message_creation"
        case toolCalls = "tool_calls"
    }

    var work: RunStep.Work {
        switch type {
        case "tool_calls": .toolCalls(found: (toolCalls ?? []).flatMap { $0.fileSearch?.results ?? [] })
        case "message_creation": .messageCreation(messageID: messageCreation?.messageID ?? "")
        default: .other(type: type)
        }
    }
}
