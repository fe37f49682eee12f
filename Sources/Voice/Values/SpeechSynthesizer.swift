/// Makes speech of text.
///
/// A cancelled task ends the work at once, and leaves neither a process nor a connection behind.
public protocol SpeechSynthesizer: Sendable {
    /// The name of the program or service, such as `espeak-ng`, for logs, metrics and the diagnosis.
    var name: String { get }

    /// Speaks a sentence.
    ///
    /// - Parameters:
    ///   - text: Plain text of 1 to ``SpeechLimits/utteranceCharacters`` characters.
    ///   - language: The language of the text.
    ///   - encoding: The encoding that the caller needs; where the synthesizer does not make it, it makes PCM.
    /// - Returns: The speech in that encoding, or in PCM.
    /// - Throws: ``VoiceError``.
    func speech(
        of text: String,
        in language: Language,
        preferring encoding: SpeechEncoding
    ) async throws(VoiceError) -> Speech
}
