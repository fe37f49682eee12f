/// One part of a `multipart/form-data` body.
///
/// Names and file names are sent in UTF-8; quotes and backslashes in them are escaped by a backslash, as in any quoted
/// string of MIME. A line break or a NUL in one makes the request invalid.
public struct MultipartPart: Sendable {
    /// The form field's name.
    public var name: String

    /// The part's content.
    public var content: Content

    /// Creates a part.
    public init(name: String, content: Content) {
        self.name = name
        self.content = content
    }

    /// What a part holds.
    public enum Content: Sendable {
        /// A plain field.
        case text(String)
        /// A file whose bytes are in memory.
        case bytes([UInt8], filename: String, contentType: String = "application/octet-stream")
        /// A regular file, read as it is sent, under a name that need not be its own.
        case file(path: String, filename: String, contentType: String = "application/octet-stream")
        /// A regular file that is open already, read as it is sent.
        case openedFile(OpenedFile, filename: String, contentType: String = "application/octet-stream")
    }
}
