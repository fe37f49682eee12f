import FoundationEssentials
import HTTPClient
import HTTPTypes

/// One attempt at a call that failed: the error it would end in, and what the retry policy must know of it.
struct FailedAttempt: Error {
    let error: OpenAIError
    let outcome: RetryPolicy.Outcome

    /// A failure that another attempt would only repeat.
    init(_ error: OpenAIError) {
        self.error = error
        outcome = .final
    }

    /// An answer that reports an error.
    init(head: HTTPResponse, body: [UInt8], now: Date) {
        let hint = RetryHint(headers: head.headerFields, now: now)
        error = OpenAIError(head: head, body: body, hint: hint)
        outcome = .refused(status: head.status.code, hint: hint, isQuota: error.code == .quotaExhausted)
    }

    /// A transfer that failed before or while it was answered.
    init(_ cause: HTTPClientError) {
        let (code, isPassing) = Self.meaning(of: cause.code)
        let wasAnswered = cause.responseStarted
        error = OpenAIError(code == .unreachable && wasAnswered ? .answerCutOff : code)
        outcome = !isPassing ? .final : wasAnswered ? .cutOff : .unanswered
    }

    /// The error to end in: if the time for the whole is up, that is what went wrong.
    func error(within countdown: Countdown?) -> OpenAIError {
        let isLate = error.code == .timedOut && countdown.map { $0.remaining <= .zero } ?? false
        return isLate ? OpenAIError(.deadlinePassed) : error
    }

    /// What a failed transfer means to us, and whether another attempt may fare better.
    private static func meaning(of code: HTTPClientError.Code) -> (OpenAIError.Code, isPassing: Bool) {
        switch code {
        case .connectionFailed, .nameResolutionFailed, .connectionLost: (.unreachable, true)
        case .timedOut, .stalled: (.timedOut, true)
        case .cancelled, .closed: (.cancelled, false)
        case .fileUnreadable: (.fileUnreadable, false)
        case .bodyTooLarge, .invalidResponse: (.malformedAnswer, false)
        case .invalidRequest, .bodyAlreadyRead: (.invalidRequest, false)
        case .tooManyTransfers: (.overloaded, false)
        default: (.unreachable, false)  // TLS above all: what is not to be trusted will not be in a second.
        }
    }
}

extension OpenAIError {
    /// The error for an answer of good status that is not what the API would say, such as a gateway's HTML page.
    static func malformedAnswer(head: HTTPResponse) -> OpenAIError {
        OpenAIError(.malformedAnswer, status: head.status.code, requestID: head.headerFields.requestID)
    }
}
