/// A tool that a model may use.
public enum ResponseTool: Sendable, Hashable {
    /// Searches vector stores.
    case fileSearch(FileSearchTool)
}

extension ResponseTool: Encodable {
    /// Encodes the tool as an object with its type.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .fileSearch(let tool): try tool.encode(to: encoder)
        }
    }
}

/// The tool that searches vector stores.
public struct FileSearchTool: Sendable, Hashable, Encodable {
    /// The IDs of the vector stores to search.
    public var vectorStoreIDs: [String]
    /// How many passages a search returns, from 1 to 50; the API's default is 20.
    public var maximumResults: Int?
    /// Which files to search; nil for all.
    public var filter: SearchFilter?
    /// The score, from 0 to 1, below which a passage is left out.
    public var scoreThreshold: Double?

    /// Creates the tool.
    ///
    /// - Parameters:
    ///   - vectorStoreIDs: The IDs of the vector stores to search.
    ///   - maximumResults: How many passages a search returns, from 1 to 50.
    ///   - filter: Which files to search; nil for all.
    ///   - scoreThreshold: The score, from 0 to 1, below which a passage is left out.
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
    }

    /// Encodes the tool as an object of type `file_search`.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode("file_search", forKey: .type)
        try fields.encode(vectorStoreIDs, forKey: .vectorStoreIDs)
        try fields.encodeIfPresent(filter, forKey: .filters)
        try FileSearchOptions(maximumResults: maximumResults, scoreThreshold: scoreThreshold).encode(to: encoder)
    }
}
