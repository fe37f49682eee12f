internal import AWS

extension VoiceError {
    /// Creates the error of a service of AWS; its name of the error is told, and its message is not.
    init(_ error: AWSError) {
        let message = error.type.map { "\(error.message) (\($0))" } ?? error.message
        switch error.code {
        case .throttled:
            self.init(.busy, message, retryAfter: .seconds(2))
        case .credentialsUnavailable:
            // Which variables are wrong is for the operator: the diagnosis says it.
            self.init(.unavailable, "The speech service has no credentials.")
        case .unreachable:
            self.init(.unavailable, message)
        case .timedOut:
            self.init(.timeout, message)
        case .cancelled:
            self.init(.cancelled, message)
        case .unauthorized, .forbidden, .clockSkewed, .certificateUntrusted, .invalidRequest, .textTooLong:
            self.init(.refused, message)
        default:
            self.init(.failed, message)
        }
    }
}
