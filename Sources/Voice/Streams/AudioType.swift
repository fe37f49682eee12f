/// A format of the speech that callers receive.
public enum AudioType: String, Sendable, Hashable, CaseIterable {
    /// MP3.
    case mpeg = "audio/mpeg"
    /// WAV with signed samples of 16 bits.
    case wav = "audio/wav"
    /// Opus in Ogg.
    case ogg = "audio/ogg"

    /// The encoding of its sound.
    var encoding: SpeechEncoding {
        switch self {
        case .mpeg: .mp3
        case .wav: .pcm
        case .ogg: .oggOpus
        }
    }

    /// Returns speech as a file of its own.
    func file(of speech: Speech) -> [UInt8] {
        guard case .pcm(let rate) = speech.format else { return speech.bytes }
        return WAVHeader(sampleRate: rate, dataBytes: speech.bytes.count).bytes + speech.bytes
    }
}

/// Joins the speech of sentences into one stream of a format.
public struct AudioStream: Sendable {
    private let type: AudioType
    private var hasHeader = false
    private var ogg = OggJoiner()

    /// Creates an empty stream.
    public init(type: AudioType) {
        self.type = type
    }

    /// Returns the bytes that continue the stream.
    ///
    /// - Parameter speech: Speech as ``Voice/speech(of:in:as:)`` makes it for the stream's type, always of one synthesizer.
    /// - Returns: The bytes.
    public mutating func bytes(adding speech: Speech) -> [UInt8] {
        switch speech.format {
        case .mp3: return speech.bytes
        case .oggOpus: return ogg.pages(adding: speech.bytes)
        case .pcm(let rate):
            guard !hasHeader else { return speech.bytes }
            hasHeader = true
            return WAVHeader(sampleRate: rate, dataBytes: nil).bytes + speech.bytes
        }
    }

    /// Returns the bytes that end the stream.
    public mutating func end() -> [UInt8] { ogg.end() }
}
