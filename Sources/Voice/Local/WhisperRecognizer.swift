internal import Whisper

/// Hears with a Whisper model on this machine.
struct WhisperRecognizer: SpeechRecognizer {
    let name = "whisper"
    private let recognizer: Recognizer

    /// The confidence from which on a recording is not in a language that is not expected.
    private static let clear = 0.5
    /// The probability from which on a language that is not expected is believed.
    ///
    /// Of 80 questions in German by eight voices of espeak-ng none was more probably than 0.55 in a third language; of eight in Spanish
    /// and Italian, six were.
    private static let certain = 0.6

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
        let expected = try await hear(samples, codes)
        guard languages.count > 1, expected.confidence < Self.clear else { return Transcript(expected) }
        // Short questions are taken for a related language at times; the model is surer of what was really said.
        let free = try await hear(samples, [])
        let isAnother = free.language.map { !codes.contains($0) } == true && free.languageProbability >= Self.certain
        return Transcript(isAnother && expected.confidence < free.confidence ? free : expected)
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
