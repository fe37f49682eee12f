/// A tool that a model may use.
public enum ResponseTool: Sendable, Hashable {
    /// Searches vector stores.
    case fileSearch(FileSearchTool)
}

extension ResponseTool: Encodable {
    /// Encodes the tool.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .fileSearch(let tool): try tool.encode(to: encoder)
        }
    }
}

/// The tool that searches vector stores.
public struct FileSearchTool: Sendable, Hashable, Encodable {
    /// The stores to search.
    public var vectorStoreIDs: [String]
    /// How many passages a search returns, from 1 to 50; the API's own default is 20.
    public var maximumResults: Int?
    /// Which files to look at.
    public var filter: SearchFilter?
    /// The score, from 0 to 1, below which a passage is left out.
    public var scoreThreshold: Double?

    /// Creates the tool.
    ///
    /// - Parameters:
    ///   - vectorStoreIDs: The stores to search.
    ///   - maximumResults: How many passages a search returns.
    ///   - filter: Which files to look at.
    ///   - scoreThreshold: The score below which a passage is left out.
    public init(
        vectorStoreIDs: [String],
        maximumResults: Int? = nil,
        filter: SearchFilter? = nil,
        scoreThreshold: Double? = nil
    ) {
        self.vectorStoreIDs = vectorStoreIDs
        self.maximumResults = maximumResults
        self.filter = filter
        self.scoreThreshold = scoreThreshold
    }

    private enum CodingKeys: String, CodingKey {
        case type, filters
        case vectorStoreIDs = "vector_store_ids"
        case maximumResults = "max_num_results"
        case rankingOptions = "ranking_options"
    }

    private struct RankingOptions: Encodable {
        let ranker = "auto"
        let scoreThreshold: Double

        enum CodingKeys: String, CodingKey {
            case ranker
            case scoreThreshold = "score_threshold"
        }
    }

    /// Encodes the tool.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode("file_search", forKey: .type)
        try fields.encode(vectorStoreIDs, forKey: .vectorStoreIDs)
        try fields.encodeIfPresent(maximumResults, forKey: .maximumResults)
        try fields.encodeIfPresent(filter, forKey: .filters)
        try fields.encodeIfPresent(scoreThreshold.map(RankingOptions.init), forKey: .rankingOptions)
    }
}

/// Whether a model is to use its tools.
public enum ToolChoice: Sendable, Hashable {
    /// As the model sees fit.
    case auto
    /// At least one.
    case required
    /// None.
    case none
    /// The file search.
    case fileSearch
}

extension ToolChoice: Encodable {
    /// Encodes the choice.
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
