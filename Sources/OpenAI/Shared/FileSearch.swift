public import JSON

/// A passage that a search found.
public struct FileSearchResult: Sendable, Hashable {
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
}

extension FileSearchResult: JSONReadable {
    /// Reads a result of a vector store's search or of a run step (its text in `content`), or of a response's search call
    /// (its text in `text`).
    public init(reading json: inout JSONReader) throws(JSONError) {
        var (fileID, text, filename, nameInSteps) = ("", nil as String?, nil as String?, nil as String?)
        var pieces: [String] = []
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "file_id": fileID = try json.readTextIfPresent() ?? ""
            case "text": text = try json.readTextIfPresent()
            case "content": pieces = try Self.texts(reading: &json)
            case "filename": filename = try json.readTextOrSkip()
            case "file_name": nameInSteps = try json.readTextOrSkip()
            default: try json.skip()
            }
        }
        self.init(
            fileID: fileID,
            text: text ?? pieces.joined(separator: "\n"),
            filename: filename ?? nameInSteps
        )
    }

    /// Reads the texts of the parts of a passage.
    private static func texts(reading json: inout JSONReader) throws(JSONError) -> [String] {
        guard try !json.readsNull() else { return [] }
        var texts: [String] = []
        try json.readArray { json throws(JSONError) in
            try json.readField("text") { json throws(JSONError) in
                if let text = try json.readTextIfPresent() { texts.append(text) }
            }
        }
        return texts
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
