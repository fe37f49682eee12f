internal import Voice

extension ProblemKind {
    /// The problems of what speaks.
    static let ofSpeaking =
        [
            ProblemKind(Problem.audioNotAcceptable),
            ProblemKind(Problem(VoiceError(.unavailable, Voice.usualReason))),
        ] + ofPrograms

    /// The problems of what hears.
    static let ofHearing =
        [
            VoiceError(.unavailable, Voice.usualReason),
            VoiceError(.invalidAudio, "The file contains no sound that can be read."),
            VoiceError(.audioTooLong, "The recording is longer than 10 minutes."),
            VoiceError(.silentAudio, "The recording is silent."),
            VoiceError(.noSpeech, "No words were understood in the recording."),
            VoiceError(.unsupportedLanguage, "The recording is in another language."),
        ].map { ProblemKind(Problem($0)) } + ofPrograms

    private static let ofPrograms = [
        VoiceError(.busy, "Too many recordings are being worked on."),
        VoiceError(.timeout, "The service that speaks did not answer in time."),
        VoiceError(.refused, "The service that speaks refuses the request."),
        VoiceError(.failed, "The service that speaks failed."),
        VoiceError(.cancelled, "The request was cancelled."),
    ].map { ProblemKind(Problem($0)) }
}
