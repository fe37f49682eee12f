/// A passage that a search found.
public struct FileSearchResult: Sendable, Hashable, Decodable {
    /// The file that the passage is from; some compatible servers have an ID of their own here.
    public let fileID: String
    /// The file's name, where the API tells it.
    public let filename: String?
    /// The passage.
    public let text: String

    private enum CodingKeys: String, CodingKey {
        case text, content, filename
        case nameInSteps = "file_name"
        case fileID = "file_id"
    }

    private struct Content: Decodable {
        let text: String?
    }

    /// Decodes a passage as the search of a vector store and a run's step have it (in `content`), or as a response's
    /// search call has it (in `text`).
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        fileID = try fields.decode(.fileID, or: "")
        let nameInSteps = try? fields.decode(String.self, forKey: .nameInSteps)
        filename = (try? fields.decode(String.self, forKey: .filename)) ?? nameInSteps
        text =
            try fields.decodeIfPresent(String.self, forKey: .text)
            ?? fields.decode(.content, or: [Content]()).compactMap(\.text).joined(separator: "\n")
    }
}
