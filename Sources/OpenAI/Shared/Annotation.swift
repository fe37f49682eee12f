/// An annotation of a text.
public enum Annotation: Sendable, Hashable {
    /// A citation of a file.
    case fileCitation(FileCitation)
    /// An annotation of another type, such as a web page's.
    case other(type: String)
}

/// A citation of a file in a text.
public struct FileCitation: Sendable, Hashable {
    /// The cited file's ID.
    public let fileID: String
    /// The citation's position, in Unicode scalars from the text's start; may be beyond the end of the text.
    public var index: Int
    /// The file's name, where the API has it.
    public let filename: String?

    /// Creates a citation.
    ///
    /// - Parameters:
    ///   - fileID: The cited file's ID.
    ///   - index: The citation's position, in Unicode scalars from the text's start.
    ///   - filename: The file's name, where the API has it.
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

    /// Decodes an annotation of any type; a file citation without a file is of another type, and one without an index
    /// is at the text's start.
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
