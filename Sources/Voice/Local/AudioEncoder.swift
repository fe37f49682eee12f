/// Encodes speech, with ffmpeg.
struct AudioEncoder: Sendable {
    private static let limits = AudioProgram.Limits(time: .seconds(20), output: 16 << 20)

    /// Encodes samples of 16 bits and one channel.
    ///
    /// - Parameters:
    ///   - pcm: The samples.
    ///   - sampleRate: The number of samples in a second.
    ///   - encoding: The encoding.
    /// - Returns: A file of its own, which can also follow another in a stream.
    /// - Throws: ``VoiceError``, as ``AudioProgram`` does.
    func encode(_ pcm: [UInt8], sampleRate: Int, as encoding: SpeechEncoding) async throws(VoiceError) -> Speech {
        let (arguments, format): ([String], Speech.Format) =
            switch encoding {
            case .pcm: ([], .pcm(sampleRate: sampleRate))
            // Without headers that state a length, pieces can follow each other.
            case .mp3: (["-b:a", "48k", "-f", "mp3", "-write_xing", "0", "-id3v2_version", "0"], .mp3)
            case .oggOpus: (["-c:a", "libopus", "-b:a", "24k", "-application", "voip", "-f", "ogg"], .oggOpus)
            }
        guard encoding != .pcm else { return Speech(bytes: pcm, format: format) }
        let outcome = try await AudioProgram.ffmpeg.run(
            ["-nostdin", "-hide_banner", "-loglevel", "quiet", "-f", "s16le", "-ar", "\(sampleRate)", "-ac", "1"]
                + ["-i", "pipe:0", "-map_metadata", "-1"] + arguments + ["pipe:1"],
            reading: pcm,
            within: Self.limits
        )
        guard outcome.isSuccess, !outcome.output.isEmpty else {
            throw VoiceError(.failed, "ffmpeg could not encode the speech.")
        }
        return Speech(bytes: outcome.output, format: format)
    }
}
