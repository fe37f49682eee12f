internal import HTTPTypes
internal import PolicyAssistant
internal import Voice

extension Problem {
    /// Creates the problem for a recording that is not understood, or a text that is not spoken.
    init(_ error: VoiceError) {
        self.init(
            status: Self.voiceStatuses[error.code] ?? .internalServerError,
            code: error.code.description,
            detail: error.message,
            cause: error
        )
        if status == .serviceUnavailable {
            let wait = error.retryAfter ?? .seconds(30)
            headers[.retryAfter] = String(max(1, wait.components.seconds))
        }
    }

    private static let voiceStatuses: [VoiceError.Code: HTTPResponse.Status] = [
        .unavailable: .serviceUnavailable,
        .busy: .serviceUnavailable,
        .timeout: .gatewayTimeout,
        .refused: .badGateway,
        .failed: .badGateway,
        .unsupportedAudio: .unsupportedMediaType,
        .invalidAudio: .unprocessableContent,
        .audioTooLong: .contentTooLarge,
        .silentAudio: .unprocessableContent,
        .noSpeech: .unprocessableContent,
        .unsupportedLanguage: .unprocessableContent,
        .cancelled: .clientClosedRequest,
    ]

    static let audioNotAcceptable = Problem(
        status: .notAcceptable,
        code: "not_acceptable",
        detail: "The answer is available as audio/mpeg, audio/wav, audio/ogg and text/event-stream."
    )
}
