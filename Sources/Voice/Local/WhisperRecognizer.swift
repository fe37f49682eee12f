internal import Whisper

/// Hears with a Whisper model on this machine.
struct WhisperRecognizer: SpeechRecognizer {
    let name = "whisper"
    private let recognizer: Recognizer

    /// Opens the model of a folder.
    ///
    /// - Throws: ``VoiceError`` with code `unavailable` if it cannot be used.
    init(folder: String) throws(VoiceError) {
        do {
            recognizer = try Recognizer(folder: folder)
        } catch {
            throw VoiceError(.unavailable, "The model that hears cannot be used: \(error).")
        }
    }

    func transcript(of recording: Recording, in languages: [Language]) async throws(VoiceError) -> Transcript {
        let (samples, codes) = (recording.floats, languages.map(\.rawValue))
        let free = try await hear(samples, languages.count == 1 ? codes : [])
        guard let language = free.language, !codes.contains(language) else { return Transcript(free) }
        // Short questions are taken for a related language at times; the model is surer of what was really said.
        let expected = try await hear(samples, codes)
        return Transcript(expected.confidence > free.confidence ? expected : free)
    }

    private func hear(_ samples: [Float], _ languages: [String]) async throws(VoiceError) -> Whisper.Transcript {
        do {
            return try await recognizer.transcript(of: samples, among: languages)
        } catch is CancellationError {
            throw VoiceError(.cancelled, "The request was cancelled.")
        } catch let error as WhisperError where error.code == .busy {
            throw VoiceError(.busy, "Too many recordings are being heard. Try again.", retryAfter: .seconds(5))
        } catch {
            throw VoiceError(.failed, "The recording could not be heard.")
        }
    }
}

extension Transcript {
    fileprivate init(_ transcript: Whisper.Transcript) {
        self.init(text: transcript.text, language: transcript.language)
    }
}

extension Whisper.Transcript {
    /// How sure the model is of the words, 0 to 1; 0 without words.
    fileprivate var confidence: Double { segments.map(\.confidence).min() ?? 0 }
}
