import Foundation
import HTTPClient
import TestSupport
import Testing

@testable import AWS

/// Polly, spoken to the stand-in: signatures, encodings, streams and faults.
@Suite(.needsAWSStandIn, .timeLimit(.minutes(1)))
struct PollyTests {
    @Test(arguments: [
        (PollySpeechRequest.Encoding.mp3, "mp3", "24000"), (.pcm, "pcm", "16000"), (.oggVorbis, "ogg_vorbis", "24000"),
        (.oggOpus, "ogg_opus", "48000"),
    ])
    func speaksInEachEncoding(
        _ encoding: PollySpeechRequest.Encoding,
        _ name: String,
        _ rate: String
    ) async throws {
        let region = "encoding-\(name.replacing("_", with: "-"))-1"
        let audio = try await StandIn.withClient(region: region) { aws in
            let request = PollySpeechRequest(text: StandIn.hotel, voice: "Joanna", encoding: encoding)
            return try await aws.polly.speech(request).collect(upTo: 1 << 20)
        }
        let report = try await StandIn.report(region)
        #expect(report.request?["OutputFormat"] == name)
        #expect(report.request?["SampleRate"] == rate)
        #expect(report.request?["Engine"] == "neural")
        let sound = encoding == .pcm ? audio : try await Sounds.pcm(of: audio)
        // About two seconds of sound that is not silent.
        #expect((32_000..<128_000).contains(sound.count))
        #expect(sound.contains { $0 != 0 })
    }

    @Test
    func returnsAudioAsItArrives() async throws {
        let region = "slow-1"
        try await StandIn.withClient(region: region) { aws in
            let speech = try await aws.polly.speech(PollySpeechRequest(text: StandIn.leave, voice: "Joanna"))
            var count = 0
            var pieces = 0
            for try await piece in speech {
                // The rest comes only after the first piece was read.
                if count == 0 { try await StandIn.release(region) }
                count += piece.count
                pieces += 1
            }
            #expect(pieces >= 2)
            #expect(count > 5_000)
        }
    }

    @Test
    func signsWithASessionToken() async throws {
        var environment = AWSStandIn.environment
        environment["AWS_SESSION_TOKEN"] = AWSStandIn.sessionToken
        try await StandIn.withClient(environment: environment) { aws in
            _ = try await aws.polly.speech(PollySpeechRequest(text: "Yes.", voice: "Amy")).collect(upTo: 1 << 20)
        }
    }

    /// The stand-in lists two voices a page.
    @Test
    func listsTheVoicesOfAnEngine() async throws {
        try await StandIn.withClient(region: "voices-1") { aws in
            let voices = try await aws.polly.voices(engine: .neural)
            #expect(voices.map(\.id) == ["Joanna", "Matthew", "Amy", "Vicki", "Daniel"])
            #expect(voices.map(\.language) == ["en-US", "en-US", "en-GB", "de-DE", "de-DE"])
        }
        #expect(try await StandIn.report("voices-1").attempts["/v1/voices"] == 3)
    }

    @Test(arguments: [("throttled-once-1", Duration.milliseconds(375)), ("broken-once-1", .milliseconds(75))])
    func repeatsWhatMayPass(_ region: String, _ pause: Duration) async throws {
        let clock = SelfAdvancingClock()
        try await StandIn.withClient(region: region, clock: clock) { aws in
            let speech = try await aws.polly.speech(PollySpeechRequest(text: "Yes.", voice: "Amy"))
            #expect(try await !speech.collect(upTo: 1 << 20).isEmpty)
        }
        #expect(clock.waits == [pause])
        #expect(try await StandIn.report(region).attempts["/v1/speech"] == 2)
    }

    @Test
    func givesUpAfterAFewRetries() async throws {
        let clock = SelfAdvancingClock()
        let error = try await failure(region: "throttled-1", clock: clock)
        #expect(error?.code == .throttled)
        #expect(error?.status == 400)
        #expect(error?.type == "ThrottlingException")
        #expect(clock.waits == [.milliseconds(375), .milliseconds(750), .milliseconds(1500)])
        #expect(try await StandIn.report("throttled-1").attempts["/v1/speech"] == 4)
    }

