/// Speaks with espeak-ng.
struct EspeakSynthesizer: SpeechSynthesizer {
    let name = "espeak-ng"
    /// The voices by language, as `espeak-ng --voices` names them.
    let voices: [Language: String]

    /// Its library for sound cards reserves a file in memory, even if no card is used.
    private static let limits = AudioProgram.Limits(
        time: .seconds(20),
        memory: 512 << 20,
        files: 128 << 20,
        output: 32 << 20
    )

    func speech(
        of text: String,
        in language: Language,
        preferring encoding: SpeechEncoding
    ) async throws(VoiceError) -> Speech {
        let voice = voices[language] ?? Self.voice(of: language)
        if voices[language] != nil { try await EspeakVoices.ofProgram().require(voice, for: language) }
        // The text is not an argument, since other users can read those.
        let outcome = try await AudioProgram.espeak.run(
            ["-v", voice, "-s", String(Self.speed(of: language)), "-b", "1", "--stdin", "--stdout"],
            reading: Array(text.utf8),
            within: Self.limits
        )
        // The header states a length that was not known when it was written.
        guard outcome.isSuccess, outcome.output.count > WAVHeader.size, outcome.output.starts(with: "RIFF".utf8) else {
            throw VoiceError(.failed, "espeak-ng did not speak with the voice \(voice).")
        }
        let rate = outcome.output[24..<28].reversed().reduce(0) { $0 << 8 | Int($1) }
        return Speech(bytes: Array(outcome.output[WAVHeader.size...]), format: .pcm(sampleRate: rate))
    }

    /// The number of words in a minute at which a recogniser understands most of the voice.
    private static func speed(of language: Language) -> Int {
        switch language {
        case .english: 150
        case .german: 130
        }
    }

    private static func voice(of language: Language) -> String {
        switch language {
        case .english: "en-us+m3"
        case .german: "de+m3"
        }
    }
}
