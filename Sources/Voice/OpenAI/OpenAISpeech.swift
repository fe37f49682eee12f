public import OpenAI

/// Speaks by `/audio/speech` of a server with OpenAI's wire.
public struct OpenAISynthesizer: SpeechSynthesizer {
    /// The name for logs, metrics and the diagnosis.
    public let name = "openai"
    private let audio: AudioAPI
    private let model: String
    private let voices: [Language: String]

    /// The voice of OpenAI's API that is used for a language without a configured one.
    public static let usualVoice = "marin"
    /// The number of samples in a second of the format `pcm`, which has no header.
    private static let sampleRate = 24_000

    /// Creates a synthesizer.
    ///
    /// - Parameters:
    ///   - client: A client of the server.
    ///   - model: The model's ID.
    ///   - voices: The voices' names by language.
    public init(client: OpenAIClient, model: String, voices: [Language: String] = [:]) {
        audio = client.audio
        self.model = model
        self.voices = voices
    }

    /// Speaks a sentence; see ``SpeechSynthesizer/speech(of:in:preferring:)``.
    public func speech(
        of text: String,
        in language: Language,
        preferring encoding: SpeechEncoding
    ) async throws(VoiceError) -> Speech {
        let voice = voices[language] ?? Self.usualVoice
        let format = encoding == .mp3 ? "mp3" : "pcm"
        do throws(OpenAIError) {
            let bytes = try await audio.speak(text, model: model, voice: voice, format: format)
            guard !bytes.isEmpty else { throw OpenAIError(.malformedAnswer) }
            return Self.speech(bytes, encoding)
        } catch {
            throw VoiceError(error, of: "The service that speaks")
        }
    }

    /// Interprets a response: some servers send WAV, whatever format was asked for, with a length that says nothing.
    private static func speech(_ bytes: [UInt8], _ encoding: SpeechEncoding) -> Speech {
        guard let wav = WAVFile(bytes) else {
            return Speech(bytes: bytes, format: encoding == .mp3 ? .mp3 : .pcm(sampleRate: sampleRate))
        }
        return Speech(bytes: wav.pcm, format: .pcm(sampleRate: wav.sampleRate))
    }
}

/// Hears by `/audio/transcriptions` of a server with OpenAI's wire.
public struct OpenAIRecognizer: SpeechRecognizer {
    /// The name for logs, metrics and the diagnosis.
    public let name = "openai"
    private let audio: AudioAPI
    private let model: String

    /// Creates a recognizer.
    ///
    /// - Parameters:
    ///   - client: A client of the server.
    ///   - model: The model's ID.
    public init(client: OpenAIClient, model: String) {
        audio = client.audio
        self.model = model
    }

    /// Transcribes a recording; see ``SpeechRecognizer/transcript(of:in:)``.
    public func transcript(of recording: Recording, in languages: [Language]) async throws(VoiceError) -> Transcript {
        do throws(OpenAIError) {
            let transcription = try await audio.transcribe(
                recording.wav,
                filename: "question.wav",
                model: model,
                language: languages.count == 1 ? languages[0].rawValue : nil
            )
            let language = transcription.language ?? transcription.languages?.first
            return Transcript(text: transcription.text.trimmingWhiteSpace(), language: language.map(Self.code))
        } catch {
            throw VoiceError(error, of: "The service that hears")
        }
    }

    /// The code of a language that may be given by its English name.
    private static func code(_ language: String) -> String {
        let name = language.lowercased()
        return Language.allCases.first { $0.name.lowercased() == name }?.rawValue ?? String(name.prefix(2))
    }
}

extension VoiceError {
    /// Translates an error of a server with OpenAI's wire.
    fileprivate init(_ error: OpenAIError, of service: String) {
        switch error.code {
        case .cancelled:
            self.init(.cancelled, "The request was cancelled.")
        case .rateLimited, .overloaded:
            self.init(.busy, "\(service) is busy. Try again.", retryAfter: error.retryAfter ?? .seconds(5))
        case .timedOut, .deadlinePassed:
            self.init(.timeout, "\(service) did not answer in time.")
        case .unreachable, .certificateUntrusted:
            self.init(.unavailable, "\(service) cannot be reached.", retryAfter: .seconds(30))
        case .unauthorized, .forbidden, .quotaExhausted, .modelNotFound, .invalidRequest, .notFound:
            self.init(
                .refused,
                "\(service) refuses the request: \(error.code). The operator has to look at its settings."
            )
        default:
            self.init(.failed, "\(service) failed.")
        }
    }
}
