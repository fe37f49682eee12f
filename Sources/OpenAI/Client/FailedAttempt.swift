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
    init(head: HTTPResponse, body: [UInt8], call: APICall, now: Date) {
        let hint = RetryHint(headers: head.headerFields, now: now)
        error = OpenAIError(head: head, body: body, hint: hint, call: call)
        outcome = .refused(status: head.status.code, hint: hint, isQuota: error.code == .quotaExhausted)
    }

    /// A transfer that failed before or while it was answered.
    init(_ cause: HTTPClientError) {
        let (error, isPassing) = Self.meaning(of: cause.code)
        let wasAnswered = cause.responseStarted
        self.error = error.code == .unreachable && wasAnswered ? OpenAIError(.answerCutOff) : error
        outcome = !isPassing ? .final : wasAnswered ? .cutOff : .unanswered
    }

    /// The error to end in: if the time for the whole is up, that is what went wrong.
    func error(within countdown: Countdown?) -> OpenAIError {
        let isLate = error.code == .timedOut && countdown.map { $0.remaining <= .zero } ?? false
        return isLate ? OpenAIError(.deadlinePassed) : error
    }

    /// What a failed transfer means to us, and whether another attempt may fare better.
    private static func meaning(of code: HTTPClientError.Code) -> (OpenAIError, isPassing: Bool) {
        switch code {
        case .connectionFailed, .connectionLost:
            (OpenAIError(.unreachable), true)
        case .nameResolutionFailed:
            (OpenAIError(.unreachable, "The name of the OpenAI service's host leads to no address."), true)
        case .certificateUntrusted:
            (OpenAIError(.certificateUntrusted), false)
        case .tlsFailed:
            // What is not to be trusted will not be in a second.
            (OpenAIError(.unreachable, "No secure connection to the OpenAI service could be agreed on."), false)
        case .timedOut, .stalled:
            (OpenAIError(.timedOut), true)
        case .cancelled, .closed:
            (OpenAIError(.cancelled), false)
        case .fileUnreadable:
            (OpenAIError(.fileUnreadable), false)
        case .bodyTooLarge, .invalidResponse:
            (OpenAIError(.malformedAnswer), false)
        case .tooManyTransfers:
            (OpenAIError(.overloaded, "Too many requests to the OpenAI service are under way."), false)
        case .invalidRequest, .bodyAlreadyRead:
            (OpenAIError(.invalidRequest, "The request cannot be sent."), false)
        default:
            (OpenAIError(.unreachable, "The request failed in the HTTP client."), false)
        }
    }
}

extension OpenAIError {
    /// The error for an answer of good status that is not what the API would say, such as a gateway's HTML page.
    static func malformedAnswer(head: HTTPResponse) -> OpenAIError {
        OpenAIError(.malformedAnswer, status: head.status.code, requestID: head.headerFields.requestID)
    }
}
