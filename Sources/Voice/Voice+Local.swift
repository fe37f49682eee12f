#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension Voice {
    /// What speaks on this machine: espeak-ng.
    ///
    /// - Parameter voices: The names of voices, as `espeak-ng --voices` has them; the usual ones for other languages.
    /// - Returns: The part, off if a program is not installed.
    public static func localSpeaking(voices: [Language: String] = [:]) -> Part<any SpeechSynthesizer> {
        guard let missing = missing([.espeak, .ffmpeg]) else { return .on(EspeakSynthesizer(voices: voices)) }
        return .off("Answers cannot be spoken: \(missing)")
    }

    /// What hears on this machine: a Whisper model.
    ///
    /// - Parameter folder: The folder of the model, which is read into memory.
    /// - Returns: The part, off if the model or a program is missing.
    public static func localHearing(modelFolder folder: String) -> Part<any SpeechRecognizer> {
        if let decodingProblem { return .off("Questions cannot be heard: \(decodingProblem)") }
        guard access("\(folder)/model.bin", R_OK) == 0 else {
            return .off(
                "Questions cannot be heard: the model that hears is missing. scripts/run --with-voice, or scripts/fetch-whisper, "
                    + "fetches it."
            )
        }
        do throws(VoiceError) {
            return .on(try WhisperRecognizer(folder: folder))
        } catch {
            return .off(error.message)
        }
    }

    /// Why recordings cannot be decoded on this machine; nil if they can.
    public static var decodingProblem: String? { missing([.ffmpeg]) }

    private static func missing(_ programs: [AudioProgram]) -> String? {
        let packages = programs.filter { $0.path == nil }.map(\.package)
        guard !packages.isEmpty else { return nil }
        return "install \(packages.joined(separator: " and ")), as scripts/run --with-voice does."
    }
}
