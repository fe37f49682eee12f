import AWS
import HTTPClient
import TestSupport
import Testing

@testable import Voice

/// Polly and Transcribe behind the interfaces of speech, spoken to the stand-in.
@Suite(
    .enabled(if: AWSStandIn.isAvailable, "botocore, h2, espeak-ng or ffmpeg is missing; scripts/test installs them"),
    .timeLimit(.minutes(1))
)
struct AWSVoiceTests {
    private static let question = "How many days of annual leave do I get?"
    private static let questionInGerman = "Wie viele Urlaubstage habe ich im Jahr?"
    private static let standIn = Task {
        try await AWSStandIn(phrases: [.init(question, "en"), .init(questionInGerman, "de")])
    }

    /// What Polly says, Transcribe understands.
    @Test(arguments: [(question, Language.english), (questionInGerman, .german)])
    func understandsWhatItSays(_ text: String, _ language: Language) async throws {
        try await withClient { aws in
            let speech = try await PollySynthesizer(aws.polly).speech(of: text, in: language, preferring: .pcm)
            #expect(speech.format == .pcm(sampleRate: 16_000))
            let recognizer = TranscribeRecognizer(aws.transcribe)
            let recording = Recording(pcm: speech.bytes)
            let named = try await recognizer.transcript(of: recording, in: [language])
            #expect(named == Transcript(text: text))
            let chosen = try await recognizer.transcript(of: recording, in: [.english, .german])
            #expect(chosen == Transcript(text: text, language: language.rawValue))
        }
    }

    @Test(arguments: [(SpeechEncoding.mp3, Speech.Format.mp3), (.oggOpus, .oggOpus)])
    func makesTheEncodingThatIsPreferred(_ encoding: SpeechEncoding, _ format: Speech.Format) async throws {
        try await withClient { aws in
            let polly = PollySynthesizer(aws.polly, voices: [.english: "Amy"], engine: .standard)
            let speech = try await polly.speech(of: "Yes.", in: .english, preferring: encoding)
            #expect(speech.format == format)
            let beginning = Array(speech.bytes.prefix(4))
            #expect(encoding == .oggOpus ? beginning == Array("OggS".utf8) : beginning.count == 4)
        }
    }

    @Test
    func understandsNothingInSilence() async throws {
        try await withClient { aws in
            let recording = Recording(samples: [Int16](repeating: 0, count: 32_000))
            let transcript = try await TranscribeRecognizer(aws.transcribe).transcript(of: recording, in: [.english])
            #expect(transcript == Transcript(text: ""))
        }
    }

    @Test(arguments: [
        ("throttled-1", VoiceError.Code.busy), ("html-1", .failed), ("hangs-1", .timeout),
    ])
    func saysWhyThereIsNoSpeech(_ region: String, _ code: VoiceError.Code) async throws {
        try await withClient(region: region) { aws in
            let polly = PollySynthesizer(aws.polly)
            let error = await #expect(throws: VoiceError.self) {
                try await polly.speech(of: "Yes.", in: .english, preferring: .mp3)
            }
            #expect(error?.code == code)
        }
    }

    @Test
    func tellsCallersNoVariables() {
        let errors: [AWSError] = [
            AWSError(.credentialsUnavailable, "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not."),
            AWSError(.unauthorized, type: "InvalidSignatureException"),
        ]
        #expect(errors.map { VoiceError($0).code } == [.unavailable, .refused])
        #expect(errors.allSatisfy { !VoiceError($0).message.contains("AWS_") })
        #expect(VoiceError(errors[1]).message == "AWS refused the credentials. (InvalidSignatureException)")
    }

    private func withClient(region: String = "eu-central-1", _ body: (AWSClient) async throws -> Void) async throws {
        let server = try await Self.standIn.value
        let http = try HTTPClient(
            configuration: .init(trustRootsFile: server.authority, proxies: ProxyConfiguration())
        )
        let configuration = AWSConfiguration(
            region: region,
            credentials: try AWSCredentialsProvider(environment: AWSStandIn.environment),
            pollyURL: server.baseURL,
            transcribeURL: server.baseURL,
            retry: AWSRetryPolicy(maximumRetries: 1),
            // Short only for the stand-in that is to be given up.
            timeouts: .init(stall: region.hasPrefix("hangs") ? .seconds(1) : .seconds(20))
        )
        try await body(try AWSClient(configuration: configuration, http: http, clock: SelfAdvancingClock()))
        await http.shutdown()
    }
}
