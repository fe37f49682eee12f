/// A question for a model, with what it may answer it from.
struct WritingTask: Sendable {
    let question: String
    /// The earlier questions with their answers, oldest first.
    let exchanges: [Answerer.Exchange]
    /// The instructions of the request.
    let instructions: String?
    /// The language of the question; nil if it is unknown.
    let language: TextLanguage?
    /// The passages, best first; a citation names one by its place, counted from 1.
    let sources: [WritingSource]
}

/// A passage from which a model may answer.
struct WritingSource: Sendable, Hashable {
    /// The number of the passage in the database.
    let id: Int64
    let fileID: String
    /// The name of the file, as words.
    let title: String
    /// The headings above the text, outermost first.
    let headings: [String]
    let text: String
    /// The text with the rows of its tables as they are in the file; nil if it has none.
    var quotable: String?
    /// The revision of the documents since which the file is in force; nil if its attributes do not have one.
    var revision: String?

    /// The most passages that a model is given.
    static let most = 10
}

/// Why a model did not write an answer, or not to its end.
enum WritingFailure: String, Error, Sendable, Hashable, CaseIterable {
    /// The model's server cannot be reached.
    case unreachable
    /// The server refuses the request.
    case refused
    /// The server does not respond with the API's format, or the text is a web page.
    case malformed
    /// The model took too long to begin, paused too long, or did not finish in time.
    case timeout
    /// Too many questions wait for the model.
    case busy
    /// The connection ended before the answer.
    case interrupted
    /// The model called a tool.
    case toolCall = "tool_call"
    /// The model did not stop in time.
    case tooLong = "too_long"
    /// The model wrote nothing.
    case empty
    /// The model said that the passages do not answer the question.
    case declined
    /// The passages support nothing of what the model wrote, or not what restricts the rest of it.
    case unsupported
    /// The question and a passage do not fit in the model's context.
    case context
}
