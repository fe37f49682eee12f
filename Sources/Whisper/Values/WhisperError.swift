/// Why speech cannot be recognised.
///
/// What opens a model throws ``ModelError`` instead.
public struct WhisperError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of the failure; compare with the static members of ``Code``.
    public let code: Code

    /// What is wrong, for people.
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

        /// The model does not know the language.
        public static let unknownLanguage = Code("unknownLanguage")
        /// The sound is longer than ``Recognizer/longestSound``.
        public static let tooLong = Code("tooLong")
        /// As many recognitions run and wait as may, or the recogniser is closed.
        public static let busy = Code("busy")
    }
}
