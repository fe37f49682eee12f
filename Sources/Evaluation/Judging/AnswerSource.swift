/// A source of answers for an evaluation: this program, or a service elsewhere.
public protocol AnswerSource: Sendable {
    /// Returns the documents that answers are from.
    ///
    /// - Throws: ``AskingError`` if nothing can be asked.
    func documents() async throws -> [EvaluatedDocument]

    /// Asks a question in a user's conversation.
    ///
    /// - Throws: ``AskingError`` if there is no answer; any other error ends the evaluation.
    func answer(_ message: String, by user: String) async throws -> GivenAnswer

    /// Deletes a user's conversation, even if the task is cancelled.
    ///
    /// - Returns: Why it was not deleted; nil if it was, if it expires, or if there was none.
    func forget(_ user: String) async -> AskingError?

    /// Returns the forms of a document's text in which quotes are searched: extracted, and in the source form.
    ///
    /// - Returns: The texts; empty if they are not available.
    func texts(of document: EvaluatedDocument) async throws -> [String]
}

/// A document that answers are from.
public struct EvaluatedDocument: Sendable, Hashable {
    /// The document's path below the assets folder.
    public var path: String
    /// The ID of its uploaded file.
    public var fileID: String

    /// Creates a document.
    public init(path: String, fileID: String) {
        self.path = path
        self.fileID = fileID
    }
}

/// An answer.
public struct GivenAnswer: Sendable, Hashable {
    /// A citation of the answer.
    public struct Citation: Sendable, Hashable {
        /// The cited document.
        public var document: EvaluatedDocument
        /// The quoted passage; empty if there is none.
        public var quote: String

        /// Creates a citation.
        public init(document: EvaluatedDocument, quote: String) {
            self.document = document
            self.quote = quote
        }
    }

    /// The answer's text.
    public var text: String
    /// Its citations, in order.
    public var citations: [Citation]
    /// Whether its confidence, or the start of its text, says that it may be wrong.
    public var isUnsure: Bool

    /// Creates an answer.
    ///
    /// - Parameters:
    ///   - text: The answer's text.
    ///   - citations: Its citations, in order.
    ///   - confidence: The answer's confidence, where the source has one: `unsure`, or another value.
    public init(text: String, citations: [Citation], confidence: String? = nil) {
        self.text = text
        self.citations = citations
        isUnsure = confidence == "unsure" || Uncertainty.isExpressed(in: text)
    }
}

/// Why a question has no answer.
public struct AskingError: Error, Sendable, Hashable {
    /// The error's code.
    public var code: String
    /// The message, with what to do.
    public var message: String

    /// Creates an error.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}

/// Recognizes answers that start by saying that they may be wrong.
enum Uncertainty {
    private static let beginnings = [
        "i am not sure", "i'm not sure", "i’m not sure", "not sure", "ich bin nicht sicher", "ich bin mir nicht sicher",
        "je ne suis pas sûr", "no estoy segur", "non sono sicur", "ik weet niet zeker", "não tenho a certeza",
        "não tenho certeza",
    ]

    static func isExpressed(in text: String) -> Bool {
        let words = text.drop { !$0.isLetter && !$0.isNumber && $0 != "_" }.prefix(40).lowercased()
        return beginnings.contains { words.hasPrefix($0) }
    }
}
