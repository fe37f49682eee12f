import Foundation
import TestSupport
import Testing

@testable import Voice

/// espeak-ng and ffmpeg, as they are installed.
@Suite struct LocalSpeechTests {
    private let espeak = EspeakSynthesizer(voices: [:])
    private let decoder = AudioDecoder()

    private func speech(_ text: String, _ language: Language = .english) async throws -> (pcm: [UInt8], rate: Int) {
        let speech = try await espeak.speech(of: text, in: language, preferring: .pcm)
        guard case .pcm(let rate) = speech.format else { throw VoiceError(.failed, "no PCM") }
        return (speech.bytes, rate)
    }

    private func convert(_ input: [UInt8], _ arguments: [String]) async throws -> [UInt8] {
        let outcome = try await AudioProgram.ffmpeg.run(
            ["-nostdin", "-loglevel", "error"] + arguments,
            reading: input,
            within: AudioProgram.Limits(output: 64 << 20)
        )
        #expect(outcome.isSuccess)
        return outcome.output
    }

    @Test(arguments: [(Language.english, "Twenty seven days."), (.german, "Siebenundzwanzig Tage.")])
    func speaksBothLanguages(language: Language, text: String) async throws {
        let (pcm, rate) = try await speech(text, language)
        let seconds = Double(pcm.count) / Double(2 * rate)
        #expect((0.5...5).contains(seconds))
        #expect(pcm.contains { $0 != 0 })
        let other = try await speech("A sentence that takes longer to say than the first one.", language)
        #expect(other.pcm.count > pcm.count)
    }

