/// Why speech could not be made or understood.
public struct VoiceError: Error, Sendable, Hashable {
    /// The kind of an error, which decides its HTTP status.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name, as problem documents have it.
        public let description: String

        /// A program or service is not installed, not configured or cannot be reached.
        public static let unavailable = Code(description: "voice_unavailable")
        /// A service refuses more requests for now.
        public static let busy = Code(description: "voice_busy")
        /// A program or service took too long.
        public static let timeout = Code(description: "voice_timeout")
        /// A service refuses the request: its credentials, voice or model.
        public static let refused = Code(description: "voice_refused")
        /// A program or service failed, or returned what cannot be used.
        public static let failed = Code(description: "voice_failed")
        /// The type of the uploaded file is not one that is heard.
        public static let unsupportedAudio = Code(description: "unsupported_audio")
        /// The uploaded file contains no sound that can be read.
        public static let invalidAudio = Code(description: "invalid_audio")
        /// The recording is too long.
        public static let audioTooLong = Code(description: "audio_too_long")
        /// The recording is silent.
        public static let silentAudio = Code(description: "silent_audio")
        /// No words were understood.
        public static let noSpeech = Code(description: "no_speech")
        /// The recording is in a language that is not one of those configured.
        public static let unsupportedLanguage = Code(description: "unsupported_language")
        /// The caller's task was cancelled.
        public static let cancelled = Code(description: "voice_cancelled")
    }

    /// The kind of the error.
    public var code: Code
    /// What happened and what the caller or operator can do, in a sentence; without secrets and without what was said.
    public var message: String
    /// The time after which another attempt may succeed.
    public var retryAfter: Duration?

    /// Creates an error.
    public init(_ code: Code, _ message: String, retryAfter: Duration? = nil) {
        self.code = code
        self.message = message
        self.retryAfter = retryAfter
    }
}
