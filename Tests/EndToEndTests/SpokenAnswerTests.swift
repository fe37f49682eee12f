import Foundation
import HTTPClient
import HTTPTypes
import Synchronization
import TestSupport
import Testing
import Voice

/// Questions asked aloud and answers spoken, with espeak-ng and ffmpeg, over real sockets.
@Suite struct SpokenAnswerTests {
    private static let question = "How many days of annual leave do I get?"

    @Test func aSpokenQuestionIsAnsweredFromTheDocumentsWithItsSource() async throws {
        let recording = try await Voice.recording(of: Self.question)
        let voice = Voice.hearing(by: ScriptedRecognizer(hears: Self.question, language: "en"))
        try await withConformingInstallation(over: .responses, areInForce: true) { installation, _ in
            try await installation.servingHere(voice: voice) { api in
                let (turn, events) = try await api.askingAloud(recording) { stream in
                    #expect(stream.status == 200)
                    return try await (stream.turn, stream.events())
                }
                #expect(events.first?.name == "transcript")
                let heard = try JSONDecoder().decode(HeardText.self, from: try #require(events.first?.data))
                #expect(heard.text == Self.question && heard.language == "en" && (1...5).contains(heard.seconds))
                #expect(events.last?.name == "done")
                let answer = try JSONDecoder.snakeCase.decode(ChatAnswer.self, from: try #require(events.last?.data))
                #expect(answer.answer.contains("27 days"))
                #expect(answer.citations.first?.filename == "leave/annual-leave.md")

                let sentences = try SpokenSentence.list(in: events)
                #expect(sentences.map(\.sentence) == Array(1...sentences.count))
                #expect(sentences.first?.text.contains("27 days") == true)
                #expect(sentences.last?.text == "From the document annual leave.")
                #expect(sentences.allSatisfy { $0.mediaType == "audio/mpeg" && $0.audio.count > 1000 })

                // It is a turn like others: its events can be had again, and the thread has what was said.
                let told = try await api.resuming(try #require(turn), after: 0) { try await $0.events() }
                #expect(told.map(\.name) == events.map(\.name).filter { $0 != "audio" && $0 != "transcript" })
                let thread = try await api.send(.get, "/threads/ana/messages")
                let messages = String(decoding: thread.body, as: UTF8.self)
                #expect(messages.contains(Self.question) && messages.contains("27 days"))
            }
        }
    }

    @Test(arguments: [("audio/mpeg", "ID3|\u{FF}"), ("audio/wav", "RIFF"), ("audio/ogg", "OggS"), ("*/*", "")])
    func theAnswerIsAStreamOfTheAudioThatIsAccepted(accept: String, start: String) async throws {
        let voice = Voice.hearing(by: ScriptedRecognizer(hears: Self.question))
        let recording = try await Voice.recording(of: Self.question)
        try await withScriptedInstallation { installation, _, _ in
            try await installation.servingHere(voice: voice) { api in
                let reply = try await api.askAloud(recording, headers: [.accept: accept]).reply
                #expect(reply.status == 200)
                #expect(reply.headers[.contentType] == (accept == "*/*" ? "audio/mpeg" : accept))
                #expect(reply.headers[.contentLength] == nil)
                #expect(HTTPField.Name("x-turn-id").flatMap { reply.headers[$0] } != nil)
                // What was said can be heard again.
                let listener = Mutex<Duration?>(nil)
                let hearing = Voice(
                    hearing: .on(
                        ScriptedRecognizer { recording in
                            listener.withLock { $0 = recording.duration }
                            return Transcript(text: "heard")
                        }
                    )
                )
                _ = try await hearing.hear(Array(reply.body))
                let length = listener.withLock { $0 } ?? .zero
                #expect(length > .seconds(2))
            }
        }
    }

    @Test func theFirstSentenceIsSpokenBeforeTheSecondExists() async throws {
        let voice = Voice.hearing(by: ScriptedRecognizer(hears: Self.question))
        let recording = try await Voice.recording(of: Self.question)
        // Of the second answer nothing tells that the first sentence is over but that no more comes.
        for first in ["You get 27 days of leave. ", "You get 27 days of leave."] {
            let mayGoOn = Gate()
            try await withScriptedInstallation { _ in
                .response {
                    $0.pieces = ["You get", String(first.dropFirst(7)), " Five may be", " carried over."]
                    $0.pauses = [2: mayGoOn]
                }
            } _: { installation, _, _ in
                try await installation.servingHere(voice: voice) { api in
                    try await api.askingAloud(recording) { stream in
                        var sentences: [SpokenSentence] = []
                        while sentences.isEmpty, let event = try await stream.next() {
                            sentences = try SpokenSentence.list(in: [event])
                        }
                        #expect(sentences.map(\.text) == ["You get 27 days of leave."])
                        #expect(!mayGoOn.isOpen)
                        mayGoOn.open()
                        let rest = try SpokenSentence.list(in: try await stream.events())
                        #expect(rest.map(\.text).first == "Five may be carried over.")
                    }
                    // The stream of audio has begun before the second sentence, too.
                    let again = try await api.askAloud(recording, headers: [.accept: "audio/wav"])
                    #expect(try await again.reply.status == 200)
                }
            }
        }
    }

    @Test func anAnswerThatFailsIsSaidToHaveFailed() async throws {
        let voice = Voice.hearing(by: ScriptedRecognizer(hears: Self.question))
        let recording = try await Voice.recording(of: Self.question)
        try await withScriptedInstallation { call in
            call.number == 1
                ? .response {
                    $0.pieces = ["You get 27 days. ", "And"]
                    $0.ending = .failed(code: "server_error")
                } : .reply(.error(400))
        } _: { installation, _, _ in
            try await installation.servingHere(voice: voice) { api in
                let events = try await api.askingAloud(recording) { try await $0.events() }
                #expect(events.last?.name == "error")
                let sentences = try SpokenSentence.list(in: events).map(\.text)
                #expect(sentences.first == "You get 27 days.")
                #expect(sentences.last?.contains("interrupted") == true)
                // One that fails at once is a problem, whatever was accepted.
                for accept in ["audio/mpeg", "text/event-stream"] {
                    let reply = try await api.askAloud(recording, headers: [.accept: accept]).reply
                    #expect(reply.status == 502)
                    #expect(reply.headers[.contentType] == "application/problem+json")
                }
            }
        }
    }

    @Test func aCallerWhoLeavesEndsTheSpeakingAndNotTheTurn() async throws {
        let (speaking, ended) = (Gate(), Gate())
        let synthesizer = WaitingSynthesizer(speaking: speaking, ended: ended)
        let voice = Voice(speaking: .on(synthesizer), hearing: .on(ScriptedRecognizer(hears: Self.question)))
        let recording = try await Voice.recording(of: Self.question)
        let mayGoOn = Gate()
        try await withScriptedInstallation { _ in
            .response {
                $0.pieces = ["You get 27 days. ", "Not more."]
                $0.pauses = [1: mayGoOn]
            }
        } _: { installation, _, _ in
            try await installation.servingHere(voice: voice) { api in
                let turn = try await api.askingAloud(recording) { stream in
                    _ = try await stream.events(upTo: 2)
                    await speaking.wait()
                    return try #require(stream.turn)
                }
                await ended.wait()
                #expect(ended.isOpen)
                mayGoOn.open()
                let told = try await api.resuming(turn, after: 0) { try await $0.events() }
                #expect(told.last?.name == "done")
            }
        }
    }
}

/// A synthesizer that speaks until it is cancelled.
private struct WaitingSynthesizer: SpeechSynthesizer {
    let name = "waiting"
    let speaking: Gate
    let ended: Gate

    func speech(
        of text: String,
        in language: Language,
        preferring encoding: SpeechEncoding
    ) async throws(VoiceError) -> Speech {
        speaking.open()
        let never = Gate()
        await never.wait()
        ended.open()
        throw VoiceError(.cancelled, "The request was cancelled.")
    }
}
