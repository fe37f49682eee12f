extension OpenAIError {
    /// A kind of failure.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: String
        /// What the kind means, in a sentence fit to be shown to people.
        let sentence: String

        /// The kind's name, as logs and metrics show it.
        public var description: String { name }

        /// The configuration cannot be used; no call was made.
        public static let invalidConfiguration = Code("invalidConfiguration", "The OpenAI configuration is not usable.")
        /// The API refused the key.
        public static let unauthorized = Code("unauthorized", "The OpenAI service refused the API key.")
        /// The key is good, and what it asked for is not allowed to it.
        public static let forbidden = Code("forbidden", "The OpenAI service does not allow this request.")
        /// The API knows no such object.
        public static let notFound = Code("notFound", "The OpenAI service does not know the object asked for.")
        /// The API knows no such model, or keeps it from this key.
        ///
        /// Never reported as ``notFound``.
        public static let modelNotFound = Code(
            "modelNotFound",
            "The OpenAI service does not offer the configured model."
        )
        /// The request itself is at fault, and would be again.
        public static let invalidRequest = Code("invalidRequest", "The OpenAI service rejected the request as invalid.")
        /// Something else is at work on the same object.
        public static let conflict = Code("conflict", "The OpenAI service reported a conflict with another request.")
        /// Another response is being made in the same conversation.
        public static let conversationLocked = Code(
            "conversationLocked",
            "The conversation is busy with another response."
        )
        /// A run is active in the thread, which takes neither messages nor other runs before it has ended.
        ///
        /// ``OpenAIError/activeRunID`` names it.
        public static let threadBusy = Code("threadBusy", "The thread is busy with another run.")
        /// The conversation has outgrown the model.
        public static let contextLengthExceeded = Code(
            "contextLengthExceeded",
            "The conversation is too long for the model."
        )
        /// The account's money or quota is used up: waiting does not help.
        public static let quotaExhausted = Code("quotaExhausted", "The quota of the OpenAI account is used up.")
        /// Too many requests or tokens at the moment.
        public static let rateLimited = Code("rateLimited", "The OpenAI service is limiting the rate of requests.")
        /// The service has too much to do.
        public static let overloaded = Code("overloaded", "The OpenAI service is overloaded.")
        /// The service failed by itself.
        public static let serverError = Code("serverError", "The OpenAI service failed.")
        /// No answer in the time allowed to one request.
        public static let timedOut = Code("timedOut", "The OpenAI service took too long to answer.")
        /// No connection to the service, or it was lost before an answer began.
        public static let unreachable = Code("unreachable", "The OpenAI service cannot be reached.")
        /// The service's certificate is not signed by a trusted authority, has expired, or names another host.
        public static let certificateUntrusted = Code(
            "certificateUntrusted",
            "The certificate of the OpenAI service is not trusted."
        )
        /// The answer began and broke off; upstream may have done the work all the same.
        public static let answerCutOff = Code("answerCutOff", "The answer of the OpenAI service broke off.")
        /// What answered does not speak this API.
        public static let malformedAnswer = Code(
            "malformedAnswer",
            "The OpenAI service gave an answer that cannot be read."
        )
        /// The file to upload cannot be read.
        public static let fileUnreadable = Code("fileUnreadable", "The file to upload cannot be read.")
        /// The caller's task was cancelled, or the HTTP client was shut down.
        public static let cancelled = Code("cancelled", "The request was cancelled.")
        /// What was waited for did not come about in the time given.
        public static let deadlinePassed = Code(
            "deadlinePassed",
            "The OpenAI service did not finish in the time given."
        )

        private init(_ name: String, _ sentence: String) {
            self.name = name
            self.sentence = sentence
        }
    }
}
