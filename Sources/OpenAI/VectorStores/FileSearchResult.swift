/// A passage that a search found.
public struct FileSearchResult: Sendable, Hashable, Decodable {
    /// The file that the passage is from.
    public let fileID: String
    /// The file's name, where the API gives it.
    public let filename: String?
    /// How well the passage fits, from 0 to 1.
    public let score: Double?
    /// The passage.
    public let text: String

    private enum CodingKeys: String, CodingKey {
        case filename, score, text, content
        case fileID = "file_id"
        case runStepFilename = "file_name"
    }

    private struct Content: Decodable {
        let text: String?
    }

    /// Decodes a passage as the search of a vector store has it (in `content`), as a response's search call has it (in
    /// `text`), or as a run's step has it (whose file has a `file_name`).
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        fileID = try fields.decode(.fileID, or: "")
        filename =
            try fields.decodeIfPresent(String.self, forKey: .filename)
            ?? fields.decodeIfPresent(String.self, forKey: .runStepFilename)
        score = try fields.decodeIfPresent(Double.self, forKey: .score)
        let content = try fields.decode(.content, or: [Content]()).compactMap(\.text).joined(separator: "\n")
        text = try fields.decode(.text, or: content)
    }
}
