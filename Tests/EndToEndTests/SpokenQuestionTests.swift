import Foundation
import HTTPTypes
import Synchronization
import TestSupport
import Testing
import Voice

/// What callers may send aloud, and what is said of what they may not.
@Suite struct SpokenQuestionTests {
    private static let question = "How many days of annual leave do I get?"
    private static let wrong = HTTPField.Name("X-Deliberately-Wrong")

    private func serving(
        hears text: String = question,
        language: String? = nil,
        settings: [String: String] = [:],
        _ body: (API, ScriptedOpenAI) async throws -> Void
    ) async throws {
        let voice = Voice.hearing(by: ScriptedRecognizer(hears: text, language: language))
        try await withScriptedInstallation(settings: settings) { installation, upstream, _ in
            try await installation.servingHere(voice: voice) { api in try await body(api, upstream) }
        }
    }

    private func problem(_ reply: API.Reply) throws -> ProblemDocument {
        try JSONDecoder.snakeCase.decode(ProblemDocument.self, from: reply.body)
    }

    /// A form as browsers and curl send it.
    private func form(_ parts: [(name: String, type: String?, content: [UInt8])]) -> (body: [UInt8], type: String) {
        var body: [UInt8] = []
        for part in parts {
            let file = part.type.map { "; filename=\"question\"\r\nContent-Type: \($0)" } ?? ""
            body += Array("--XX\r\nContent-Disposition: form-data; name=\"\(part.name)\"\(file)\r\n\r\n".utf8)
            body += part.content + Array("\r\n".utf8)
        }
        return (body + Array("--XX--\r\n".utf8), "multipart/form-data; boundary=XX")
    }

    @Test func aFormHasTheRecordingAndItsUser() async throws {
        let recording = try await Voice.recording(of: Self.question)
        try await serving { api, upstream in
            let (body, type) = form([
                ("file", "audio/webm;codecs=opus", recording), ("user_id", nil, Array("ben".utf8)),
                ("language", nil, Array("en".utf8)),
            ])
            for path in ["/voice/ask", "/voice/transcriptions", "/processAudioFile"] {
                let reply = try await api.begin(.post, path, bytes: body, headers: [.contentType: type]).reply
                #expect(reply.status == 200, "\(path)")
                if path == "/voice/transcriptions" {
                    let heard = try reply.decoded(HeardText.self)
                    #expect(heard.text == Self.question)
                }
            }
            #expect(upstream.questions == [Self.question, Self.question])
            #expect(try await api.send(.get, "/threads/ben").status == 200)
        }
    }

