import HTTPClient
import OpenAI
import TestSupport
import Testing

@testable import Voice

@Suite struct OpenAISpeechTests {
    private let recording = Recording(samples: Array(repeating: 1000, count: 16_000))

    private func withClient<Result>(
        hears: String = "",
        play: ScriptedAudio.Play = .usual,
        key: String = ScriptedAudio.key,
        _ body: (OpenAIClient, ScriptedAudio) async throws -> Result
    ) async throws -> Result {
        try await withScriptedAudio(hears: hears, play: play) { audio, baseURL in
            let http = try HTTPClient()
            let configuration = OpenAIConfiguration(
                baseURL: baseURL,
                apiKey: key,
                retry: RetryPolicy(maximumRetries: 0)
            )
            let result = try await body(OpenAIClient(configuration: configuration, http: http), audio)
            await http.shutdown()
            return result
        }
    }

    @Test func speaksInTheEncodingThatIsNeeded() async throws {
        try await withClient { client, audio in
            let synthesizer = OpenAISynthesizer(client: client, model: "gpt-4o-mini-tts", voices: [.german: "cedar"])
            let mp3 = try await synthesizer.speech(of: "Hallo.", in: .german, preferring: .mp3)
            #expect(mp3.format == .mp3)
            let pcm = try await synthesizer.speech(of: "Hello.", in: .english, preferring: .oggOpus)
            #expect(pcm == Speech(bytes: ScriptedAudio.sound, format: .pcm(sampleRate: 24_000)))
            #expect(audio.requests[0].text.contains(#""voice":"cedar""#))
            #expect(audio.requests[0].text.contains(#""response_format":"mp3""#))
            #expect(audio.requests[1].text.contains(#""voice":"marin""#))
            #expect(audio.requests[1].text.contains(#""input":"Hello.""#))
        }
    }

    @Test func takesTheWAVOfAServerThatAlwaysSendsOne() async throws {
        try await withClient(play: .wav) { client, _ in
            let speech = try await OpenAISynthesizer(client: client, model: "kokoro")
                .speech(of: "Hello.", in: .english, preferring: .mp3)
            #expect(speech == Speech(bytes: ScriptedAudio.sound, format: .pcm(sampleRate: 48_000)))
        }
    }

    @Test func hearsARecordingAsAWAVFile() async throws {
        try await withClient(hears: " How many days? ") { client, audio in
            let recognizer = OpenAIRecognizer(client: client, model: "gpt-transcribe")
            let transcript = try await recognizer.transcript(of: recording, in: [.german, .english])
            #expect(transcript == Transcript(text: "How many days?", language: "en"))
            #expect(!audio.requests[0].text.contains("name=\"language\""))
            _ = try await recognizer.transcript(of: recording, in: [.german])
            #expect(audio.requests[1].text.contains("name=\"language\"\r\n\r\nde\r\n"))
            #expect(audio.requests[1].text.contains("gpt-transcribe"))
        }
    }

    @Test(arguments: [
        (ScriptedAudio.Play.error(429, code: "rate_limit_exceeded"), VoiceError.Code.busy),
        (.error(503, code: "server_is_overloaded"), .busy), (.error(404, code: "model_not_found"), .refused),
        (.error(400, code: "invalid_value"), .refused), (.error(500, code: "server_error"), .failed),
        (.page, .failed), (.empty, .failed),
    ])
    func eachFaultHasItsOutcome(play: ScriptedAudio.Play, code: VoiceError.Code) async throws {
        try await withClient(play: play) { client, _ in
            let synthesizer = OpenAISynthesizer(client: client, model: "tts")
            let recognizer = OpenAIRecognizer(client: client, model: "stt")
            let spoken = await #expect(throws: VoiceError.self) {
                try await synthesizer.speech(of: "Hello.", in: .english, preferring: .mp3)
            }
            let heard = await #expect(throws: VoiceError.self) {
                try await recognizer.transcript(of: recording, in: [.english])
            }
            #expect(spoken?.code == code)
            #expect(heard?.code == code)
            #expect(spoken?.message.contains("Said upstream") == false)
        }
    }

    @Test func aRefusedKeyIsTheOperators() async throws {
        try await withClient(key: "sk-wrong") { client, _ in
            let error = await #expect(throws: VoiceError.self) {
                try await OpenAISynthesizer(client: client, model: "tts").speech(
                    of: "Hi.",
                    in: .english,
                    preferring: .mp3
                )
            }
            #expect(error?.code == .refused)
            #expect(error?.message.contains("sk-wrong") == false)
        }
    }

    @Test func aCallerWhoLeavesEndsTheCall() async throws {
        let left = Gate()
        try await withClient(play: .silence(left)) { client, audio in
            let synthesizer = OpenAISynthesizer(client: client, model: "tts")
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    let error = await #expect(throws: VoiceError.self) {
                        try await synthesizer.speech(of: "Hello.", in: .english, preferring: .mp3)
                    }
                    #expect(error?.code == .cancelled)
                }
                while audio.requests.isEmpty { await Task.yield() }
                group.cancelAll()
            }
            await left.wait()
        }
        #expect(left.isOpen)
    }
}
