public import AWS

/// Speaks with Amazon Polly.
public struct PollySynthesizer: SpeechSynthesizer {
    private let polly: PollyAPI
    private let voices: [Language: String]
    private let engine: PollySpeechRequest.Engine

    /// The voices of languages for which no other is named; all have the neural engine.
    public static let defaultVoices: [Language: String] = [.english: "Joanna", .german: "Vicki"]
    /// The maximum size of one sentence's speech: PCM of a quarter of an hour.
    private static let maximumBytes = 32 << 20

    /// Creates a synthesizer.
    ///
    /// - Parameters:
    ///   - polly: The service.
    ///   - voices: The IDs of voices by language, in place of the default ones.
    ///   - engine: The engine, which the voices need to have.
    public init(_ polly: PollyAPI, voices: [Language: String] = [:], engine: PollySpeechRequest.Engine = .neural) {
        self.polly = polly
        self.voices = Self.defaultVoices.merging(voices) { $1 }
        self.engine = engine
    }

    /// The service's name.
    public var name: String { "polly" }

    /// Speaks a sentence.
    public func speech(
        of text: String,
        in language: Language,
        preferring encoding: SpeechEncoding
    ) async throws(VoiceError) -> Speech {
        guard let voice = voices[language] else {
            throw VoiceError(.unsupportedLanguage, "There is no voice for \(language.name).")
        }
        let request = PollySpeechRequest(text: text, voice: voice, engine: engine, encoding: encoding.ofPolly)
        do throws(AWSError) {
            let bytes = try await polly.speech(request).collect(upTo: Self.maximumBytes)
            return Speech(bytes: bytes, format: encoding.formatOfPolly)
        } catch {
            throw VoiceError(error)
        }
    }
}

extension SpeechEncoding {
    fileprivate var ofPolly: PollySpeechRequest.Encoding {
        switch self {
        case .pcm: .pcm
        case .mp3: .mp3
        case .oggOpus: .oggOpus
        }
    }

    fileprivate var formatOfPolly: Speech.Format {
        switch self {
        case .pcm: .pcm(sampleRate: 16_000)
        case .mp3: .mp3
        case .oggOpus: .oggOpus
        }
    }
}
