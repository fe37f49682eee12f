internal import HTTPTypes
internal import Hummingbird
internal import PolicyAssistant
internal import Voice

/// How a spoken answer is sent.
enum SpokenFormat {
    /// As one stream of audio.
    case audio(AudioType)
    /// As events, those named `audio` among them.
    case events(AudioType)

    /// Selects the format of the answer to a recording.
    ///
    /// - Throws: `PolicyAssistantError` for an unknown format of events, ``Problem/audioNotAcceptable``, and ``VoiceError``
    ///   where a stream of audio is asked for and nothing speaks.
    init(of request: Request, _ voice: Voice) throws {
        let ofEvents = try AudioType(named: request.uri.queryParameters["audio"].map(String.init))
        if request.accepts("text/event-stream") {
            self = .events(ofEvents)
        } else {
            self = .audio(try AudioType(acceptedBy: request))
            try voice.requireSpeaking()
        }
    }

    /// Selects the format in which a turn is followed; nil without speech, unless the request asks for it by its `accept` or
    /// by `audio` in its query.
    ///
    /// - Throws: `PolicyAssistantError` for an unknown format of events, ``Problem/audioNotAcceptable``, and ``VoiceError``
    ///   where nothing speaks.
    init?(following request: Request, _ voice: Voice) throws {
        let ofEvents = try request.uri.queryParameters["audio"].map { try AudioType(named: String($0)) }
        if request.accepts("audio/"), !request.accepts("text/event-stream") {
            self = .audio(try AudioType(acceptedBy: request))
        } else if let ofEvents {
            self = .events(ofEvents)
        } else {
            return nil
        }
        try voice.requireSpeaking()
    }
}
