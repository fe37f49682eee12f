import Foundation
import Redis
import TestSupport
import Testing
import Voice

/// Files that come with questions by text message.
@Suite struct TextMediaTests {
    private let question = "How long is parental leave?"
    private let answer = "Answer to \"How long is parental leave?\".\nSource: Leave"

    /// A second of a tone, as a WAV file.
    private let recording = Recording(
        samples: (0..<Recording.sampleRate).map { Int16(8000 * sin(Double($0) * 440 * 2 * .pi / 16_000)) }
    ).wav

    private func hearing(_ words: String) -> Voice {
        Voice(hearing: .on(ScriptedRecognizer(hears: words, language: "en")))
    }

    private func fetches(_ phone: Phone) async throws -> Int {
        try await phone.log().calls.count { $0.hasPrefix("GET ") && $0.contains("/Media/ME") }
    }

    @Test func aVoiceMessageIsAskedAndThenDeleted() async throws {
        let log = CollectedLog()
        try await withPhone(settings: ["SMS_REDACT": "true"], voice: hearing(question), logger: log.logger) {
            phone,
            _,
            _,
            upstream in
            // The type is that of the content, whatever the provider says.
            let texted = try await phone.text("", files: [("audio/amr", recording)])
            #expect(try await phone.received(1)[0].hasPrefix(answer))
            #expect(upstream.questions == [question])
            #expect(try await fetches(phone) == 1)
            try await eventually { try await phone.log().files == 0 }
            let lines = log.lines.filter { $0.contains(texted.sid) }
            #expect(lines.contains { $0.contains(" -- QueryGPT -- Heard a recording") })
            #expect(!log.lines.contains { $0.contains("parental") })
        }
    }

    @Test func wordsGoBeforeWhatIsHeard() async throws {
        try await withPhone(voice: hearing(question)) { phone, _, _, upstream in
            try await phone.text("Listen:", files: [("audio/ogg", recording)])
            _ = try await phone.received(1)
            #expect(upstream.questions == ["Listen:\n\(question)"])
        }
    }

    @Test func aRecordingThatIsNotUnderstoodGetsAStatedReply() async throws {
        try await withPhone(voice: hearing("")) { phone, _, redis, upstream in
            try await phone.text("", files: [("audio/ogg", recording)])
            try await phone.text("", files: [("audio/ogg", Array("no recording".utf8))])
            let received = try await phone.received(2)
            #expect(received.allSatisfy { $0.hasPrefix("The recording could not be understood.") }, "\(received)")
            #expect(upstream.questions.isEmpty)
            try await redis.textQueueIsEmpty()
        }
    }

    @Test func whatCannotBeReadIsNotFetched() async throws {
        try await withPhone { phone, _, _, upstream in
            try await phone.text(
                "",
                files: [("image/jpeg", [0xFF, 0xD8, 0xFF]), ("application/pdf", Array("%PDF".utf8))]
            )
            try await phone.text("", files: [("audio/ogg", recording)])
            let reply = "This number cannot read pictures and files. Please text your question in words."
            #expect(try await phone.received(2) == [reply, reply])
            #expect(try await fetches(phone) == 0)
            #expect(upstream.questions.isEmpty)
        }
    }

    @Test func aTextWithAPictureIsAskedAndThePersonIsTold() async throws {
        try await withPhone(voice: hearing("")) { phone, _, _, upstream in
            try await phone.text(question, files: [("image/png", [1])])
            let received = try await phone.received(1)
            #expect(received[0].hasPrefix("Answer to \"\(question)\".\nYour file was not read.\nSource: Leave"))
            #expect(upstream.questions == [question])
        }
    }

    @Test func aTextAsAFileIsAsked() async throws {
        try await withPhone { phone, _, _, upstream in
            try await phone.text("", files: [("text/plain; charset=utf-8", Array(question.utf8))])
            #expect(try await phone.received(1)[0].hasPrefix(answer))
            try await phone.text("", files: [("text/plain", [0x50, 0x4B, 3, 4])])
            #expect(try await phone.received(2)[1].hasPrefix("This number cannot read pictures and files."))
            #expect(upstream.questions == [question])
        }
    }

    @Test func onlyTheProvidersHostsAreAsked() async throws {
        try await withScriptedServer { connection in
            while let request = try await connection.request() {
                Issue.record("another host was asked: \(request.line)")
            }
        } _: { server in
            try await withPhone(voice: hearing(question)) { phone, _, _, upstream in
                try await phone.text("", media: ["http://\(server.authority)/voice.wav", "audio/wav"])
                #expect(try await phone.received(1)[0].hasSuffix("or send it as a voice message."))
                #expect(upstream.questions.isEmpty)
            }
        }
    }

    @Test func aFileThatIsTooLargeIsLeftOut() async throws {
        try await withPhone(voice: hearing(question)) { phone, _, _, upstream in
            let large = recording + [UInt8](repeating: 0, count: 5 << 20)
            try await phone.text("", files: [("audio/wav", large)])
            #expect(try await phone.received(1)[0].hasPrefix("This number cannot read pictures and files."))
            #expect(upstream.questions.isEmpty)
        }
    }

    @Test func aFileThatCannotBeHadNowIsFetchedAgain() async throws {
        try await withPhone(voice: hearing(question)) { phone, _, _, upstream in
            try await phone.behave(#"{"fail": [[500, 20500], [429, 20429]]}"#)
            try await phone.text("", files: [("audio/wav", recording)])
            #expect(try await phone.received(1)[0].hasPrefix(answer))
            #expect(upstream.questions == [question])
            #expect(try await fetches(phone) == 3)
        }
    }

    @Test func aVoiceMessageWhoseWebhookWasLostIsMadeUpFor() async throws {
        try await Phone.with { phone in
            try await phone.behave(#"{"silent": 1}"#)
            try await phone.text("", files: [("audio/wav", recording)])
            try await withScriptedInstallation(settings: phone.settings) { installation, upstream, redis in
                try await redis.withClient { _ = try await $0.send(.set("sms:listed", "2026-01-01T00:00:00Z")) }
                try await installation.servingHere(voice: hearing(question)) { _ in
                    let received = try await phone.received(1)
                    #expect(received[0].hasPrefix(answer))
                    #expect(upstream.questions == [question])
                }
            }
        }
    }
}
