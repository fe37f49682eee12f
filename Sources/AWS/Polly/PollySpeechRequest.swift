/// A text that Polly is to speak.
public struct PollySpeechRequest: Sendable, Hashable {
    /// The maximum number of characters of one request that Polly speaks, of those that it bills.
    public static let maximumCharacters = 3_000

    /// What speaks: not every voice has every engine, and engines differ in sound and price.
    public enum Engine: String, Sendable, CaseIterable {
        /// The oldest and cheapest.
        case standard
        /// A neural network.
        case neural
        /// A neural network for long texts.
        case longForm = "long-form"
        /// A large model, the most expensive.
        case generative
    }

    /// An encoding of the audio.
    public enum Encoding: Sendable, Hashable {
        /// MP3 at 24,000 samples a second.
        case mp3
        /// Vorbis in Ogg at 24,000 samples a second.
        case oggVorbis
        /// Opus in Ogg.
        case oggOpus
        /// Signed samples of 16 bits, little-endian, one channel, 16,000 a second.
        case pcm
    }

    /// The text, without markup.
    public var text: String
    /// The ID of the voice, such as `Joanna`.
    public var voice: String
    /// What speaks.
    public var engine: Engine
    /// The language, such as `de-DE`, for voices that have several; nil for the voice's own.
    public var language: String?
    /// The encoding of the audio.
    public var encoding: Encoding

    /// Creates a request.
    public init(
        text: String,
        voice: String,
        engine: Engine = .neural,
        language: String? = nil,
        encoding: Encoding = .mp3
    ) {
        self.text = text
        self.voice = voice
        self.engine = engine
        self.language = language
        self.encoding = encoding
    }
}

extension PollySpeechRequest.Encoding {
    /// The name in a request.
    var outputFormat: String {
        switch self {
        case .mp3: "mp3"
        case .oggVorbis: "ogg_vorbis"
        case .oggOpus: "ogg_opus"
        case .pcm: "pcm"
        }
    }

    /// The samples a second, as text.
    var sampleRate: String {
        switch self {
        case .mp3, .oggVorbis: "24000"
        case .oggOpus: "48000"
        case .pcm: "16000"
        }
    }

    /// The content type of the response.
    var contentType: String {
        switch self {
        case .mp3: "audio/mpeg"
        case .oggVorbis, .oggOpus: "audio/ogg"
        case .pcm: "audio/pcm"
        }
    }
}
