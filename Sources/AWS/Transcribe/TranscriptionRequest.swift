/// A recording that Transcribe is to write down.
public struct TranscriptionRequest: Sendable, Hashable {
    /// The recording: signed samples of 16 bits, little-endian, one channel.
    public var audio: [UInt8]
    /// The samples a second: 8,000 to 48,000.
    public var sampleRate: Int
    /// The languages that may be spoken, such as `en-US` and `de-DE`, the most likely first: one, or up to five for
    /// Transcribe to choose from.
    public var languages: [String]

    /// Creates a request.
    public init(audio: [UInt8], sampleRate: Int = 16_000, languages: [String]) {
        self.audio = audio
        self.sampleRate = sampleRate
        self.languages = languages
    }
}

/// What Transcribe has written down.
public struct Transcription: Sendable, Hashable {
    /// The text of all final results; empty if nothing was understood.
    public var text: String
    /// The language that Transcribe chose among several, such as `de-DE`; nil if there was no choice or no result.
    public var language: String?

    /// Creates a transcription.
    public init(text: String, language: String? = nil) {
        self.text = text
        self.language = language
    }
}
