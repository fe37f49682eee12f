internal import OpenAI

/// Runs `body` and translates upstream's errors into the domain's.
///
/// A call that this side cancelled is no failure of upstream: it throws `CancellationError`.
func translatingUpstreamErrors<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch let error as OpenAIError {
        if error.code == .cancelled { throw CancellationError() }
        throw PolicyAssistantError(error)
    }
}

extension PolicyAssistantError {
    /// Creates the error that says what `error` means for a question or a sync, with `error` as its cause.
    init(_ error: OpenAIError) {
        let (code, message) = Self.translation(of: error)
        let waits: Set<Code> = [.upstreamUnavailable, .userBusy]
        self.init(
            code,
            message,
            retryAfter: waits.contains(code) ? error.retryAfter ?? .seconds(5) : nil,
            cause: error
        )
    }

    private static func translation(of error: OpenAIError) -> (Code, String) {
        switch error.code {
        case .unauthorized:
            (.upstreamRefused, "Upstream refused the API key. The operator has to check OPENAI_API_KEY.")
        case .forbidden:
            (.upstreamRefused, "Upstream does not allow this account what was asked of it.")
        case .quotaExhausted:
            (.upstreamRefused, "The account's quota upstream is spent. The operator has to raise it.")
        case .unreachable:
            (.upstreamUnavailable, "Upstream cannot be reached. Try again shortly.")
        case .certificateUntrusted:
            (.upstreamUnavailable, "Upstream's certificate is not trusted. The operator has to check TLS_CA_FILE.")
        case .rateLimited, .overloaded:
            (.upstreamUnavailable, "Upstream has too much to do. Try again shortly.")
        case .conversationLocked, .threadBusy:
            (.userBusy, "An earlier question of yours is still being answered. Try again shortly.")
        case .timedOut, .deadlinePassed:
            (.upstreamTimeout, "Upstream did not answer in time. Try again.")
        case .modelNotFound:
            (.upstreamRefused, "Upstream does not know the model. The operator has to check OPENAI_MODEL.")
        case .notFound:
            (.upstreamFailed, "Upstream lost what it should hold. Running `policy-assistant sync` repairs it.")
        default:
            (.upstreamFailed, "Upstream failed. Try again shortly.")
        }
    }

    /// The call that upstream refused or did not answer, with the answer's status and code and the request's ID, such as
    /// `POST /v1/vector_stores/…/file_batches: 400 invalid_request_error, request req_1`; nil where the error has another
    /// cause.
    public var upstreamCall: String? { (cause as? OpenAIError)?.summary }

    /// Upstream's message about it, as one line of at most 300 characters that a terminal can show; nil where there is
    /// none.
    ///
    /// For operators who run a command: not for users and not for logs, since it may quote what was asked.
    public var upstreamWords: String? { (cause as? OpenAIError)?.operatorMessage }
}

extension PolicyAssistantError {
    /// Upstream ended the turn without an answer.
    static let noAnswer = PolicyAssistantError(.upstreamFailed, "Upstream could not answer. Ask again.")

    /// Upstream ended the turn with an empty answer.
    static let emptyAnswer = PolicyAssistantError(.upstreamFailed, "Upstream gave no answer. Ask again.")

    /// Upstream ended the turn before the answer was whole.
    static func incomplete(isFiltered: Bool) -> PolicyAssistantError {
        PolicyAssistantError(
            .answerIncomplete,
            isFiltered
                ? "The answer was withheld by the model's content filter. Put the question in other words."
                : "The answer came out too long and was cut. Ask for a part of it."
        )
    }

    /// Somebody has deleted the vector store with the documents, or it has expired; `cause` is the error that showed it,
    /// if one did.
    static func vectorStoreLost(_ cause: OpenAIError? = nil) -> PolicyAssistantError {
        PolicyAssistantError(
            .vectorStoreLost,
            "Upstream no longer has the vector store with the documents. Run `policy-assistant sync --repair`.",
            retryAfter: .seconds(30),
            cause: cause
        )
    }
}
