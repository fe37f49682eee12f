internal import Inference

/// Why a model cannot be used.
///
/// All of the module's functions throw this one type.
public struct SentenceEncoderError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of the failure; compare with the static members of ``Code``.
    public let code: Code

    /// What is wrong with which file, for people.
    public let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    /// The kinds of failure.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name, as spelled in the source.
        public let description: String

        private init(_ name: String) {
            description = name
        }

        /// A file of the model is missing or cannot be read.
        public static let unreadable = Code("unreadable")
        /// A file of the model does not hold what its format prescribes.
        public static let malformed = Code("malformed")
        /// The model is of an architecture that this module does not run.
        public static let unsupported = Code("unsupported")
    }
}

extension MappedFile {
    /// Maps a file of a model.
    ///
    /// - Throws: ``SentenceEncoderError`` with the code `unreadable`.
    convenience init(model path: String) throws(SentenceEncoderError) {
        do {
            try self.init(path: path)
        } catch {
            throw SentenceEncoderError(.unreadable, error.description)
        }
    }
}
