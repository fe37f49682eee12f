/// A search that a model made in vector stores.
public struct FileSearchCall: Sendable, Hashable, Decodable {
    /// The item's ID.
    public let id: String?
    /// How far the search is, such as `completed`.
    public let status: String?
    /// What the model looked for.
    public let queries: [String]
    /// What it found; nil if that was not asked for.
    public let results: [FileSearchResult]?

    private enum CodingKeys: CodingKey {
        case id, status, queries, results
    }

    /// Decodes a search call; nothing of it must be there.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        id = try fields.decodeIfPresent(String.self, forKey: .id)
        status = try fields.decodeIfPresent(String.self, forKey: .status)
        queries = try fields.decode(.queries, or: [])
        results = try fields.decodeIfPresent([FileSearchResult].self, forKey: .results)
    }
}
