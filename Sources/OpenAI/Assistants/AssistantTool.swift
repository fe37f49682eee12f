/// A tool that an assistant's model may use.
public enum AssistantTool: Sendable, Hashable {
    /// Searches the vector stores of the assistant and of the thread.
    case fileSearch(maximumResults: Int? = nil, scoreThreshold: Double? = nil)
    /// What this program has no use for, such as functions; what is sent of it is its type alone.
    case other(type: String)
}

extension AssistantTool: Codable {
    private enum CodingKeys: String, CodingKey {
        case type
        case fileSearch = "file_search"
    }

    private struct FileSearch: Codable {
        var maximumResults: Int?
        var ranking: Ranking?

        enum CodingKeys: String, CodingKey {
            case maximumResults = "max_num_results"
            case ranking = "ranking_options"
        }
    }

    private struct Ranking: Codable {
        var ranker: String? = "auto"
        var scoreThreshold: Double?

        enum CodingKeys: String, CodingKey {
            case ranker
            case scoreThreshold = "score_threshold"
        }
    }

    /// Decodes a tool of any type.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let type = try fields.decode(.type, or: "")
        guard type == "file_search" else {
            self = .other(type: type)
            return
        }
        let search = try fields.decode(.fileSearch, or: FileSearch())
        self = .fileSearch(maximumResults: search.maximumResults, scoreThreshold: search.ranking?.scoreThreshold)
    }

    /// Encodes the tool.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .other(let type):
            try fields.encode(type, forKey: .type)
        case .fileSearch(let maximumResults, let threshold):
            try fields.encode("file_search", forKey: .type)
            guard maximumResults != nil || threshold != nil else { return }
            let ranking = threshold.map { Ranking(scoreThreshold: $0) }
            try fields.encode(FileSearch(maximumResults: maximumResults, ranking: ranking), forKey: .fileSearch)
        }
    }
}
