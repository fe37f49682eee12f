/// Speech in both directions: what hears recordings, and what speaks text.
///
/// ```swift
/// import Voice
///
/// func answer(_ recording: [UInt8], with voice: Voice) async throws -> [UInt8] {
///     let question = try await voice.hear(recording)
///     let speech = try await voice.speech(of: "You said: \(question.text)", in: question.language, as: .mpeg)
///     return speech.bytes
/// }
/// ```
public struct Voice: Sendable {
    /// One direction of speech.
    public enum Part<Value: Sendable>: Sendable {
        /// It is on.
        case on(Value)
        /// It is off, and this sentence says how it is turned on.
        case off(String)
    }

    /// What speaks.
    public let speaking: Part<any SpeechSynthesizer>
    /// What hears.
    public let hearing: Part<any SpeechRecognizer>
    /// The languages that are heard and spoken, the most likely first; not empty.
    public let languages: [Language]
    private let decoder: AudioDecoder
    private let encoder = AudioEncoder()

    /// Why a part is off that nothing was configured for.
    public static let usualReason =
        "Voice is off. VOICE=local turns it on, and scripts/run --with-voice installs what it needs."

    /// Creates speech.
    ///
    /// - Parameters:
    ///   - speaking: What speaks.
    ///   - hearing: What hears.
    ///   - languages: The languages that are heard and spoken, the most likely first; not empty.
    ///   - decoderCommand: The program and the arguments that start ffmpeg without rights, see ``DecoderSandbox``; empty to
    ///     start it with those of this process.
    public init(
        speaking: Part<any SpeechSynthesizer> = .off(Voice.usualReason),
        hearing: Part<any SpeechRecognizer> = .off(Voice.usualReason),
        languages: [Language] = [.english, .german],
        decoderCommand: [String] = []
    ) {
        precondition(!languages.isEmpty, "speech has a language")
        self.speaking = speaking
        self.hearing = hearing
        self.languages = languages
        decoder = AudioDecoder(command: decoderCommand)
    }

    /// What was heard in a recording.
    public struct Heard: Sendable, Hashable {
        /// The words; empty where nothing was understood.
        public let text: String
        /// The language of the words.
        public let language: Language
        /// How long the recording is.
        public let duration: Duration
    }

    /// Transcribes a recording.
    ///
    /// - Parameters:
    ///   - file: The content of a file in one of the usual formats, of at most ``SpeechLimits/recordingBytes`` and
    ///     ``SpeechLimits/recordingTime``.
    ///   - language: The language of the recording; nil if the caller does not say.
    /// - Returns: What was heard.
    /// - Throws: ``VoiceError``.
    public func hear(_ file: [UInt8], in language: Language? = nil) async throws(VoiceError) -> Heard {
        guard case .on(let recognizer) = hearing else { throw hearingIsOff }
        let recording = try await decoder.recording(of: file)
        let transcript = try await recognizer.transcript(of: recording, in: language.map { [$0] } ?? languages)
        let text = transcript.text.trimmingWhiteSpace()
        return Heard(
            text: text.contains { $0.isLetter || $0.isNumber } ? text : "",
            language: try self.language(of: transcript, saidToBe: language),
            duration: recording.duration
        )
    }

    /// The language of a transcript.
    private func language(of transcript: Transcript, saidToBe said: Language?) throws(VoiceError) -> Language {
        if let said { return said }
        guard let code = transcript.language else { return Language(of: transcript.text, orElse: languages[0]) }
        guard let language = languages.first(where: { $0.rawValue == code }) else {
            // What was not understood has no language.
            guard !transcript.text.isEmpty else { return languages[0] }
            let names = languages.map(\.name).joined(separator: " and ")
            throw VoiceError(
                .unsupportedLanguage,
                "The recording is in another language (\(code)); this assistant understands \(names)."
            )
        }
        return language
    }

    /// Speaks an utterance.
    ///
    /// - Parameters:
    ///   - text: Plain text of 1 to ``SpeechLimits/utteranceCharacters`` characters.
    ///   - language: The language of the text.
    ///   - type: The type of audio that it is for.
    /// - Returns: Speech for ``AudioStream`` or ``file(of:as:)``.
    /// - Throws: ``VoiceError``.
    public func speech(of text: String, in language: Language, as type: AudioType) async throws(VoiceError) -> Speech {
        guard case .on(let synthesizer) = speaking else { throw speakingIsOff }
        let speech = try await synthesizer.speech(of: text, in: language, preferring: type.encoding)
        guard case .pcm(let rate) = speech.format else { return speech }
        return try await encoder.encode(speech.bytes, sampleRate: rate, as: type.encoding)
    }

    /// Returns speech as a file of its own.
    public func file(of speech: Speech, as type: AudioType) -> [UInt8] { type.file(of: speech) }

    /// Checks that text can be spoken.
    ///
    /// - Throws: ``VoiceError`` with code `unavailable` otherwise.
    public func requireSpeaking() throws(VoiceError) {
        if case .off = speaking { throw speakingIsOff }
    }

    /// Checks that recordings can be heard.
    ///
    /// - Throws: ``VoiceError`` with code `unavailable` otherwise.
    public func requireHearing() throws(VoiceError) {
        if case .off = hearing { throw hearingIsOff }
    }

    private var speakingIsOff: VoiceError {
        if case .off(let reason) = speaking {
            VoiceError(.unavailable, reason)
        } else {
            VoiceError(.unavailable, Self.usualReason)
        }
    }

    private var hearingIsOff: VoiceError {
        if case .off(let reason) = hearing {
            VoiceError(.unavailable, reason)
        } else {
            VoiceError(.unavailable, Self.usualReason)
        }
    }

    /// Returns the language of a text; of a text in neither, the first of ``languages``.
    public func language(of text: String) -> Language {
        let language = Language(of: text, orElse: languages[0])
        return languages.contains(language) ? language : languages[0]
    }
}
