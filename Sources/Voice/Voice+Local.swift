extension Voice {
    /// What speaks on this machine: espeak-ng.
    ///
    /// - Parameter voices: The names of voices, as `espeak-ng --voices` has them; the usual ones for other languages.
    /// - Returns: The part, off if a program is not installed.
    public static func localSpeaking(voices: [Language: String] = [:]) -> Part<any SpeechSynthesizer> {
        guard let missing = missing([.espeak, .ffmpeg]) else { return .on(EspeakSynthesizer(voices: voices)) }
        return .off("Answers cannot be spoken: \(missing)")
    }

    /// Why recordings cannot be decoded on this machine; nil if they can.
    public static var decodingProblem: String? { missing([.ffmpeg]) }

    private static func missing(_ programs: [AudioProgram]) -> String? {
        let packages = programs.filter { $0.path == nil }.map(\.package)
        guard !packages.isEmpty else { return nil }
        return "install \(packages.joined(separator: " and ")), as scripts/run --with-voice does."
    }
}
