import Foundation
import HTTPClient
import TestSupport
import HTTPTypes
import Testing

@testable import AWS

/// Transcribe's event streams, spoken to the stand-in: words, signatures, pace and faults.
@Suite(.needsAWSStandIn, .timeLimit(.minutes(1)))
struct TranscribeTests {
    @Test
    func writesDownWhatIsSaid() async throws {
        let region = "heard-1"
        let audio = try await Sounds.speech(StandIn.leave)
        try await StandIn.withClient(region: region) { aws in
            let request = TranscriptionRequest(audio: audio, languages: ["en-US"])
            let transcription = try await aws.transcribe.transcription(of: request)
            // Without the partial results that came before.
            #expect(transcription == Transcription(text: StandIn.leave))
        }
        let report = try await StandIn.report(region)
        let pieces = try #require(report.pieces)
        #expect(pieces.reduce(0, +) == audio.count)
        #expect(pieces.dropLast().allSatisfy { $0 == 3200 })
    }

    @Test
    func tellsTheLanguageThatWasChosen() async throws {
        let audio = try await Sounds.speech(StandIn.leaveInGerman, language: "de")
        try await StandIn.withClient { aws in
            let request = TranscriptionRequest(audio: audio, languages: ["en-US", "de-DE"])
            let transcription = try await aws.transcribe.transcription(of: request)
            #expect(transcription == Transcription(text: StandIn.leaveInGerman, language: "de-DE"))
        }
    }

    @Test
    func hearsNothingInSilence() async throws {
        try await StandIn.withClient { aws in
            let request = TranscriptionRequest(audio: Sounds.silence(seconds: 2), languages: ["en-US"])
            let transcription = try await aws.transcribe.transcription(of: request)
            #expect(transcription == Transcription(text: ""))
            let nothing = try await aws.transcribe.transcription(of: .init(audio: [], languages: ["en-US"]))
            #expect(nothing == Transcription(text: ""))
        }
    }

    /// The stand-in refuses audio that is faster than speech, so that the answer shows the pace.
    @Test
    func sendsAtThePaceOfSpeech() async throws {
        let audio = try await Sounds.speech(StandIn.hotel)
        try await StandIn.withClient(clock: ContinuousClock(), isPaced: true) { aws in
            let request = TranscriptionRequest(audio: audio, languages: ["en-US"])
            let transcription = try await aws.transcribe.transcription(of: request)
            #expect(transcription.text == StandIn.hotel)
        }
        // On a clock on which waits are over at once, it is too fast.
        let error = try await failure(region: "fast-1", isPaced: true)
        #expect(error?.code == .invalidRequest)
        let report = try await StandIn.report("fast-1", isPaced: true)
        #expect(report.exception == "Audio comes faster than it was spoken.")
    }

    @Test
    func waitsForTheTimeOfEachPieceByTheClock() async throws {
        let clock = SelfAdvancingClock()
        let audio = try await Sounds.speech(StandIn.hotel)
        try await StandIn.withClient(region: "clock-1", clock: clock) { aws in
            _ = try await aws.transcribe.transcription(of: .init(audio: audio, languages: ["en-US"]))
        }
        let pieces = (audio.count + 3199) / 3200
        #expect(clock.waits == [.zero] + [Duration](repeating: .milliseconds(100), count: pieces - 1))
    }

    @Test
    func givesEachStreamAConnectionOfItsOwn() async throws {
        let region = "connections-1"
        let audio = try await Sounds.speech(StandIn.hotel)
        try await StandIn.withClient(region: region) { aws in
            let request = TranscriptionRequest(audio: audio, languages: ["en-US"])
            try await withThrowingTaskGroup { group in
                for _ in 0..<8 { group.addTask { try await aws.transcribe.transcription(of: request).text } }
                for try await text in group { #expect(text == StandIn.hotel) }
            }
        }
        #expect(Set(try #require(try await StandIn.report(region).connections)).count == 8)
    }

    @Test(arguments: [
        ("throttled-once-1", Duration.milliseconds(375)), ("overloaded-once-1", .milliseconds(75)),
        ("cut-once-1", .milliseconds(75)), ("partial-once-1", .milliseconds(75)), ("reset-once-1", .milliseconds(75)),
        ("inside-once-1", .milliseconds(75)),
    ])
    func beginsAgainAfterWhatMayPass(_ region: String, _ pause: Duration) async throws {
        let clock = SelfAdvancingClock()
        // With silence at its end, the recording is longer than what is on its way when the stand-in breaks off.
        let audio = try await Sounds.speech(StandIn.leave) + [UInt8](repeating: 0, count: 400_000)
        try await StandIn.withClient(region: region, clock: clock) { aws in
            let request = TranscriptionRequest(audio: audio, languages: ["en-US"])
            let transcription = try await aws.transcribe.transcription(of: request)
            #expect(transcription.text == StandIn.leave)
        }
        #expect(clock.waits.filter { $0 == pause }.count == 1)
        #expect(try await StandIn.report(region).attempts["/stream-transcription"] == 2)
    }

    @Test(
        arguments: [
            ("throttled-2", AWSError.Code.throttled, "LimitExceededException"),
            ("overloaded-2", .serverError, "ServiceUnavailableException"),
            ("refused-2", .invalidRequest, "BadRequestException"),
            ("cut-2", .answerCutOff, nil), ("partial-2", .answerCutOff, nil), ("reset-2", .answerCutOff, nil),
            ("inside-2", .answerCutOff, nil), ("checksum-2", .malformedAnswer, nil),
            ("lengths-2", .malformedAnswer, nil),
            ("garbage-2", .malformedAnswer, nil), ("html-2", .malformedAnswer, nil),
        ] as [(String, AWSError.Code, String?)]
    )
    func saysWhatFailed(_ region: String, _ code: AWSError.Code, _ type: String?) async throws {
        // At the pace of speech the response ends before the recording; a client that is faster could not tell.
        let clock: any Clock<Duration> = code == .answerCutOff ? ContinuousClock() : SelfAdvancingClock()
        let error = try await failure(region: region, clock: clock)
        #expect(error?.code == code)
        #expect(error?.type == type)
        let attempts = try await StandIn.report(region).attempts["/stream-transcription"]
        #expect(attempts == (error?.isTransient == true ? 4 : 1))
    }

    /// libcurl 7.88 does not see the end of a response before that of the request, so that the stream stalls.
    @Test
    func takesPartOfARecordingForNothing() async throws {
        let audio = try await Sounds.speech(StandIn.leave)
        try await StandIn.withClient(region: "early-2", clock: ContinuousClock()) { configuration in
            configuration.timeouts.stall = .seconds(1)
            configuration.retry.maximumRetries = 0
        } _: { aws in
            let error = await #expect(throws: AWSError.self) {
                try await aws.transcribe.transcription(of: .init(audio: audio, languages: ["en-US"]))
            }
            #expect([.timedOut, .answerCutOff].contains(error?.code))
        }
    }

