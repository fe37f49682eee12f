/// Why a file has no text for us; it becomes the `last_error` of a vector-store file.
package struct ExtractionError: Error, Sendable, Hashable {
    /// The wire's three reasons.
    package enum Code: String, Sendable {
        /// A type of file that is not read.
        case unsupportedFile = "unsupported_file"
        /// A file that is not what its name says, is damaged, holds no text, or is beyond a limit.
        case invalidFile = "invalid_file"
        /// The machine's fault, not the file's: a helper program is missing, the disk cannot be read.
        case serverError = "server_error"
    }

    /// The reason, in the wire's terms.
    package let code: Code
    /// What a person should know; never a path.
    package let message: String
    /// Whether the process that read the file ended at it, for whatever reason; reading is then worth one more try.
    package var endedReader = false

    /// An error of a code, with the message for a person.
    package init(code: Code, message: String, endedReader: Bool = false) {
        self.code = code
        self.message = message
        self.endedReader = endedReader
    }
}

extension ExtractionError {
    /// A type of file that is not read.
    package static func unsupported(_ message: String) -> ExtractionError {
        ExtractionError(code: .unsupportedFile, message: message)
    }

    /// A file of a known type that cannot be used.
    package static func invalid(_ message: String) -> ExtractionError {
        ExtractionError(code: .invalidFile, message: message)
    }

    /// A fault of this machine.
    package static func server(_ message: String) -> ExtractionError {
        ExtractionError(code: .serverError, message: message)
    }
}
