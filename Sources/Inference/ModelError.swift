/// Why the files of a model cannot be used.
public struct ModelError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The kind of the failure; compare with the static members of ``Code``.
    public let code: Code

    /// What is wrong with which file, for people.
    public let description: String

    /// Creates an error.
    ///
    /// - Parameters:
    ///   - code: The kind of the failure.
    ///   - description: What is wrong with which file, for people.
    package init(_ code: Code, _ description: String) {
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
        /// The model is of an architecture that cannot be run.
        public static let unsupported = Code("unsupported")
    }
}
