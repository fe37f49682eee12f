/// A tool that an assistant's model may use.
public enum AssistantTool: Sendable, Hashable {
    /// Searches the vector stores of the assistant and of the thread.
    case fileSearch(maximumResults: Int? = nil, scoreThreshold: Double? = nil)
    /// A tool of another type, such as a function; only its type is kept and sent.
    case other(type: String)
}

extension AssistantTool: Codable {
    private enum CodingKeys: String, CodingKey {
        case type
        case fileSearch = "file_search"
    }

    /// Decodes a tool of any type.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let type = try fields.decode(.type, or: "")
        guard type == "file_search" else {
            self = .other(type: type)
            return
        }
        let options = try fields.decode(.fileSearch, or: FileSearchOptions())
        self = .fileSearch(maximumResults: options.maximumResults, scoreThreshold: options.ranking?.scoreThreshold)
    }

    /// Encodes the tool as an object with its type; options that are not set are left out.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .other(let type):
            try fields.encode(type, forKey: .type)
        case .fileSearch(let maximumResults, let scoreThreshold):
            try fields.encode("file_search", forKey: .type)
            let options = FileSearchOptions(maximumResults: maximumResults, scoreThreshold: scoreThreshold)
            if !options.isEmpty { try fields.encode(options, forKey: .fileSearch) }
        }
    }
}

/// The resources of the tools of an assistant or a thread: the vector stores of the file search.
struct ToolResources: Sendable, Hashable {
    var vectorStoreIDs: [String] = []
}

extension ToolResources: Codable {
    private enum CodingKeys: String, CodingKey {
        case fileSearch = "file_search"
    }

    private struct FileSearch: Codable {
        var vectorStoreIDs: [String]?

        enum CodingKeys: String, CodingKey {
            case vectorStoreIDs = "vector_store_ids"
        }
    }

    /// Decodes the resources; all of their fields may be absent.
    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        vectorStoreIDs = try fields.decodeIfPresent(FileSearch.self, forKey: .fileSearch)?.vectorStoreIDs ?? []
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(FileSearch(vectorStoreIDs: vectorStoreIDs), forKey: .fileSearch)
    }
}
