import Foundation
import HTTPTypes
import TestSupport
import Testing
import Voice

/// A caller who was cut off hears the rest of an answer, or the whole of it again.
@Suite struct ResumedSpeechTests {
    private static let question = "How many days of annual leave do I get?"
    private static let pieces = [
        "You get 27 days", ". Five may be carried", " over. They lapse in April. ", "Ask early.",
    ]

    private func serving(
        pauses: [Int: Gate] = [:],
        _ body: (API, _ recording: [UInt8]) async throws -> Void
    ) async throws {
        try await servingTwice(pauses: pauses) { api, _, recording in try await body(api, recording) }
    }

    /// Serves at two replicas.
    private func servingTwice(
        pauses: [Int: Gate] = [:],
        _ body: (API, _ other: API, _ recording: [UInt8]) async throws -> Void
    ) async throws {
        let recording = try await Voice.recording(of: Self.question)
        let voice = Voice.hearing(by: ScriptedRecognizer(hears: Self.question))
        try await withScriptedInstallation { _ in
            .response {
                $0.pieces = Self.pieces
                $0.pauses = pauses
            }
        } _: { installation, _, _ in
            try await installation.servingHere(voice: voice) { api in
                try await installation.servingHere(voice: voice) { other in try await body(api, other, recording) }
            }
        }
    }

    @Test func fromEachEventOnTheRestIsReadAndHeard() async throws {
        try await serving { api, recording in
            let turn = try await api.askingAloud(recording) { stream in
                let events = try await stream.events()
                #expect(events.last?.name == "done")
                return try #require(stream.turn)
            }
            let whole = try await api.resuming(turn, after: 0, query: "?audio=wav") { stream in
                #expect(stream.head.headerFields[.contentType]?.hasPrefix("text/event-stream") == true)
                return try await stream.events()
            }
            let sentences = try SpokenSentence.list(in: whole)
            #expect(
                sentences.map(\.text) == [
                    "You get 27 days.", "Five may be carried over.", "They lapse in April.", "Ask early.",
                    "From the document leave.",
                ]
            )
            #expect(sentences.map(\.sentence) == Array(1...5))
            let numbers = whole.filter { $0.name != "audio" }.map(\.id)
            #expect(numbers == Array(1...numbers.count))
            #expect(!whole.contains { $0.name == "transcript" })
            for last in numbers {
                let rest = try await api.resuming(turn, after: last, query: "?audio=wav") { try await $0.events() }
                #expect(rest.filter { $0.name != "audio" }.map(\.id) == Array(numbers.drop { $0 <= last }))
                let heard = try SpokenSentence.list(in: rest)
                let expected = sentences.filter { $0.event > last }
                #expect(heard.map(\.sentence) == expected.map(\.sentence))
                #expect(heard.map(\.audio) == expected.map(\.audio))
                // The same as a stream of audio: one header, and the samples of these sentences.
                let stream = try await api.hearing(turn, after: last, as: "audio/wav")
                #expect(stream.status == 200 && stream.headers[.contentType] == "audio/wav")
                #expect(stream.body.dropFirst(44) == expected.map { $0.audio.dropFirst(44) }.reduce(Data(), +))
            }
            // Whoever asks for no speech reads, as ever.
            let read = try await api.resuming(turn, after: 0) { try await $0.events() }
            #expect(read.map(\.id) == numbers)
        }
    }

    @Test func aCallerWhoWasCutOffHearsTheRestOfAnAnswerThatComes() async throws {
        let mayGoOn = Gate()
        try await serving(pauses: [2: mayGoOn]) { api, recording in
            let (turn, first) = try await api.askingAloud(recording) { stream in
                var sentences: [SpokenSentence] = []
                while sentences.isEmpty, let event = try await stream.next() {
                    sentences = try SpokenSentence.list(in: [event])
                }
                return (try #require(stream.turn), try #require(sentences.first))
            }
            #expect(first.text == "You get 27 days.")
            #expect(!mayGoOn.isOpen)
            try await api.resuming(turn, after: first.event, query: "?audio=mp3") { stream in
                mayGoOn.open()
                let events = try await stream.events()
                #expect(events.last?.name == "done")
                let rest = try SpokenSentence.list(in: events)
                #expect(rest.map(\.sentence) == Array(2...5))
                #expect(rest.allSatisfy { $0.mediaType == "audio/mpeg" })
            }
        }
    }

    @Test func anotherReplicaSpeaksTheSame() async throws {
        let mayGoOn = Gate()
        try await servingTwice(pauses: [2: mayGoOn]) { api, other, _ in
            try await api.streaming(ChatQuestion(Self.question, by: "ana")) { stream in
                let turn = try #require(stream.turn)
                let heard = try await other.resuming(turn, after: 0, query: "?audio=wav") { stream in
                    mayGoOn.open()
                    return try SpokenSentence.list(in: try await stream.events())
                }
                _ = try await stream.events()
                let again = try await api.resuming(turn, after: 0, query: "?audio=wav") { try await $0.events() }
                #expect(heard.count == 5)
                #expect(try heard.map(\.audio) == SpokenSentence.list(in: again).map(\.audio))
            }
        }
    }

    @Test func aWrittenQuestionsAnswerIsHeardToo() async throws {
        try await serving { api, _ in
            let turn = try await api.streaming(ChatQuestion(Self.question, by: "ana")) { stream in
                _ = try await stream.events()
                return try #require(stream.turn)
            }
            let heard = try await api.hearing(turn, after: 0, as: "audio/ogg")
            #expect(heard.status == 200 && heard.headers[.contentType] == "audio/ogg")
            #expect(heard.body.starts(with: Array("OggS".utf8)))
        }
    }

    @Test func whatCannotBeHeardIsAProblem() async throws {
        try await serving { api, recording in
            let turn = try await api.askingAloud(recording) { stream in
                _ = try await stream.events()
                return try #require(stream.turn)
            }
            #expect(try await api.send(.get, "/chat/\(turn)/events?audio=aiff").status == 422)
            #expect(try await api.hearing(turn, after: 0, as: "audio/flac").status == 406)
            let unknown = "turn_00112233445566778899aabbccddeeff"
            #expect(try await api.send(.get, "/chat/\(unknown)/events?audio=mp3").status == 404)
        }
        try await withScriptedInstallation { installation, _, _ in
            try await installation.servingHere { api in
                let unknown = "turn_00112233445566778899aabbccddeeff"
                let off = try await api.send(.get, "/chat/\(unknown)/events?audio=mp3")
                #expect(off.status == 503)
                #expect(String(decoding: off.body, as: UTF8.self).contains("VOICE=local"))
            }
        }
    }
}
