/// Makes text of speech.
///
/// A cancelled task ends the work at once, and leaves neither a process nor a connection behind.
public protocol SpeechRecognizer: Sendable {
    /// The name of the program or service, such as `whisper`, for logs, metrics and the diagnosis.
    var name: String { get }

    /// Transcribes a recording.
    ///
    /// - Parameters:
    ///   - recording: The recording.
    ///   - languages: The languages that callers speak, the most likely first; never empty, and of one language where the
    ///     caller has named it.
    /// - Returns: The transcript, without partial results; its text is empty where nothing was understood.
    /// - Throws: ``VoiceError``.
    func transcript(of recording: Recording, in languages: [Language]) async throws(VoiceError) -> Transcript
}

/// The words of a recording.
public struct Transcript: Sendable, Hashable {
    /// The words; empty where nothing was understood.
    public var text: String
    /// The code of the language that was recognized, by ISO 639-1; nil where the recognizer does not report it.
    public var language: String?

    /// Creates a transcript.
    public init(text: String, language: String? = nil) {
        self.text = text
        self.language = language
    }
}
