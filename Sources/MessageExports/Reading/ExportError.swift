/// What is wrong with an export or with a file of messages, and where.
public struct ExportError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A kind of error, by which a program decides what to do.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code's name.
        public let description: String

        /// The file cannot be read.
        public static let unreadable = Code(description: "unreadable")
        /// The file has another form than its kind.
        public static let malformed = Code(description: "malformed")
        /// The file is larger than a limit.
        public static let tooLarge = Code(description: "too_large")
        /// No chat has the name.
        public static let chatNotFound = Code(description: "chat_not_found")
        /// More than one chat has the name.
        public static let chatAmbiguous = Code(description: "chat_ambiguous")
        /// The person wrote nothing in the conversation.
        public static let personNotFound = Code(description: "person_not_found")
        /// No message of the person answers somebody else's.
        public static let noPairs = Code(description: "no_pairs")
    }

    /// A place in a file.
    public struct Position: Sendable, Hashable {
        /// The file's name.
        public let file: String
        /// The line, counted from 1.
        public let line: Int
        /// The byte of the file, counted from 0; nil where the line says enough.
        public let offset: Int?
    }

    /// The kind of the error.
    public let code: Code
    /// What is wrong and what to do, in a sentence or two.
    public let message: String
    /// Where it is wrong; nil where that is no single place.
    public let position: Position?

    /// Creates an error.
    public init(_ code: Code, _ message: String, at position: Position? = nil) {
        self.code = code
        self.message = message
        self.position = position
    }

    /// The position and the message on one line.
    public var description: String {
        guard let position else { return message }
        let byte = position.offset.map { ", byte \($0)" } ?? ""
        return "\(position.file), line \(position.line)\(byte): \(message)"
    }
}
