/// Makes a recording of an uploaded file, with ffmpeg.
struct AudioDecoder: Sendable {
    /// This program's command that starts ffmpeg without rights; empty to start it with those of this process.
    var command: [String] = []

    /// A recording may be longer by so much before it is refused, since files round their durations.
    private static let tolerance = 1
    private static let bytesPerSecond = Recording.sampleRate * 2
    private static let limitSeconds = Int(SpeechLimits.recordingTime.components.seconds)

    /// The root mean square of the loudest tenth of a second of a recording that is not silent: -55 dB of the maximum.
    private static let silence = 58.0

    /// Reads a file.
    ///
    /// - Parameter file: The content of the file.
    /// - Returns: The first channel mix of its first sound.
    /// - Throws: ``VoiceError`` with the codes `invalidAudio`, `audioTooLong`, `silentAudio`, or those of the program.
    func recording(of file: [UInt8]) async throws(VoiceError) -> Recording {
        guard AudioContainer(of: file) != nil else {
            throw VoiceError(
                .invalidAudio,
                "The file is not a recording in one of the formats \(AudioContainer.names)."
            )
        }
        let limit = Self.limitSeconds + Self.tolerance
        let outcome = try await AudioProgram.ffmpeg.run(
            Self.arguments(seconds: limit + 1),
            startedBy: command,
            reading: file,
            within: AudioProgram.Limits(output: (limit + 2) * Self.bytesPerSecond)
        )
        // Of a file that is cut off, what could be read counts.
        guard outcome.isSuccess || outcome.output.count >= Self.bytesPerSecond / 2, outcome.output.count >= 2 else {
            throw VoiceError(
                .invalidAudio,
                "The file contains no sound that can be read. It may be damaged or encrypted."
            )
        }
        guard outcome.output.count <= limit * Self.bytesPerSecond else {
            throw VoiceError(.audioTooLong, "The recording is longer than \(Self.limitSeconds / 60) minutes.")
        }
        let recording = Recording(pcm: outcome.output)
        guard Self.loudness(of: recording.samples) > Self.silence else {
            throw VoiceError(.silentAudio, "The recording is silent. Is the right microphone on, and not muted?")
        }
        return recording
    }

    /// Only formats of recordings are read, and none that refers to other files or addresses.
    private static func arguments(seconds: Int) -> [String] {
        [
            "-nostdin", "-hide_banner", "-loglevel", "quiet", "-threads", "1", "-protocol_whitelist", "file,pipe",
            "-format_whitelist", AudioContainer.allCases.map(\.demuxer).joined(separator: ","),
            "-i", "file:/dev/stdin", "-map", "0:a:0", "-vn", "-sn", "-dn", "-t", "\(seconds)",
            "-ac", "1", "-ar", "\(Recording.sampleRate)", "-f", "s16le", "pipe:1",
        ]
    }

    private static func loudness(of samples: [Int16]) -> Double {
        let window = Recording.sampleRate / 10
        return stride(from: 0, to: samples.count, by: window).map { start in
            let part = samples[start..<min(start + window, samples.count)]
            return (part.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(part.count)).squareRoot()
        }.max() ?? 0
    }
}

/// The formats of recordings, by the first bytes of their files.
enum AudioContainer: CaseIterable {
    case wav, mp3, ogg, webm, mp4, flac, aac, aiff, amr, caf

    /// The formats, as messages name them.
    static let names = "WAV, MP3, Ogg, WebM, M4A, FLAC, AAC, AIFF, AMR and CAF"

    /// The name of ffmpeg's reader.
    var demuxer: String {
        switch self {
        case .wav: "wav"
        case .mp3: "mp3"
        case .ogg: "ogg"
        case .webm: "matroska"
        case .mp4: "mov"
        case .flac: "flac"
        case .aac: "aac"
        case .aiff: "aiff"
        case .amr: "amr"
        case .caf: "caf"
        }
    }

    /// Determines the format of a file; nil for another one.
    init?(of file: [UInt8]) {
        func has(_ text: String, at offset: Int = 0) -> Bool { file.dropFirst(offset).starts(with: text.utf8) }
        if has("RIFF"), has("WAVE", at: 8) { self = .wav; return }
        if has("ID3") { self = .mp3; return }
        if has("OggS") { self = .ogg; return }
        if file.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { self = .webm; return }
        if has("ftyp", at: 4) { self = .mp4; return }
        if has("fLaC") { self = .flac; return }
        if has("FORM"), has("AIF", at: 8) { self = .aiff; return }
        if has("#!AMR") { self = .amr; return }
        if has("caff") { self = .caf; return }
        // Frames without a header begin with eleven ones; the layer is 0 in AAC.
        guard file.count > 4, file[0] == 0xFF, file[1] & 0xE0 == 0xE0 else { return nil }
        self = file[1] & 0x06 == 0 ? .aac : .mp3
    }
}
