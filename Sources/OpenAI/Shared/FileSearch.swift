/// A passage that a search found.
public struct FileSearchResult: Sendable, Hashable, Decodable {
    /// The ID of the passage's file; some compatible servers have an ID of their own here.
    public let fileID: String
    /// The file's name, where the API has it.
    public let filename: String?
    /// The passage's text.
    public let text: String

    /// Creates a passage.
    ///
    /// - Parameters:
    ///   - fileID: The ID of the passage's file.
    ///   - text: The passage's text.
    ///   - filename: The file's name, where it is known.
    public init(fileID: String, text: String, filename: String? = nil) {
        self.fileID = fileID
        self.text = text
        self.filename = filename
    }

    private enum CodingKeys: String, CodingKey {
        case text, content, filename
        case nameInSteps = "file_name"
        case fileID = "file_id"
    }

    private struct Content: Decodable {
        let text: String?
    }

    /// Decodes a result of a vector store's search or of a run step (its text in `content`), or of a response's search
    /// call (its text in `text`).
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        fileID = try fields.decode(.fileID, or: "")
        // An absent field is no error here, as creating one costs more than the rest of a passage.
        let nameInSteps = try? fields.decodeIfPresent(String.self, forKey: .nameInSteps)
        filename = (try? fields.decodeIfPresent(String.self, forKey: .filename)) ?? nameInSteps
        text =
            try fields.decodeIfPresent(String.self, forKey: .text)
            ?? fields.decode(.content, or: [Content]()).compactMap(\.text).joined(separator: "\n")
    }
}

/// A part of an answer that the API returns only on request.
public struct Include: RawRepresentable, Hashable, Sendable, Encodable {
    /// The part's name in the API.
    public let rawValue: String

    /// Creates a part from its name, known or not.
    public init(rawValue: String) {
        self.rawValue = rawValue
    }

    /// The passages that a response's file searches found.
    public static let fileSearchResults = Include(rawValue: "file_search_call.results")
    /// The texts of the passages that a run's file searches found.
    public static let runStepSearchContent = Include(
        rawValue: "step_details.tool_calls[*].file_search.results[*].content"
    )
}

/// The options of the file search tool that both protocols have.
struct FileSearchOptions: Sendable, Hashable, Codable {
    var maximumResults: Int?
    var ranking: Ranking?

    struct Ranking: Sendable, Hashable, Codable {
        var ranker: String? = "auto"
        var scoreThreshold: Double?

        enum CodingKeys: String, CodingKey {
            case ranker
            case scoreThreshold = "score_threshold"
        }
    }

    enum CodingKeys: String, CodingKey {
        case maximumResults = "max_num_results"
        case ranking = "ranking_options"
    }

    init(maximumResults: Int? = nil, scoreThreshold: Double? = nil) {
        self.maximumResults = maximumResults
        ranking = scoreThreshold.map { Ranking(scoreThreshold: $0) }
    }

    /// Whether nothing is set.
    var isEmpty: Bool { maximumResults == nil && ranking == nil }
}

/// Whether a model uses its tools.
public enum ToolChoice: Sendable, Hashable {
    /// The model decides.
    case auto
    /// The model uses at least one tool.
    case required
    /// The model uses no tool.
    case none
    /// The model uses the file search.
    case fileSearch
}

extension ToolChoice: Encodable {
    /// Encodes the choice as a string, or as an object that names the tool.
    public func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        switch self {
        case .auto: try value.encode("auto")
        case .required: try value.encode("required")
        case .none: try value.encode("none")
        case .fileSearch: try value.encode(["type": "file_search"])
        }
    }
}
