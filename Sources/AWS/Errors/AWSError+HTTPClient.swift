import HTTPClient

extension AWSError {
    /// Creates the error of a failed transfer.
    init(_ cause: HTTPClientError) {
        switch cause.code {
        case .connectionFailed, .connectionLost:
            self.init(cause.responseStarted ? .answerCutOff : .unreachable)
        case .nameResolutionFailed:
            self.init(.unreachable, "The name of the AWS service's host cannot be resolved.")
        case .tlsFailed:
            self.init(.unreachable, "The TLS handshake with the AWS service failed.")
        case .certificateUntrusted:
            self.init(.certificateUntrusted)
        case .timedOut, .stalled:
            self.init(.timedOut)
        case .cancelled, .closed:
            self.init(.cancelled)
        case .bodyTooLarge, .invalidResponse:
            self.init(.malformedAnswer)
        case .tooManyTransfers:
            self.init(.throttled, "Too many requests to AWS are in flight.")
        case .invalidRequest, .bodyAlreadyRead, .fileUnreadable:
            self.init(.invalidRequest, "The request cannot be sent.")
        default:
            self.init(.unreachable, "The request failed in the HTTP client.")
        }
    }
}
