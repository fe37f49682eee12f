import FoundationEssentials

/// Collects the results of a transcription from its messages.
struct TranscriptionResults {
    private let requestID: String?
    private var texts: [String] = []
    private var language: String?
    /// The IDs of results that were not final yet, and have words.
    private var partial: Set<String> = []

    init(requestID: String?) {
        self.requestID = requestID
    }

    /// The text of the final results so far.
    var transcription: Transcription { Transcription(text: texts.joined(separator: " "), language: language) }

    /// Whether words have arrived of which no final result followed.
    var hasPartialResult: Bool { !partial.isEmpty }

    /// Takes a message.
    ///
    /// - Throws: ``AWSError`` for an exception, and with code `malformedAnswer` for results that cannot be read.
    mutating func receive(_ message: EventMessage) throws(AWSError) {
        switch message[":message-type"] {
        case "event":
            // Other events than transcripts may be added to the API.
            guard message[":event-type"] == "TranscriptEvent" else { return }
            for result in try results(message.payload) { receive(result) }
        case "exception":
            throw error(message[":exception-type"])
        case "error":
            throw error(message[":error-code"])
        default:
            throw AWSError(.malformedAnswer, status: 200, requestID: requestID)
        }
    }

    private func error(_ name: String?) -> AWSError {
        let type = AWSError.type(name)
        return AWSError(AWSError.Code(type: type, status: nil), type: type, requestID: requestID)
    }

    private func results(_ payload: [UInt8]) throws(AWSError) -> [TranscriptEvent.Result] {
        do {
            return try JSONDecoder().decode(TranscriptEvent.self, from: Data(payload)).transcript.results
        } catch {
            throw AWSError(.malformedAnswer, status: 200, requestID: requestID)
        }
    }

    private mutating func receive(_ result: TranscriptEvent.Result) {
        let text = result.alternatives?.first?.transcript ?? ""
        guard !result.isPartial else {
            if !text.isEmpty { partial.insert(result.id ?? "") }
            return
        }
        partial.remove(result.id ?? "")
        if !text.isEmpty { texts.append(text) }
        language = language ?? result.languageCode
    }
}

/// The payload of a transcript event.
private struct TranscriptEvent: Decodable {
    let transcript: Transcript

    struct Transcript: Decodable {
        let results: [Result]

        enum CodingKeys: String, CodingKey {
            case results = "Results"
        }
    }

    struct Result: Decodable {
        let id: String?
        let isPartial: Bool
        let alternatives: [Alternative]?
        let languageCode: String?

        enum CodingKeys: String, CodingKey {
            case id = "ResultId"
            case isPartial = "IsPartial"
            case alternatives = "Alternatives"
            case languageCode = "LanguageCode"
        }
    }

    struct Alternative: Decodable {
        let transcript: String?

        enum CodingKeys: String, CodingKey {
            case transcript = "Transcript"
        }
    }

    enum CodingKeys: String, CodingKey {
        case transcript = "Transcript"
    }
}