    @Test
    func endsAStreamThatIsNotAnswered() async throws {
        let error = try await failure(region: "hangs-3") { configuration in
            configuration.timeouts.stall = .seconds(1)
            configuration.retry.maximumRetries = 0
        }
        #expect(error?.code == .timedOut)
    }

    @Test
    func cancellationEndsTheStream() async throws {
        let region = "hangs-4"
        let before = try await StandIn.report(region).abandoned
        let audio = try await Sounds.speech(StandIn.hotel)
        try await StandIn.withClient(region: region) { aws in
            let task = Task { try await aws.transcribe.transcription(of: .init(audio: audio, languages: ["en-US"])) }
            while try await StandIn.report(region).pieces == nil {}
            task.cancel()
            let error = await #expect(throws: AWSError.self) { try await task.value }
            #expect(error?.code == .cancelled)
            while try await StandIn.report(region).abandoned == before {}
        }
    }

    @Test
    func saysThatCredentialsAreRefused() async throws {
        var environment = AWSStandIn.environment
        environment["AWS_SECRET_ACCESS_KEY"] = "another"
        let error = try await failure(region: "key-1", environment)
        #expect(error?.code == .unauthorized)
        #expect(error?.type == "InvalidSignatureException")
    }

    @Test(arguments: ["http://localhost:1", "https://localhost:1/path", "localhost", "https://user@localhost"])
    func refusesAnAddressWithoutHTTP2(_ address: String) async throws {
        let error = await #expect(throws: AWSError.self) {
            try await StandIn.withClient { configuration in
                configuration.transcribeURL = address
            } _: { _ in
            }
        }
        #expect(error?.code == .invalidRequest)
    }

    /// What the other tests rely on: a chain that does not begin with the request's signature is not accepted.
    @Test
    func theStandInRefusesABrokenChain() async throws {
        let region = "chain-1"
        try await StandIn.withClient(region: region) { aws in
            let api = aws.transcribe
            let credentials = try await api.transport.configuration.credentials.credentials()
            let signer = RequestSigner(credentials: credentials, region: region, service: "transcribe")
            var head = api.transport.head(.post, api.endpoint, "/stream-transcription")
            for (name, value) in [
                ("content-type", "application/vnd.amazon.eventstream"), ("x-amzn-transcribe-media-encoding", "pcm"),
                ("x-amzn-transcribe-sample-rate", "16000"), ("x-amzn-transcribe-language-code", "en-US"),
            ] {
                head.headerFields[.amz(name)] = value
            }
            let signed = signer.sign(head, .events, at: .now)
            let body = StreamedBody()
            let events = EventSigner(signer, seed: signed.signature.reversed())
            var sender = AudioSender(body: body, signer: events, now: { .now })
            let request = TranscriptionRequest(audio: Sounds.silence(seconds: 1), languages: ["en-US"])
            _ = await sender.send(request, SelfAdvancingClock())
            let response = try await api.transport.http.execute(HTTPClientRequest(signed.head, body: .streamed(body)))
            _ = try? await response.body.collect(upTo: 1 << 20)
        }
        #expect(try await StandIn.report(region).exception == "The signature of an event does not match.")
    }

    private func failure(
        region: String,
        clock: any Clock<Duration> = SelfAdvancingClock(),
        _ environment: [String: String] = AWSStandIn.environment,
        isPaced: Bool = false,
        _ change: (inout AWSConfiguration) -> Void = { _ in }
    ) async throws -> AWSError? {
        let audio = try await Sounds.speech(StandIn.leave)
        return try await StandIn.withClient(
            region: region,
            clock: clock,
            isPaced: isPaced,
            environment: environment,
            change
        ) { aws in
            do throws(AWSError) {
                _ = try await aws.transcribe.transcription(of: .init(audio: audio, languages: ["en-US"]))
                return nil
            } catch {
                return error
            }
        }
    }
}
