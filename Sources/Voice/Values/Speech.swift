/// An encoding of speech.
public enum SpeechEncoding: Sendable, Hashable, CaseIterable {
    /// Samples without a header.
    case pcm
    /// MP3.
    case mp3
    /// Opus in Ogg.
    case oggOpus
}

/// The sound of spoken text, of one channel.
public struct Speech: Sendable, Hashable {
    /// The format of the sound.
    public enum Format: Sendable, Hashable {
        /// Signed samples of 16 bits, little-endian, without a header.
        case pcm(sampleRate: Int)
        /// A complete MP3 file.
        case mp3
        /// A complete file of Opus in Ogg.
        case oggOpus
    }

    /// The sound.
    public var bytes: [UInt8]
    /// The format of the sound.
    public var format: Format

    /// Creates speech.
    public init(bytes: [UInt8], format: Format) {
        self.bytes = bytes
        self.format = format
    }
}

/// The limits of speech in either direction.
public enum SpeechLimits {
    /// The maximum number of characters in the text of one call of a synthesizer.
    public static let utteranceCharacters = 3000
    /// The maximum size of an uploaded recording in bytes.
    public static let recordingBytes = 25 << 20
    /// The maximum duration of a recording.
    public static let recordingTime = Duration.seconds(600)
}
