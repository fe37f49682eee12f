internal import OpenAI

/// Why a file was not indexed.
struct IndexingFailure: Sendable {
    /// The reason, in words that say what to do.
    let reason: String
    /// Whether the file's content is the reason, so that the same content would fail again.
    let isOfContent: Bool
}

/// The outcome of indexing files.
struct IndexingOutcome: Sendable {
    /// The failures, by the files' IDs.
    var failures: [String: IndexingFailure] = [:]
    /// What a person should know of how the other files were read, by the files' IDs.
    var warnings: [String: [String]] = [:]

    /// Adds the outcome of other files.
    mutating func merge(_ other: IndexingOutcome) {
        failures.merge(other.failures) { $1 }
        warnings.merge(other.warnings) { $1 }
    }
}

extension IndexingFailure {
    /// The longest part of upstream's message that is repeated, in characters.
    private static let longestMessage = 300

    /// Creates the failure of a file that is not indexed.
    ///
    /// - Parameters:
    ///   - file: The file's state in the vector store; nil where the store does not have it.
    ///   - isLate: Whether the deadline has passed.
    init(_ file: VectorStoreFile?, isLate: Bool) {
        guard let file, file.status == .failed else {
            let reason = isLate ? "it was not indexed in time" : "upstream did not index it"
            self.init(reason: "\(reason); try again later", isOfContent: false)
            return
        }
        let (reason, isOfContent) =
            switch file.lastError?.code {
            case .unsupportedFile: ("its content is not what its file type says, or the type is not supported", true)
            case .invalidFile: ("no text could be read from it: it is damaged, encrypted or has no text", true)
            default: ("it could not be indexed; try again later", false)
            }
        let message = (file.lastError?.message ?? "").onOneLine(upTo: Self.longestMessage)
        // Upstream's message says more about the content than its error code.
        let known = isOfContent ? "it cannot be read" : reason
        self.init(reason: message.isEmpty ? reason : "\(known) (upstream: \(message))", isOfContent: isOfContent)
    }
}
