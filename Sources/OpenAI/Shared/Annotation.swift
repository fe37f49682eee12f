public import JSON

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

extension Annotation: JSONReadable {
    /// Reads an annotation of any type; a file citation without a file is of another type, and one without an index is at
    /// the text's start.
    public init(reading json: inout JSONReader) throws(JSONError) {
        var (type, fileID, filename) = ("", nil as String?, nil as String?)
        var index: Int? = 0
        try json.readObject { name, json throws(JSONError) in
            switch name {
            case "type": type = try json.readTextIfPresent() ?? ""
            case "file_id": fileID = try json.readTextOrSkip()
            case "filename": filename = try json.readTextOrSkip()
            case "index": index = try json.readsNull() ? 0 : try json.readIntegerOrSkip()
            default: try json.skip()
            }
        }
        if type == "file_citation", let fileID, let index {
            self = .fileCitation(FileCitation(fileID: fileID, index: index, filename: filename))
        } else {
            self = .other(type: type)
        }
    }
}
