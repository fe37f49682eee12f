/// Compares the paths of documents.
enum DocumentPath {
    /// Whether a document's path is the one that a question names, or ends with it at a slash.
    static func matches(_ path: String, _ named: String) -> Bool {
        path == named || path.hasSuffix("/" + named)
    }
}