    @Test func theFormCountsAndTheQueryIsChecked() async throws {
        let recording = try await Voice.recording(of: Self.question)
        try await serving { api, _ in
            let (body, type) = form([("file", "audio/wav", recording), ("user_id", nil, Array("ben".utf8))])
            let cases = [
                ("user_id=eve", nil), ("language=de", nil), ("user_id=%01", "user_id"), ("language=xx", "language"),
                ("on_disconnect=x", "on_disconnect"), ("audio=aiff", "audio"),
            ]
            for (query, field) in cases {
                let reply = try await api.begin(
                    .post,
                    "/voice/ask?\(query)",
                    bytes: body,
                    headers: [.contentType: type]
                ).reply
                #expect(reply.status == (field == nil ? 200 : 422), "\(query)")
                if let field { #expect(try problem(reply).field == field) }
            }
            #expect(try await api.send(.get, "/threads/ben").status == 200)
            #expect(try await api.send(.get, "/threads/eve").status == 404)
        }
    }

    @Test func theFormersClientsNameNobodyAndLeaveNothingBehind() async throws {
        let recording = try await Voice.recording(of: Self.question)
        try await serving { api, upstream in
            let spoken = try await api.send(.post, "/processText", body: #"{"text": "How many days?"}"#)
            #expect(spoken.status == 200)
            #expect(spoken.headers[.contentType] == "audio/mpeg")
            #expect(spoken.body.count > 5000)
            let (body, type) = form([("file", "audio/wav", recording)])
            let heard = try await api.begin(.post, "/processAudioFile", bytes: body, headers: [.contentType: type])
                .reply
            #expect(heard.status == 200)
            #expect(upstream.questions == ["How many days?", Self.question])
            // Each question stood alone, and nothing of it is kept.
            #expect(Set(upstream.calls.filter { $0.operation == .createResponse }.map(\.conversation)).count == 2)
            try await eventually { upstream.conversations.isEmpty && upstream.responses.isEmpty }

            let missing = try await api.send(
                .post,
                "/processText",
                body: "{}",
                headers: [.contentType: "application/json"]
            )
            #expect(missing.status == 422)
            let (empty, emptyType) = form([("other", "audio/wav", recording)])
            let noFile = try await api.begin(
                .post,
                "/processAudioFile",
                bytes: empty,
                headers: [.contentType: emptyType]
            )
            #expect(try await noFile.reply.status == 422)
        }
    }

    @Test func aKeyAnswersARecordingOnce() async throws {
        let recording = try await Voice.recording(of: Self.question)
        let other = try await Voice.recording(of: "Something else.")
        let key = try #require(HTTPField.Name("idempotency-key"))
        try await serving { api, upstream in
            let first = try await api.askingAloud(recording, headers: [key: "k1"]) { stream in
                try await (stream.turn, stream.events().last?.name)
            }
            let second = try await api.askingAloud(recording, headers: [key: "k1"]) { stream in
                try await (stream.turn, stream.events().last?.name)
            }
            #expect(first.0 == second.0 && first.1 == "done" && second.1 == "done")
            #expect(upstream.questions.count == 1)
            let reused = try await api.askAloud(other, headers: [key: "k1"]).reply
            #expect(reused.status == 422)
            #expect(try problem(reused).code == "idempotency_key_reused")
        }
    }

    @Test func recordingsOfAUserAreAskedInTheirOrder() async throws {
        let recording = try await Voice.recording(of: Self.question)
        let heard = Mutex(0)
        let (firstIsHeard, mayGoOn) = (Gate(), Gate())
        let recognizer = ScriptedRecognizer { _ in
            let number = heard.withLock { heard in
                heard += 1
                return heard
            }
            if number == 1 {
                firstIsHeard.open()
                await mayGoOn.wait()
            }
            return Transcript(text: "Question \(number)?")
        }
        try await withScriptedInstallation { installation, upstream, _ in
            try await installation.servingHere(voice: .hearing(by: recognizer)) { api in
                try await withThrowingTaskGroup(of: Int.self) { group in
                    group.addTask { try await api.askAloud(recording).reply.status }
                    await firstIsHeard.wait()
                    group.addTask { try await api.askAloud(recording).reply.status }
                    // Another user does not wait.
                    let other = try await api.askAloud(recording, as: "ben").reply
                    #expect(other.status == 200)
                    mayGoOn.open()
                    for try await status in group { #expect(status == 200) }
                }
                #expect(upstream.questions.filter { $0 != "Question 2?" } == ["Question 1?", "Question 3?"])
            }
        }
    }

    @Test func whereNothingIsUnderstoodNothingIsAsked() async throws {
        let noise = (0..<48_000).map { _ in Int16.random(in: -9000...9000) }
        try await serving(hears: " … ", language: "en") { api, upstream in
            let file = Recording(samples: noise).wav
            let spoken = try await api.askAloud(file).reply
            #expect(spoken.status == 200 && spoken.headers[.contentType] == "audio/mpeg" && spoken.body.count > 5000)
            let read = try await api.askAloud(file, headers: [.accept: "text/event-stream"]).reply
            #expect(read.status == 422)
            #expect(try problem(read).code == "no_speech")
            let transcript = try await api.askAloud(file, path: "/voice/transcriptions").reply
            #expect(try transcript.decoded(HeardText.self).text.isEmpty)
            #expect(upstream.questions.isEmpty)
        }
    }

    @Test func eachFaultIsAProblemOfItsOwn() async throws {
        let silence = Recording(samples: Array(repeating: 0, count: 32_000)).wav
        let long = Recording(samples: Array(repeating: 3000, count: 16_000 * 615)).wav
        let recording = try await Voice.recording(of: "Bonjour.")
        let wrong = try #require(Self.wrong)
        try await serving(hears: "Combien de jours ?", language: "fr") { api, upstream in
            let cases: [(type: String, body: [UInt8], status: Int, code: String)] = [
                ("text/plain", Array("How many days?".utf8), 415, "unsupported_audio"),
                ("application/json", Array("{}".utf8), 415, "unsupported_audio"),
                ("audio/wav", Array("How many days?".utf8), 422, "invalid_audio"),
                ("audio/wav", [], 422, "invalid_audio"), ("audio/mpeg", silence, 422, "silent_audio"),
                ("audio/wav", long, 413, "audio_too_long"), ("audio/wav", recording, 422, "unsupported_language"),
                ("multipart/form-data; boundary=XX", Array("--YY--".utf8), 400, "malformed_form"),
                ("multipart/form-data", Array("--XX--".utf8), 400, "malformed_form"),
                ("audio/wav", Array(repeating: 0, count: 26 << 20), 413, "body_too_large"),
            ]
            for (type, body, status, code) in cases {
                for path in ["/voice/ask", "/voice/transcriptions"] {
                    let headers = [HTTPField.Name.contentType: type, wrong: "1"]
                    let reply = try await api.askAloud(body, path: path, headers: headers).reply
                    #expect(reply.status == status, "\(type) \(body.count)")
                    #expect(try problem(reply).code == code, "\(type) \(body.count)")
                }
            }
            for (query, field) in [("&language=xx", "language"), ("&on_disconnect=x", "on_disconnect")] {
                let reply = try await api.askAloud(recording, query: query, headers: [wrong: "1"]).reply
                #expect(try reply.status == 422 && problem(reply).field == field)
            }
            let picky = try await api.askAloud(recording, headers: [.accept: "image/png", wrong: "1"]).reply
            #expect(picky.status == 406)
            // Who says that it is English is believed.
            let stated = try await api.askAloud(recording, query: "&language=en").reply
            #expect(stated.status == 200)
            #expect(upstream.questions == ["Combien de jours ?"])
        }
    }

    @Test func textIsSpoken() async throws {
        try await serving { api, _ in
            let body = #"{"text": "Die Pauschale beträgt **CHF 75**.\n\n- Mit Beleg\n- Ohne Beleg", "language": "de"}"#
            let reply = try await api.send(.post, "/voice/speech", body: body, headers: [.accept: "audio/ogg"])
            #expect(reply.status == 200 && reply.headers[.contentType] == "audio/ogg")
            #expect(reply.body.starts(with: Array("OggS".utf8)))
            for text in ["", " ", "***", String(repeating: "word ", count: 1000)] {
                let body = String(decoding: try JSONEncoder().encode(["text": text]), as: UTF8.self)
                #expect(try await api.send(.post, "/voice/speech", body: body).status == 422)
            }
        }
    }

    @Test func rateLimitsApply() async throws {
        let recording = try await Voice.recording(of: Self.question)
        try await serving(settings: ["RATE_LIMIT_PER_MINUTE": "2"]) { api, upstream in
            for _ in 0..<2 { #expect(try await api.askAloud(recording).reply.status == 200) }
            let refused = try await api.askAloud(recording).reply
            #expect(refused.status == 429)
            #expect(refused.headers[.retryAfter] != nil)
            #expect(try await api.askAloud(recording, path: "/voice/transcriptions").reply.status == 429)
            #expect(upstream.questions.count == 2)
        }
    }

    @Test func withoutVoiceTheRoutesSayHow() async throws {
        try await withScriptedInstallation { installation, _, _ in
            try await installation.servingHere { api in
                let shown = String(decoding: try await api.send(.get, "/voice").body, as: UTF8.self)
                #expect(shown.contains(#""speaking":false"#) && shown.contains("scripts/run --with-voice"))
                for path in [
                    "/voice/ask", "/voice/transcriptions", "/voice/speech", "/processText", "/processAudioFile",
                ] {
                    let reply = try await api.send(.post, path, body: #"{"text": "x"}"#)
                    #expect(reply.status == 503)
                    #expect(try problem(reply).detail.contains("VOICE=local"))
                }
            }
        }
    }
}
