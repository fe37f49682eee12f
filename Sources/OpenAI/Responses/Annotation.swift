/// What a place in a text leans on.
public enum Annotation: Sendable, Hashable {
    /// A file.
    case fileCitation(FileCitation)
    /// What this program has no use for, such as web pages.
    case other(type: String)
}

/// A place in a text that leans on a file.
public struct FileCitation: Sendable, Hashable, Decodable {
    /// The file.
    public let fileID: String
    /// The file's name, where the API gives it.
    public let filename: String?
    /// The place: how many Unicode scalars of the text come before it.
    ///
    /// May lie beyond the text of a careless server.
    public var index: Int

    /// Creates a citation.
    ///
    /// - Parameters:
    ///   - fileID: The file.
    ///   - filename: The file's name.
    ///   - index: How many Unicode scalars of the text come before the place.
    public init(fileID: String, filename: String?, index: Int) {
        self.fileID = fileID
        self.filename = filename
        self.index = index
    }

    private enum CodingKeys: String, CodingKey {
        case filename, index
        case fileID = "file_id"
    }

    /// Decodes a citation; without an index it stands at the text's beginning.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        fileID = try fields.decode(String.self, forKey: .fileID)
        filename = try fields.decodeIfPresent(String.self, forKey: .filename)
        index = try fields.decode(.index, or: 0)
    }
}

extension Annotation: Decodable {
    private enum CodingKeys: CodingKey {
        case type
    }

    /// Decodes an annotation of any type; a file citation without a file is none.
    public init(from decoder: any Decoder) throws {
        let type = try decoder.container(keyedBy: CodingKeys.self).decode(.type, or: "")
        guard type == "file_citation", let citation = try? FileCitation(from: decoder) else {
            self = .other(type: type)
            return
        }
        self = .fileCitation(citation)
    }
}
