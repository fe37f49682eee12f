import HTTPClient
import HTTPTypes

/// Speech in both directions: `/audio/transcriptions` and `/audio/speech`.
///
/// OpenAI's own models of `/audio/speech` end on 2027-01-06; other servers speak the same wire.
public struct AudioAPI: Sendable {
    let transport: Transport

    /// The text of a recording.
    public struct Transcription: Sendable, Hashable, Decodable {
        /// The text.
        public var text: String
        /// The language, where the server reports one: a code such as `en`, or a name such as `english`.
        public var language: String?
        /// The languages, where a model reports several.
        public var languages: [String]?
    }

    /// Transcribes a recording.
    ///
    /// - Parameters:
    ///   - file: The recording, at most 25 MB.
    ///   - filename: Its name, by whose extension the API knows the format.
    ///   - model: The model's ID.
    ///   - language: The language of the recording, by ISO 639-1; nil if it is not known.
    /// - Returns: The text.
    /// - Throws: ``OpenAIError``.
    public func transcribe(
        _ file: [UInt8],
        filename: String,
        model: String,
        language: String? = nil
    ) async throws(OpenAIError) -> Transcription {
        var form = [
            MultipartPart(name: "model", content: .text(model)),
            MultipartPart(name: "response_format", content: .text("json")),
        ]
        if let language { form.append(MultipartPart(name: "language", content: .text(language))) }
        form.append(MultipartPart(name: "file", content: .bytes(file, filename: filename)))
        var call = APICall.post("audio", "transcriptions", body: .multipart(form))
        call.hasIDs = false
        call.repeatability = .untilAnswered
        return try await transport.value(call)
    }

    /// Speaks a text.
    ///
    /// - Parameters:
    ///   - text: The text, at most 4,096 characters.
    ///   - model: The model's ID.
    ///   - voice: The name of the voice.
    ///   - format: `mp3`, `opus`, `aac`, `flac`, `wav` or `pcm` (24,000 samples of 16 bits in a second).
    /// - Returns: The sound.
    /// - Throws: ``OpenAIError``.
    public func speak(
        _ text: String,
        model: String,
        voice: String,
        format: String
    ) async throws(OpenAIError) -> [UInt8] {
        let request = SpeechRequest(model: model, input: text, voice: voice, responseFormat: format)
        var call = try APICall.post("audio", "speech", json: request)
        call.hasIDs = false
        call.repeatability = .untilAnswered
        call.headers[.accept] = "audio/*"
        return try await transport.bytes(call)
    }

    private struct SpeechRequest: Encodable {
        let model: String
        let input: String
        let voice: String
        let responseFormat: String

        enum CodingKeys: String, CodingKey {
            case model, input, voice
            case responseFormat = "response_format"
        }
    }
}
