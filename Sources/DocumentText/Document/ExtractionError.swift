/// An error of the extraction of a file's text; it becomes the `last_error` of a vector store file.
package struct ExtractionError: Error, Sendable, Hashable {
    /// The API's three codes.
    package enum Code: String, Sendable {
        /// The file's format is not supported.
        case unsupportedFile = "unsupported_file"
        /// The file is not of its name's format, is damaged, has no text, or exceeds a limit.
        case invalidFile = "invalid_file"
        /// A fault of the machine, such as a missing helper program or an unreadable disk.
        case serverError = "server_error"
    }

    /// The code of the API.
    package let code: Code
    /// The message for people, without paths.
    package let message: String
    /// Whether the process that read the file ended, for any reason; one more attempt is made then.
    package var endedReader = false

    /// Creates an error.
    package init(code: Code, message: String, endedReader: Bool = false) {
        self.code = code
        self.message = message
        self.endedReader = endedReader
    }
}

extension ExtractionError {
    /// The error of an unsupported format.
    package static func unsupported(_ message: String) -> ExtractionError {
        ExtractionError(code: .unsupportedFile, message: message)
    }

    /// The error of a file of a supported format that cannot be used.
    package static func invalid(_ message: String) -> ExtractionError {
        ExtractionError(code: .invalidFile, message: message)
    }

    /// The error of a fault of this machine.
    package static func server(_ message: String) -> ExtractionError {
        ExtractionError(code: .serverError, message: message)
    }
}
