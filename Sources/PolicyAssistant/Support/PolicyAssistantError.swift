/// What can go wrong in the product's own terms, whatever lay beneath.
///
/// `message` is meant for the person who asked: it holds no secret, no host name and nothing that upstream said.
public struct PolicyAssistantError: Error, Sendable, CustomStringConvertible {
    /// The kind of an error, by which a program decides what to do.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The code as it stands in problem documents and exit messages.
        public let description: String

        /// No documents have been synced to this upstream yet.
        public static let notSynced = Code(description: "not_synced")
        /// Upstream no longer has the vector store with the documents.
        public static let vectorStoreLost = Code(description: "vector_store_lost")
        /// A value given by the caller is not acceptable; `field` of the error names it.
        public static let invalidField = Code(description: "invalid_field")
        /// The user has no thread.
        public static let threadNotFound = Code(description: "thread_not_found")
        /// No document of the revision in force has this file.
        public static let fileNotFound = Code(description: "file_not_found")
        /// Too many documents are being read.
        public static let documentsBusy = Code(description: "documents_busy")
        /// Another turn of the same user did not end in time.
        public static let userBusy = Code(description: "user_busy")
        /// Redis could not be reached or did not answer.
        public static let storeUnavailable = Code(description: "store_unavailable")
        /// Upstream could not be reached or is overloaded; worth trying again.
        public static let upstreamUnavailable = Code(description: "upstream_unavailable")
        /// Upstream refused our credentials or our account's quota is spent.
        public static let upstreamRefused = Code(description: "upstream_refused")
        /// Upstream answered with an error or with nothing that could be used.
        public static let upstreamFailed = Code(description: "upstream_failed")
        /// Upstream did not answer in time.
        public static let upstreamTimeout = Code(description: "upstream_timeout")
        /// Upstream stopped before the answer was whole.
        public static let answerIncomplete = Code(description: "answer_incomplete")
        /// Too many questions wait for their turn.
        public static let tooManyQuestions = Code(description: "too_many_questions")
        /// The turn is not known, or not any more.
        public static let turnNotFound = Code(description: "turn_not_found")
        /// The process that ran the turn is gone.
        public static let turnLost = Code(description: "turn_lost")
        /// The turn was ended on its caller's demand.
        public static let turnCancelled = Code(description: "turn_cancelled")
        /// The server is shutting down.
        public static let shuttingDown = Code(description: "shutting_down")
        /// The idempotency key stands for another question.
        public static let idempotencyKeyReused = Code(description: "idempotency_key_reused")
        /// Something went wrong that nobody foresaw.
        public static let internalError = Code(description: "internal_error")
        /// Another sync is at work.
        public static let syncRunning = Code(description: "sync_running")
        /// The sync lost its lock to another and stopped.
        public static let syncLockLost = Code(description: "sync_lock_lost")
        /// There is no API key of this ID.
        public static let keyNotFound = Code(description: "key_not_found")
        /// There is somebody of this name already.
        public static let accountExists = Code(description: "account_exists")
        /// Nobody of this name can sign in.
        public static let accountNotFound = Code(description: "account_not_found")
        /// Too many attempts to sign in have failed.
        public static let tooManyAttempts = Code(description: "too_many_attempts")
        /// Too many people sign in at this moment.
        public static let signInBusy = Code(description: "sign_in_busy")
        /// The sync did not begin, as what it would do is most likely not meant.
        public static let syncRefused = Code(description: "sync_refused")
        /// A file of this machine could not be read.
        public static let fileUnreadable = Code(description: "file_unreadable")
    }

    /// The kind of the error.
    public let code: Code
    /// What happened and what to do, in a sentence or two.
    public let message: String
    /// The name of the field at fault, with ``Code/invalidField``.
    public let field: String?
    /// How long to wait before the same call may work, where that is known.
    public let retryAfter: Duration?
    /// The error beneath, for logs only.
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
