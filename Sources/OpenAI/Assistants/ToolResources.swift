/// What the tools of an assistant or a thread work on: for us, the vector stores of the file search.
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

    /// Decodes the resources; nothing of them must be there.
    init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        vectorStoreIDs = try fields.decodeIfPresent(FileSearch.self, forKey: .fileSearch)?.vectorStoreIDs ?? []
    }

    func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(FileSearch(vectorStoreIDs: vectorStoreIDs), forKey: .fileSearch)
    }
}
