/// A search that a model made in vector stores.
public struct FileSearchCall: Sendable, Hashable {
    /// The item's ID.
    public let id: String?
    /// What it found; nil if that was not asked for.
    public let results: [FileSearchResult]?

    /// Decodes a search call; nothing of it must be there.
    init(_ fields: KeyedDecodingContainer<OutputItem.CodingKeys>) throws {
        id = try fields.decodeIfPresent(String.self, forKey: .id)
        results = try fields.decodeIfPresent([FileSearchResult].self, forKey: .results)
    }
}
