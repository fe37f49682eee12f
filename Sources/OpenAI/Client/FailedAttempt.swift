import FoundationEssentials
import HTTPClient
import HTTPTypes

/// A failed attempt at a call: the error of the call without a retry, and the outcome for the retry policy.
struct FailedAttempt: Error {
    let error: OpenAIError
    let outcome: RetryPolicy.Outcome

    /// Creates a failure that a retry would repeat.
    init(_ error: OpenAIError) {
        self.error = error
        outcome = .final
    }

    /// Creates the failure of a response with an error status.
    init(head: HTTPResponse, body: [UInt8], call: APICall, now: Date) {
        let hint = RetryHint(headers: head.headerFields, now: now)
        error = OpenAIError(head: head, body: body, hint: hint, call: call)
        outcome = .refused(status: head.status.code, hint: hint, isQuota: error.code == .quotaExhausted)
    }

    /// Creates the failure of a transfer.
    init(_ cause: HTTPClientError) {
        let (error, isTransient) = Self.meaning(of: cause.code)
        let wasAnswered = cause.responseStarted
        self.error = error.code == .unreachable && wasAnswered ? OpenAIError(.answerCutOff) : error
        outcome = !isTransient ? .final : wasAnswered ? .cutOff : .unanswered
    }

    /// The error of the call: `deadlinePassed` for a timeout when no time is left.
    func error(within countdown: Countdown?) -> OpenAIError {
        let isLate = error.code == .timedOut && countdown.map { $0.remaining <= .zero } ?? false
        return isLate ? OpenAIError(.deadlinePassed) : error
    }

    /// The error of a failed transfer, and whether the failure may be transient.
    private static func meaning(of code: HTTPClientError.Code) -> (OpenAIError, isTransient: Bool) {
        switch code {
        case .connectionFailed, .connectionLost:
            (OpenAIError(.unreachable), true)
        case .nameResolutionFailed:
            (OpenAIError(.unreachable, "The name of the OpenAI service's host cannot be resolved."), true)
        case .certificateUntrusted:
            (OpenAIError(.certificateUntrusted), false)
        case .tlsFailed:
            // A retry meets the same TLS configuration.
            (OpenAIError(.unreachable, "The TLS handshake with the OpenAI service failed."), false)
        case .timedOut, .stalled:
            (OpenAIError(.timedOut), true)
        case .cancelled, .closed:
            (OpenAIError(.cancelled), false)
        case .fileUnreadable:
            (OpenAIError(.fileUnreadable), false)
        case .bodyTooLarge, .invalidResponse:
            (OpenAIError(.malformedAnswer), false)
        case .tooManyTransfers:
            (OpenAIError(.overloaded, "Too many requests to the OpenAI service are in flight."), false)
        case .invalidRequest, .bodyAlreadyRead:
            (OpenAIError(.invalidRequest, "The request cannot be sent."), false)
        default:
            (OpenAIError(.unreachable, "The request failed in the HTTP client."), false)
        }
    }
}

extension OpenAIError {
    /// Creates the error of a successful response that is not the API's, such as a gateway's HTML page.
    static func malformedAnswer(head: HTTPResponse) -> OpenAIError {
        OpenAIError(.malformedAnswer, status: head.status.code, requestID: head.headerFields.requestID)
    }
}
