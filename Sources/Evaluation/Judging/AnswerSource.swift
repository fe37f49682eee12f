/// What answers the questions of an evaluation: the program itself, or a service that runs elsewhere.
public protocol AnswerSource: Sendable {
    /// Returns the documents that are answered from.
    ///
    /// - Throws: ``AskingError`` where nothing can be asked at all.
    func documents() async throws -> [EvaluatedDocument]

    /// Asks a question in the conversation of a user.
    ///
    /// - Throws: ``AskingError`` where there is no answer; any other error ends the evaluation.
    func answer(_ message: String, by user: String) async throws -> GivenAnswer

    /// Deletes a user's conversation, also where the task was cancelled.
    ///
    /// - Returns: Why it is still there; nil where it is gone, will be deleted by itself, or there was none.
    func forget(_ user: String) async -> AskingError?

    /// Returns the texts of a document in which a quote may stand: as it was read, and as it was written.
    ///
    /// - Returns: The texts; empty where nobody gives them out.
    func texts(of document: EvaluatedDocument) async throws -> [String]
}

/// A document that is answered from.
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

/// An answer as it was given.
public struct GivenAnswer: Sendable, Hashable {
    /// A passage that the answer rests on.
    public struct Citation: Sendable, Hashable {
        /// The document.
        public var document: EvaluatedDocument
        /// The passage; empty where it is not shown.
        public var quote: String

        /// Creates a citation.
        public init(document: EvaluatedDocument, quote: String) {
            self.document = document
            self.quote = quote
        }
    }

    /// The answer's text.
    public var text: String
    /// What it rests on, in order.
    public var citations: [Citation]
    /// Whether it says by itself, or its text begins by saying, that it may not be the answer.
    public var isUnsure: Bool

    /// Creates an answer.
    ///
    /// - Parameters:
    ///   - text: The answer's text.
    ///   - citations: What it rests on, in order.
    ///   - confidence: How sure the answer is, where whatever answers says so: `unsure`, or something else.
    public init(text: String, citations: [Citation], confidence: String? = nil) {
        self.text = text
        self.citations = citations
        isUnsure = confidence == "unsure" || Uncertainty.isExpressed(in: text)
    }
}

/// Why a question has no answer.
public struct AskingError: Error, Sendable, Hashable {
    /// The kind of the error in a word.
    public var code: String
    /// What happened and what to do.
    public var message: String

    /// Creates an error.
    public init(code: String, message: String) {
        self.code = code
        self.message = message
    }
}
