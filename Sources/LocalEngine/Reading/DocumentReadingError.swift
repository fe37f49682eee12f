internal import DocumentText

/// Why a document cannot be read.
public struct DocumentReadingError: Error, Sendable, Hashable {
    /// What a person should know, in a sentence.
    public let reason: String
    /// Whether the file is the cause, and not this machine.
    public let isOfFile: Bool
}
