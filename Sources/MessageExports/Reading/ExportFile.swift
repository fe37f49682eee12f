/// A file of an export, which is read once, piece by piece.
public struct ExportFile {
    /// The file's name in errors.
    public let name: String
    /// Returns the next piece; empty at the end.
    let read: () throws(ExportError) -> [UInt8]

    /// Creates a file.
    ///
    /// - Parameters:
    ///   - name: The file's name in errors.
    ///   - read: Returns the next piece of the file; empty at its end.
    public init(name: String, read: @escaping () throws(ExportError) -> [UInt8]) {
        self.name = name
        self.read = read
    }

    /// Creates a file whose bytes are in memory.
    public init(name: String, bytes: [UInt8]) {
        var isRead = false
        self.init(name: name) {
            defer { isRead = true }
            return isRead ? [] : bytes
        }
    }
}