    @Test
    func takesOverTheServersTimeOnce() async throws {
        try await StandIn.withClient(region: "skewed-1") { aws in
            for _ in 0..<2 {
                let speech = try await aws.polly.speech(PollySpeechRequest(text: "Yes.", voice: "Amy"))
                #expect(try await !speech.collect(upTo: 1 << 20).isEmpty)
            }
        }
        // The second call begins with the corrected time.
        #expect(try await StandIn.report("skewed-1").attempts["/v1/speech"] == 3)
    }

    @Test(arguments: [
        ("AWS_SECRET_ACCESS_KEY", "InvalidSignatureException"), ("AWS_ACCESS_KEY_ID", "UnrecognizedClientException"),
        ("AWS_SESSION_TOKEN", "ExpiredTokenException"),
    ])
    func saysThatCredentialsAreRefused(_ variable: String, _ type: String) async throws {
        var environment = AWSStandIn.environment
        environment[variable] = "another"
        let error = try await failure(
            region: "refused-\(variable.lowercased().replacing("_", with: "-"))-1",
            environment
        )
        #expect(error?.code == .unauthorized)
        #expect(error?.status == 403)
        #expect(error?.type == type)
        #expect(error.map { "\($0)".contains("another") } == false)
    }

    @Test
    func saysThatTheAudioBrokeOff() async throws {
        let error = try await failure(region: "cut-1")
        #expect(error?.code == .answerCutOff)
    }

    @Test(arguments: ["empty-1", "html-1"])
    func refusesWhatIsNoAudio(_ region: String) async throws {
        #expect(try await failure(region: region)?.code == .malformedAnswer)
    }

    @Test
    func endsACallThatIsNotAnswered() async throws {
        let error = try await failure(region: "hangs-1") { configuration in
            configuration.timeouts.stall = .milliseconds(500)
            configuration.retry.maximumRetries = 0
        }
        #expect(error?.code == .timedOut)
    }

    @Test
    func cancellationEndsTheRequest() async throws {
        let before = try await StandIn.report("hangs-2").abandoned
        try await StandIn.withClient(region: "hangs-2") { aws in
            let task = Task { try await aws.polly.speech(PollySpeechRequest(text: "Yes.", voice: "Amy")) }
            while try await StandIn.report("hangs-2").attempts["/v1/speech"] == nil {}
            task.cancel()
            let error = await #expect(throws: AWSError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            while try await StandIn.report("hangs-2").abandoned == before {}
        }
    }

    @Test
    func refusesALongTextWithoutAnyRequest() async throws {
        let region = "long-1"
        try await StandIn.withClient(region: region) { aws in
            let longest = PollySpeechRequest(text: String(repeating: "é ", count: 1500), voice: "Amy", encoding: .pcm)
            #expect(longest.text.unicodeScalars.count == 3000)
            _ = try await aws.polly.speech(longest).collect(upTo: 64 << 20)
            var longer = longest
            longer.text += "!"
            let error = await #expect(throws: AWSError.self) { try await aws.polly.speech(longer) }
            #expect(error?.code == .textTooLong)
        }
        #expect(try await StandIn.report(region).attempts["/v1/speech"] == 1)
    }

    @Test
    func saysThatAVoiceIsUnknown() async throws {
        let error = try await failure(region: "eu-central-1", voice: "Nobody")
        #expect(error?.code == .invalidRequest)
        #expect(error?.type == "ValidationException")
    }

    private func failure(
        region: String,
        _ environment: [String: String] = AWSStandIn.environment,
        clock: any Clock<Duration> = SelfAdvancingClock(),
        voice: String = "Amy",
        _ change: (inout AWSConfiguration) -> Void = { _ in }
    ) async throws -> AWSError? {
        try await StandIn.withClient(region: region, clock: clock, environment: environment, change) { aws in
            do throws(AWSError) {
                let request = PollySpeechRequest(text: "The answer is yes, of course.", voice: voice)
                _ = try await aws.polly.speech(request).collect(upTo: 1 << 20)
                return nil
            } catch {
                return error
            }
        }
    }
}
