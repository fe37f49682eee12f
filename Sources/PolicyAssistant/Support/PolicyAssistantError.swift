/// An error in the product's terms, whatever its cause.
///
/// `message` is written for the caller: it holds no secret, no host name and nothing that upstream sent.
public struct PolicyAssistantError: Error, Sendable, CustomStringConvertible {
    /// The kind of an error, by which a program decides what to do.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code as problem documents and exit messages show it.
        public let description: String

        /// No documents have been synced to this upstream yet.
        public static let notSynced = Code(description: "not_synced")
        /// Upstream no longer has the vector store with the documents.
        public static let vectorStoreLost = Code(description: "vector_store_lost")
        /// A value of the caller is invalid; `field` of the error names it.
        public static let invalidField = Code(description: "invalid_field")
        /// The user has no thread.
        public static let threadNotFound = Code(description: "thread_not_found")
        /// No document of the revision in force has this file.
        public static let fileNotFound = Code(description: "file_not_found")
        /// Too many documents are being read.
        public static let documentsBusy = Code(description: "documents_busy")
        /// Another turn of the same user did not end in time.
        public static let userBusy = Code(description: "user_busy")
        /// Redis cannot be reached or did not answer.
        public static let storeUnavailable = Code(description: "store_unavailable")
        /// Upstream cannot be reached or is overloaded; a later attempt may succeed.
        public static let upstreamUnavailable = Code(description: "upstream_unavailable")
        /// Upstream refused the credentials, or the account's quota is exhausted.
        public static let upstreamRefused = Code(description: "upstream_refused")
        /// Upstream answered with an error or with a response that cannot be used.
        public static let upstreamFailed = Code(description: "upstream_failed")
        /// Upstream did not answer in time.
        public static let upstreamTimeout = Code(description: "upstream_timeout")
        /// Upstream stopped before the answer was whole.
        public static let answerIncomplete = Code(description: "answer_incomplete")
        /// Too many questions are waiting.
        public static let tooManyQuestions = Code(description: "too_many_questions")
        /// The turn is not known, or no longer.
        public static let turnNotFound = Code(description: "turn_not_found")
        /// The process that ran the turn is gone.
        public static let turnLost = Code(description: "turn_lost")
        /// The turn was ended at its caller's request.
        public static let turnCancelled = Code(description: "turn_cancelled")
        /// The server is shutting down.
        public static let shuttingDown = Code(description: "shutting_down")
        /// The idempotency key stands for another question.
        public static let idempotencyKeyReused = Code(description: "idempotency_key_reused")
        /// An unexpected error.
        public static let internalError = Code(description: "internal_error")
        /// Another sync is running.
        public static let syncRunning = Code(description: "sync_running")
        /// The sync lost its lock to another and stopped.
        public static let syncLockLost = Code(description: "sync_lock_lost")
        /// There is no API key of this ID.
        public static let keyNotFound = Code(description: "key_not_found")
        /// An account of this name exists.
        public static let accountExists = Code(description: "account_exists")
        /// No account of this name exists.
        public static let accountNotFound = Code(description: "account_not_found")
        /// A phone number belongs to no user.
        public static let numberNotFound = Code(description: "number_not_found")
        /// There is no role of this name.
        public static let roleNotFound = Code(description: "role_not_found")
        /// There are as many roles as may be.
        public static let tooManyRoles = Code(description: "too_many_roles")
        /// As much is remembered as may be.
        public static let tooMuchRemembered = Code(description: "too_much_remembered")
        /// Nothing of this ID is remembered.
        public static let notRemembered = Code(description: "not_remembered")
        /// The queue, or a thread, has no message of this ID.
        public static let messageNotFound = Code(description: "message_not_found")
        /// Too many attempts to sign in have failed.
        public static let tooManyAttempts = Code(description: "too_many_attempts")
        /// Too many users are signing in.
        public static let signInBusy = Code(description: "sign_in_busy")
        /// The sync did not begin, because its effect is most likely unintended.
        public static let syncRefused = Code(description: "sync_refused")
        /// A file of this machine could not be read.
        public static let fileUnreadable = Code(description: "file_unreadable")
        /// The upstream does not train the model.
        public static let fineTuningUnavailable = Code(description: "fine_tuning_unavailable")
        /// There is no fine-tuning job of this ID.
        public static let jobNotFound = Code(description: "job_not_found")
        /// A fine-tuning job has no model yet.
        public static let jobUnfinished = Code(description: "job_unfinished")
        /// The role imitates nobody.
        public static let imitationNotFound = Code(description: "imitation_not_found")
        /// A file of this machine exists that a command was to create.
        public static let fileExists = Code(description: "file_exists")
        /// A file of this machine could not be written.
        public static let fileUnwritable = Code(description: "file_unwritable")
    }

    /// The kind of the error.
    public let code: Code
    /// What happened and what to do, in a sentence or two.
    public let message: String
    /// The name of the invalid field, with ``Code/invalidField``.
    public let field: String?
    /// How long to wait before the same call may work, where that is known.
    public let retryAfter: Duration?
    /// The underlying error, for logs only.
    public let cause: (any Error)?

    /// Creates an error.
    public init(
        _ code: Code,
        _ message: String,
        field: String? = nil,
        retryAfter: Duration? = nil,
        cause: (any Error)? = nil
    ) {
        self.code = code
        self.message = message
        self.field = field
        self.retryAfter = retryAfter
        self.cause = cause
    }

    /// The message.
    public var description: String { message }
}

extension PolicyAssistantError: Codable {
    private enum CodingKeys: CodingKey {
        case code, message, field, retryAfterMilliseconds
    }

    /// Decodes an error as the journal of turns stores it, without its cause.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            Code(description: try fields.decode(String.self, forKey: .code)),
            try fields.decode(String.self, forKey: .message),
            field: try fields.decodeIfPresent(String.self, forKey: .field),
            retryAfter: try fields.decodeIfPresent(Int64.self, forKey: .retryAfterMilliseconds).map {
                .milliseconds($0)
            }
        )
    }

    /// Encodes the error for the journal of turns, without its cause, which only the log of this process shows.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(code.description, forKey: .code)
        try fields.encode(message, forKey: .message)
        try fields.encodeIfPresent(field, forKey: .field)
        try fields.encodeIfPresent(retryAfter?.milliseconds, forKey: .retryAfterMilliseconds)
    }
}
