/// A step of a run: a use of tools, or the making of a message.
public struct RunStep: Sendable, Hashable, Decodable {
    /// The step's ID.
    public let id: String
    /// How far it is, such as `completed`.
    public let status: String?
    /// What is done in it.
    public let work: Work

    /// What is done in a step.
    public enum Work: Sendable, Hashable {
        /// The model uses tools; these are the passages that its file searches found, with their texts only if those
        /// were asked for.
        case toolCalls(found: [FileSearchResult])
        /// The model makes a message.
        case messageCreation(messageID: String)
        /// What this program has no use for.
        case other(type: String)
    }

    private enum CodingKeys: String, CodingKey {
        case id, status
        case details = "step_details"
    }

    /// Decodes a step; only its ID must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decode(String.self, forKey: .id)
        status = try fields.decodeIfPresent(String.self, forKey: .status)
        work = try fields.decode(.details, or: Details()).work
    }
}

/// The details of a step as the API has them.
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
