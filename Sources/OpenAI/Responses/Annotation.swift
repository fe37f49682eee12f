/// What a place in a text leans on.
public enum Annotation: Sendable, Hashable {
    /// A file.
    case fileCitation(FileCitation)
    /// What this program has no use for, such as web pages.
    case other(type: String)
}

/// A place in a text that leans on a file.
public struct FileCitation: Sendable, Hashable {
    /// The file.
    public let fileID: String
    /// The place: how many Unicode scalars of the text come before it.
    ///
    /// May lie beyond the text of a careless server.
    public var index: Int
    /// The file's name, where the API tells it.
    public let filename: String?

    /// Creates a citation.
    ///
    /// - Parameters:
    ///   - fileID: The file.
    ///   - index: How many Unicode scalars of the text come before the place.
    ///   - filename: The file's name, where the API tells it.
    public init(fileID: String, index: Int, filename: String? = nil) {
        self.fileID = fileID
        self.index = index
        self.filename = filename
    }
}

extension Annotation: Decodable {
    private enum CodingKeys: String, CodingKey {
        case type, index, filename
        case fileID = "file_id"
    }

    /// Decodes an annotation of any type; a file citation without a file is none, and one without an index stands at the
    /// text's beginning.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let type = try fields.decode(.type, or: "")
        guard type == "file_citation", let fileID = try? fields.decode(String.self, forKey: .fileID),
            let index = try? fields.decode(.index, or: 0)
        else {
            self = .other(type: type)
            return
        }
        let filename = try? fields.decode(String.self, forKey: .filename)
        self = .fileCitation(FileCitation(fileID: fileID, index: index, filename: filename))
    }
}
