import Foundation
import HTTPClient
import HTTPTypes
import Subprocess
import SystemPackage
import TestSupport
import Testing

/// Questions that Transcribe hears and answers that Polly speaks, by the program as it is configured for AWS.
///
/// The stand-in refuses audio that comes faster than it was spoken, requests that are not signed, and sound that it does not
/// know.
@Suite(
    .enabled(if: AWSStandIn.isAvailable, "botocore, h2, espeak-ng or ffmpeg is missing; scripts/test installs them"),
    .timeLimit(.minutes(2))
)
struct VoiceByAWSTests {
    private static let question = "How many days of annual leave do I get?"
    private static let standIn = Task { try await AWSStandIn(phrases: [.init(question, "en")], isPaced: true) }

    @Test
    func aSpokenQuestionIsAnsweredAloud() async throws {
        let settings = try await Self.standIn.value.settings()
        try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
            _ = try await installation.sync()
            try await installation.serving { api in
                let recording = try await Self.output("espeak-ng", ["--stdout", Self.question])
                let (transcript, speech) = try await Self.ask(api, recording)
                #expect(transcript.contains(Self.question))
                #expect(speech.map(\.text).joined(separator: " ").contains("27 days"))
                for sentence in speech {
                    #expect(sentence.mediaType == "audio/mpeg")
                    let sound = try await Self.output(
                        "ffmpeg",
                        ["-v", "error", "-i", "pipe:0", "-f", "s16le", "pipe:1"],
                        input: Array(sentence.audio)
                    )
                    #expect(sound.count > 10_000 && sound.contains { $0 != 0 })
                }
            }
        }
    }

    @Test
    func callersLearnThatAWSRefusesTheCredentials() async throws {
        var settings = try await Self.standIn.value.settings()
        settings["AWS_SECRET_ACCESS_KEY"] = "another"
        try await withInstallation(settings: settings) { installation, _ in
            try await installation.serving { api in
                let reply = try await api.send(.post, "/voice/speech", body: #"{"text": "Yes.", "language": "en"}"#)
                let text = String(decoding: reply.body, as: UTF8.self)
                #expect(reply.status == 502, "\(text)")
                #expect(text.contains("AWS refused the credentials. (InvalidSignatureException)"))
                #expect(!text.contains("another") && !text.contains("AKIDSTANDIN"))
            }
        }
    }

    @Test
    func doctorChecksCredentialsAndVoices() async throws {
        let settings = try await Self.standIn.value.settings()
        try await withInstallation(documents: Documents.all, settings: settings) { installation, _ in
            let good = try await installation.run(["doctor"])
            let accepted = "ok     voice by AWS: AWS accepts the credentials from the environment in eu-central-1"
            #expect(good.output.contains("\(accepted), and Polly has the voices Joanna, Vicki"), "\(good.output)")

            var changed = installation
            changed.settings["VOICE_NAMES"] = "de=Hans"
            let missing = try await changed.run(["doctor"])
            #expect(missing.output.contains("FAULT  voice by AWS: Polly has no voice Hans (de)"), "\(missing.output)")
            #expect(missing.status == 1)

            changed = installation
            changed.settings["AWS_SECRET_ACCESS_KEY"] = "another"
            let refused = try await changed.run(["doctor"])
            #expect(refused.output.contains("FAULT  voice by AWS: unauthorized: AWS refused the credentials."))
            #expect(!refused.output.contains("another"))

            changed.settings["AWS_SECRET_ACCESS_KEY"] = nil
            let half = try await changed.run(["doctor"])
            #expect(half.output.contains("AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not."))
        }
    }

    private struct Sentence: Decodable {
        let text: String
        let mediaType: String
        let audio: Data
    }

    /// Asks aloud, and returns the transcript's data and the spoken sentences.
    private static func ask(_ api: API, _ recording: [UInt8]) async throws -> (String, [Sentence]) {
        let http = try HTTPClient()
        let head = HTTPRequest(
            method: .post,
            scheme: "http",
            authority: api.authority,
            path: "/voice/ask?user_id=ana&language=en",
            headerFields: [.contentType: "audio/wav", .accept: "text/event-stream"]
        )
        let response = try await http.execute(HTTPClientRequest(head, body: .bytes(recording)))
        let text = String(decoding: try await response.body.collect(upTo: 1 << 24), as: UTF8.self)
        await http.shutdown()
        #expect(response.head.status == .ok, "\(text)")
        var transcript = ""
        var sentences: [Sentence] = []
        for event in text.split(separator: "\n\n") {
            let lines = event.split(separator: "\n")
            let data = lines.first { $0.hasPrefix("data: ") }?.dropFirst("data: ".count) ?? ""
            if lines.contains("event: transcript") { transcript = String(data) }
            guard lines.contains("event: audio") else { continue }
            sentences.append(try JSONDecoder.snakeCase.decode(Sentence.self, from: Data(data.utf8)))
        }
        return (transcript, sentences)
    }

    private static func output(_ program: String, _ arguments: [String], input: [UInt8] = []) async throws -> [UInt8] {
        let result = try await run(
            .name(program),
            arguments: Arguments(arguments),
            input: .array(input),
            output: .bytes(limit: 16 << 20),
            error: .string(limit: 4096)
        )
        guard result.terminationStatus.isSuccess else {
            throw ProgramFailure(program: program, output: result.standardError)
        }
        return result.standardOutput
    }
}
