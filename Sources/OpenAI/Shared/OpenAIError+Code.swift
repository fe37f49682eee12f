extension OpenAIError {
    /// A kind of error.
    public struct Code: Hashable, Sendable, CustomStringConvertible {
        private let name: String
        /// The kind as a sentence for users.
        let sentence: String

        /// The kind's name, for logs and metrics.
        public var description: String { name }

        /// The configuration is invalid; no call was made.
        public static let invalidConfiguration = Code("invalidConfiguration", "The OpenAI configuration is not usable.")
        /// The API refused the key.
        public static let unauthorized = Code("unauthorized", "The OpenAI service refused the API key.")
        /// The API does not allow the key this request.
        public static let forbidden = Code("forbidden", "The OpenAI service does not allow this request.")
        /// The object does not exist.
        public static let notFound = Code("notFound", "The OpenAI service does not know the object asked for.")
        /// The model does not exist, or is not available to the key.
        ///
        /// Never reported as ``notFound``.
        public static let modelNotFound = Code(
            "modelNotFound",
            "The OpenAI service does not offer the configured model."
        )
        /// The request is invalid; a retry would be as well.
        public static let invalidRequest = Code("invalidRequest", "The OpenAI service rejected the request as invalid.")
        /// Another request changes the same object.
        public static let conflict = Code("conflict", "The OpenAI service reported a conflict with another request.")
        /// Another response is being generated in the same conversation.
        public static let conversationLocked = Code(
            "conversationLocked",
            "The conversation is busy with another response."
        )
        /// A run is active in the thread, which accepts neither messages nor other runs until it has ended.
        ///
        /// ``OpenAIError/activeRunID`` names it.
        public static let threadBusy = Code("threadBusy", "The thread is busy with another run.")
        /// The conversation is too long for the model.
        public static let contextLengthExceeded = Code(
            "contextLengthExceeded",
            "The conversation is too long for the model."
        )
        /// The account's credit or quota is used up; a retry does not help.
        public static let quotaExhausted = Code("quotaExhausted", "The quota of the OpenAI account is used up.")
        /// Too many requests or tokens at the moment.
        public static let rateLimited = Code("rateLimited", "The OpenAI service is limiting the rate of requests.")
        /// The service is overloaded.
        public static let overloaded = Code("overloaded", "The OpenAI service is overloaded.")
        /// The service failed.
        public static let serverError = Code("serverError", "The OpenAI service failed.")
        /// One attempt took longer than its timeout.
        public static let timedOut = Code("timedOut", "The OpenAI service took too long to answer.")
        /// No connection to the service, or it was lost before a response began.
        public static let unreachable = Code("unreachable", "The OpenAI service cannot be reached.")
        /// The service's certificate is not signed by a trusted authority, has expired, or names another host.
        public static let certificateUntrusted = Code(
            "certificateUntrusted",
            "The certificate of the OpenAI service is not trusted."
        )
        /// The response broke off; upstream may have done the work all the same.
        public static let answerCutOff = Code("answerCutOff", "The answer of the OpenAI service broke off.")
        /// The response is not this API's.
        public static let malformedAnswer = Code(
            "malformedAnswer",
            "The OpenAI service gave an answer that cannot be read."
        )
        /// The file to upload cannot be read.
        public static let fileUnreadable = Code("fileUnreadable", "The file to upload cannot be read.")
        /// The caller's task was cancelled, or the HTTP client was shut down.
        public static let cancelled = Code("cancelled", "The request was cancelled.")
        /// The call, or the condition that it waited for, took longer than the time given.
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

extension OpenAIError.Code {
    /// Classifies an error by its status, and by its `code` and `type` in the API.
    ///
    /// A `type` of quota errors decides first, then a known `code`, then the status. Errors in a stream have no status.
    static func classifying(status: Int?, apiCode: String?, apiType: String?) -> Self {
        if apiType == "insufficient_quota" { return .quotaExhausted }
        if let code = known(apiCode) { return code }
        switch status {
        case nil: return .serverError
        case 401: return .unauthorized
        case 403: return .forbidden
        case 404: return .notFound
        case 408, 504: return .timedOut
        case 409: return .conflict
        case 429: return .rateLimited
        case 503: return .overloaded
        case .some(400..<500): return .invalidRequest
        case .some(500...): return .serverError
        case .some: return .malformedAnswer
        }
    }

    private static func known(_ apiCode: String?) -> Self? {
        switch apiCode {
        case "insufficient_quota", "credit_balance_exhausted", "organization_spend_limit_exceeded",
            "project_spend_limit_exceeded", "organization_usage_limit_exceeded":
            .quotaExhausted
        case "conversation_locked": .conversationLocked
        case "context_length_exceeded": .contextLengthExceeded
        // The second is Azure's, where a model is named by its deployment.
        case "model_not_found", "DeploymentNotFound": .modelNotFound
        case "invalid_api_key": .unauthorized
        case "rate_limit_exceeded": .rateLimited
        case "server_is_overloaded", "slow_down": .overloaded
        case "server_error": .serverError
        case "vector_store_timeout": .timedOut
        case "invalid_prompt": .invalidRequest
        case "data_residency_mismatch", "bio_policy", "misalignment_policy_violation": .forbidden
        default: nil
        }
    }
}
