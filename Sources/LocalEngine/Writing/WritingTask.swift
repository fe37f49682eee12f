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