    @Test(arguments: [
        ("no-such-voice", "en-us"), ("en-us+no-such-variant", "m3"), ("en-us+", "m3"), ("en-us+M3", "m3"),
    ])
    func anUnknownVoiceIsNamed(voice: String, known: String) async throws {
        let error = await #expect(throws: VoiceError.self) {
            try await EspeakSynthesizer(voices: [.english: voice]).speech(of: "Hi", in: .english, preferring: .pcm)
        }
        #expect(error?.code == .unavailable)
        #expect(error?.message.contains("VOICE_NAMES") == true)
        // It says which there are.
        #expect(error?.message.contains(known) == true)
        #expect(error?.message.contains(String(voice.split(separator: "+").last ?? "")) == true)
    }

    @Test(arguments: ["en", "en-gb", "EN-GB+f2", "en-029+m7", "en-gb-x-rp"])
    func aKnownVoiceSpeaks(voice: String) async throws {
        let espeak = EspeakSynthesizer(voices: [.english: voice])
        #expect(try await espeak.speech(of: "Hi", in: .english, preferring: .pcm).bytes.count > 2000)
    }

    /// A file of each format that is named to callers, except AMR, which no free encoder here makes.
    ///
    /// Of MP4 the index is at the end, so that the file has to be read back and forth.
    @Test(arguments: [
        "question.wav", "question.mp3", "question.ogg", "question.opus", "question.webm", "question.m4a",
        "question.flac",
        "question.aac", "question.aiff", "question.caf",
    ])
    func hearsEachFormatAndRate(name: String) async throws {
        let (pcm, rate) = try await speech("How many days of annual leave do I get?")
        let codec = name.hasSuffix("ogg") ? ["-c:a", "libvorbis"] : []
        let recording = try await withTemporaryFolder { folder in
            let (raw, file) = ("\(folder)/raw", "\(folder)/\(name)")
            try Data(pcm).write(to: URL(filePath: raw))
            let ffmpeg = Process()
            ffmpeg.executableURL = URL(filePath: try #require(AudioProgram.ffmpeg.path))
            ffmpeg.arguments =
                ["-loglevel", "error", "-f", "s16le", "-ar", "\(rate)", "-ac", "1", "-i", raw, "-ac", "2"] + codec + [
                    file
                ]
            try ffmpeg.run()
            ffmpeg.waitUntilExit()
            return try await decoder.recording(of: Array(Data(contentsOf: URL(filePath: file))))
        }
        let expected = Double(pcm.count) / Double(2 * rate)
        let found = Double(recording.samples.count) / Double(Recording.sampleRate)
        #expect(abs(expected - found) < 0.2)
    }

    @Test func whatIsNoRecordingHasItsError() async throws {
        let silence = Recording(samples: Array(repeating: 3, count: 32_000)).wav
        let (pcm, rate) = try await speech("Hello.")
        let wav = AudioType.wav.file(of: Speech(bytes: pcm, format: .pcm(sampleRate: rate)))
        let mp3 = try await convert(wav, ["-i", "pipe:0", "-f", "mp3", "pipe:1"])
        let cases: [([UInt8], VoiceError.Code)] = [
            ([], .invalidAudio), (Array("How many days?".utf8), .invalidAudio), (Array("%PDF-1.7".utf8), .invalidAudio),
            (Array("RIFF\0\0\0\0WAVE".utf8), .invalidAudio),
            ([0x1A, 0x45, 0xDF, 0xA3] + mp3.reversed(), .invalidAudio),
            (Array("#EXTM3U\nhttp://127.0.0.1:9/x.mp3\n".utf8), .invalidAudio),
            (Array("OggS".utf8) + Array(repeating: 0, count: 1000), .invalidAudio), (silence, .silentAudio),
            (Recording(samples: []).wav, .invalidAudio),
        ]
        for (file, code) in cases {
            let error = await #expect(throws: VoiceError.self) { try await decoder.recording(of: file) }
            #expect(error?.code == code, "\(String(decoding: file.prefix(12), as: UTF8.self))")
        }
        // A file that is cut off is heard as far as it goes.
        #expect(try await !decoder.recording(of: Array(mp3.prefix(mp3.count * 3 / 4))).samples.isEmpty)
    }

    @Test func aRecordingOfThreeHoursInAFewBytesIsRefusedInTime() async throws {
        // A tone of a quarter of an hour, and of three hours, in less than a megabyte.
        for (seconds, format) in [("900", "ogg"), ("10800", "flac")] {
            let codec =
                format == "ogg"
                ? ["-c:a", "libopus", "-b:a", "6k", "-compression_level", "0"]
                : ["-ar", "8000", "-compression_level", "5"]
            let file = try await convert(
                [],
                ["-f", "lavfi", "-i", "sine=frequency=400:sample_rate=8000:duration=\(seconds)"] + codec
                    + ["-f", format, "pipe:1"]
            )
            #expect(file.count < SpeechLimits.recordingBytes * 4)
            let error = await #expect(throws: VoiceError.self) { try await decoder.recording(of: file) }
            #expect(error?.code == .audioTooLong)
        }
    }

    @Test(arguments: AudioType.allCases)
    func sentencesJoinToOneStream(type: AudioType) async throws {
        let voice = Voice(speaking: .on(espeak))
        var stream = AudioStream(type: type)
        var (bytes, seconds): ([UInt8], Double) = ([], 0)
        for text in ["You get 27 days.", "Five of them may be carried over.", "From the document annual leave."] {
            let speech = try await voice.speech(of: text, in: .english, as: type)
            let alone = try await decoder.recording(of: voice.file(of: speech, as: type))
            seconds += Double(alone.samples.count) / Double(Recording.sampleRate)
            bytes += stream.bytes(adding: speech)
        }
        bytes += stream.end()
        let whole = try await decoder.recording(of: bytes)
        let found = Double(whole.samples.count) / Double(Recording.sampleRate)
        #expect(abs(found - seconds) < 0.3)
        // One stream of Ogg, not a chain: the mark of a beginning is there once.
        let heads = String(decoding: bytes, as: Unicode.ASCII.self).components(separatedBy: "OpusHead").count - 1
        #expect(heads == (type == .ogg ? 1 : 0))
    }

    @Test func twentyCallersAreAllServed() async throws {
        let voice = Voice(speaking: .on(espeak))
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<20 {
                group.addTask {
                    try await voice.speech(of: "This is caller number \(number).", in: .english, as: .mpeg).bytes.count
                }
            }
            for try await count in group { #expect(count > 1000) }
        }
    }
}
