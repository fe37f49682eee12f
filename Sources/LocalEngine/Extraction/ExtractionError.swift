/// Why a file has no text for us; it becomes the `last_error` of a vector-store file.
struct ExtractionError: Error, Sendable, Hashable {
    /// The wire's three reasons.
    enum Code: String, Sendable {
        /// A type of file that is not read.
        case unsupportedFile = "unsupported_file"
        /// A file that is not what its name says, is damaged, holds no text, or is beyond a limit.
        case invalidFile = "invalid_file"
        /// The machine's fault, not the file's: a helper program is missing, the disk cannot be read.
        case serverError = "server_error"
    }

    /// The reason, in the wire's terms.
    let code: Code
    /// What a person should know; never a path.
    let message: String
    /// Whether the process that read the file ended at it, for whatever reason; reading is then worth one more try.
    var endedReader = false
}

extension ExtractionError {
    /// A type of file that is not read.
    static func unsupported(_ message: String) -> ExtractionError {
        ExtractionError(code: .unsupportedFile, message: message)
    }

    /// A file of a known type that cannot be used.
    static func invalid(_ message: String) -> ExtractionError {
        ExtractionError(code: .invalidFile, message: message)
    }

    /// A fault of this machine.
    static func server(_ message: String) -> ExtractionError {
        ExtractionError(code: .serverError, message: message)
    }
}
