public import AWS

/// Hears with Amazon Transcribe.
public struct TranscribeRecognizer: SpeechRecognizer {
    private let transcribe: TranscribeAPI

    /// Creates a recognizer.
    public init(_ transcribe: TranscribeAPI) {
        self.transcribe = transcribe
    }

    /// The service's name.
    public var name: String { "transcribe" }

    /// Transcribes a recording, which takes as long as the recording is.
    public func transcript(
        of recording: Recording,
        in languages: [Language]
    ) async throws(VoiceError) -> Transcript {
        let request = TranscriptionRequest(
            audio: recording.pcm,
            sampleRate: Recording.sampleRate,
            languages: languages.map(\.ofTranscribe)
        )
        do throws(AWSError) {
            let transcription = try await transcribe.transcription(of: request)
            // Where there was a choice, the service tells it; one language is the caller's word, not the service's.
            return Transcript(text: transcription.text, language: transcription.language.map { String($0.prefix(2)) })
        } catch {
            throw VoiceError(error)
        }
    }
}

extension Language {
    /// The language with a country, as Transcribe names it.
    fileprivate var ofTranscribe: String {
        switch self {
        case .english: "en-US"
        case .german: "de-DE"
        }
    }
}
