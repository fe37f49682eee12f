internal import Foundation
internal import Synchronization

/// A server with OpenAI's audio wire: `/v1/audio/transcriptions` and `/v1/audio/speech`.
///
/// It refuses what the real service refuses, makes sound of its caller's choice, and hears words of its caller's choice.
public final class ScriptedAudio: Sendable {
    /// What becomes of a call.
    public enum Play: Sendable {
        /// What the real service would do.
        case usual
        /// Speech as WAV, whatever was asked for, with a length that says nothing, as some servers send it.
        case wav
        /// An error in the service's own form.
        case error(Int, code: String)
        /// A page, as from a proxy.
        case page
        /// An answer without a body.
        case empty
        /// Nothing until the caller leaves, which opens the gate.
        case silence(Gate)
    }

    /// The samples of 16 bits of each speech, 24,000 in a second.
    public static let sound = [UInt8](repeating: 7, count: 4800)
    /// The key that callers need.
    public static let key = "sk-audio"
    /// The language that the model reports.
    public static let language = "english"

    private let hears: String
    private let play: Play
    private let received = Mutex<[ReceivedRequest]>([])

    fileprivate init(hears: String, play: Play) {
        self.hears = hears
        self.play = play
    }

    /// The requests so far.
    public var requests: [ReceivedRequest] { received.withLock(\.self) }

    fileprivate func serve(_ connection: ScriptedConnection) async throws {
        while let request = try await connection.request() {
            received.withLock { $0.append(request) }
            switch play {
            case .usual, .wav: try await connection.send(answer(to: request))
            case .error(let status, let code): try await connection.send(Self.error(status, code))
            case .page: try await connection.send(Self.response(502, "text/html", Array("<html>".utf8)))
            case .empty: try await connection.send(Self.response(200, "audio/mpeg", []))
            case .silence(let gate):
                await connection.closed()
                gate.open()
                return
            }
        }
    }

    private func answer(to request: ReceivedRequest) -> [UInt8] {
        guard request["authorization"] == "Bearer \(Self.key)" else { return Self.error(401, "invalid_api_key") }
        switch request.line.split(separator: " ").dropFirst().first {
        case "/v1/audio/speech": return speech(request)
        case "/v1/audio/transcriptions": return transcription(request)
        default: return Self.error(404, "not_found")
        }
    }

    private struct SpeechRequest: Decodable {
        let model: String
        let input: String
        let voice: String
        let response_format: String?
    }

    private func speech(_ request: ReceivedRequest) -> [UInt8] {
        guard let asked = try? JSONDecoder().decode(SpeechRequest.self, from: Data(request.body)),
            (1...4096).contains(asked.input.count)
        else { return Self.error(400, "invalid_value") }
        if case .wav = play { return Self.response(200, "audio/wav", Self.wav(Self.sound)) }
        switch asked.response_format ?? "mp3" {
        case "pcm": return Self.response(200, "audio/pcm", Self.sound)
        // A frame of 24 kHz and 32 kbit/s, whose content does not matter here.
        case "mp3": return Self.response(200, "audio/mpeg", [0xFF, 0xF3, 0x44, 0xC4] + Array(repeating: 0, count: 92))
        case "wav": return Self.response(200, "audio/wav", Self.wav(Self.sound))
        default: return Self.error(400, "invalid_value")
        }
    }

    private func transcription(_ request: ReceivedRequest) -> [UInt8] {
        let text = String(decoding: request.body, as: UTF8.self)
        let isForm = request["content-type"]?.hasPrefix("multipart/form-data; boundary=") == true
        // The extension of the name tells the format.
        guard isForm, text.contains("name=\"model\""), text.contains("name=\"file\"; filename=\""),
            text.contains(".wav\""), text.contains("RIFF")
        else { return Self.error(400, "invalid_value") }
        let body =
            #"{"text": "\#(hears)", "language": "\#(Self.language)", "usage": {"type": "duration", "seconds": 2}}"#
        return Self.response(200, "application/json", Array(body.utf8))
    }

    private static func wav(_ samples: [UInt8]) -> [UInt8] {
        // A chunk that says nothing precedes the sound, and lengths are those of a stream.
        Array("RIFF".utf8) + [255, 255, 255, 255] + Array("WAVELIST".utf8) + [4, 0, 0, 0] + Array("INFOfmt ".utf8)
            + [16, 0, 0, 0, 1, 0, 1, 0, 0x80, 0xBB, 0, 0, 0, 0x77, 1, 0, 2, 0, 16, 0] + Array("data".utf8)
            + [255, 255, 255, 255] + samples
    }

    private static func error(_ status: Int, _ code: String) -> [UInt8] {
        let body =
            #"{"error": {"message": "Said upstream.", "type": "invalid_request_error", "param": null, "code": "\#(code)"}}"#
        return response(status, "application/json", Array(body.utf8))
    }

    private static func response(_ status: Int, _ type: String, _ body: [UInt8]) -> [UInt8] {
        Array("HTTP/1.1 \(status) Whatever\r\ncontent-type: \(type)\r\ncontent-length: \(body.count)\r\n\r\n".utf8)
            + body
    }
}

/// Runs a server with OpenAI's audio wire while `body` runs.
///
/// - Parameters:
///   - hears: The words that it hears in each recording.
///   - play: What becomes of each call.
///   - body: Receives the server and its base URL.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, and what kept the server from running.
public func withScriptedAudio<Result>(
    hears: String = "",
    play: ScriptedAudio.Play = .usual,
    _ body: (ScriptedAudio, _ baseURL: String) async throws -> Result
) async throws -> Result {
    let audio = ScriptedAudio(hears: hears, play: play)
    return try await withScriptedServer { connection in
        try await audio.serve(connection)
    } _: { server in
        try await body(audio, "http://\(server.authority)/v1")
    }
}
