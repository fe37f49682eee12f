import Foundation
import HTTPClient
import HTTPTypes
import Voice

/// A recognizer that hears what a test says, in whatever recording.
struct ScriptedRecognizer: SpeechRecognizer {
    let name = "scripted"
    let hear: @Sendable (Recording) async throws(VoiceError) -> Transcript

    init(_ hear: @escaping @Sendable (Recording) async throws(VoiceError) -> Transcript) {
        self.hear = hear
    }

    init(hears text: String, language: String? = nil) {
        hear = { _ in Transcript(text: text, language: language) }
    }

    func transcript(of recording: Recording, in languages: [Language]) async throws(VoiceError) -> Transcript {
        try await hear(recording)
    }
}

extension Voice {
    /// The voice of this machine, with a recognizer of a test's own.
    static func hearing(by recognizer: ScriptedRecognizer) -> Voice {
        Voice(speaking: localSpeaking(), hearing: .on(recognizer))
    }

    /// Returns a recording of a text that the voice of this machine speaks, as a WAV file.
    static func recording(of text: String, in language: Language = .english) async throws -> [UInt8] {
        let voice = Voice(speaking: localSpeaking())
        return voice.file(of: try await voice.speech(of: text, in: language, as: .wav), as: .wav)
    }
}

extension API {
    /// Asks aloud with the recording as the body.
    func askAloud(
        _ recording: [UInt8],
        as user: String = "ana",
        query: String = "",
        path: String = "/voice/ask",
        headers: [HTTPField.Name: String] = [:]
    ) async throws -> HTTPClientResponse {
        var fields: HTTPFields = [.contentType: "audio/wav"]
        for (name, value) in headers { fields[name] = value }
        return try await begin(.post, "\(path)?user_id=\(user)\(query)", bytes: recording, headers: fields)
    }

    /// Asks aloud for a stream of events, and lends it.
    func askingAloud<Result>(
        _ recording: [UInt8],
        as user: String = "ana",
        query: String = "",
        headers: [HTTPField.Name: String] = [:],
        _ body: (inout ChatStream) async throws -> Result
    ) async throws -> Result {
        let headers = headers.merging([.accept: "text/event-stream"]) { $1 }
        var stream = ChatStream(try await askAloud(recording, as: user, query: query, headers: headers))
        return try await body(&stream)
    }
}

extension API {
    /// Hears what follows an event of a turn, as a stream of audio.
    func hearing(_ turn: String, after id: Int, as type: String) async throws -> API.Reply {
        var headers: HTTPFields = [.accept: type]
        if let name = HTTPField.Name("last-event-id") { headers[name] = "\(id)" }
        return try await send(.get, "/chat/\(turn)/events", headers: headers)
    }
}

extension HTTPClientResponse {
    /// The whole response.
    var reply: API.Reply {
        get async throws {
            let bytes = try await body.collect(upTo: 1 << 24)
            return API.Reply(status: head.status.code, headers: head.headerFields, body: Data(bytes))
        }
    }
}

/// The data of an event `audio`.
struct SpokenSentence: Decodable {
    let sentence: Int
    let text: String
    /// The number of the event with which the sentence is over.
    let event: Int
    let mediaType: String
    let audio: Data

    static func list(in events: [ChatEvent]) throws -> [SpokenSentence] {
        try events.filter { $0.name == "audio" }.map { try JSONDecoder.snakeCase.decode(Self.self, from: $0.data) }
    }
}

/// The body of a transcription, and of an event `transcript`.
struct HeardText: Decodable {
    let text: String
    let language: String
    let seconds: Int
}
