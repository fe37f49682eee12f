/// Something that a caller is told of a turn, in order; the first of a turn has the number 1.
///
/// Indirect, as most are small and some are large, and turns keep them all.
public indirect enum TurnEvent: Sendable {
    /// The answer's text went on; with how sure the answer is, once, where its first words tell.
    case delta(String, confidence: AnswerConfidence? = nil)
    /// The answer rests on this.
    case citation(Citation)
    /// The answer is whole; nothing follows.
    case done(Answer)
    /// There is no whole answer, whatever came before; nothing follows.
    case failed(PolicyAssistantError)

    /// Whether nothing follows.
    public var isLast: Bool {
        switch self {
        case .delta, .citation: false
        case .done, .failed: true
        }
    }

    /// About how much memory the event takes beside its fixed part, in bytes.
    var size: Int {
        switch self {
        case .delta(let text, _): text.utf8.count
        case .citation(let citation): citation.quote.utf8.count
        case .done, .failed: 0
        }
    }
}

extension TurnEvent: Codable {
    private enum CodingKeys: CodingKey {
        case delta, confidence, citation, done, failed
    }

    /// Reads an event as the journal keeps it.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        if let text = try fields.decodeIfPresent(String.self, forKey: .delta) {
            let confidence = try fields.decodeIfPresent(AnswerConfidence.self, forKey: .confidence)
            self = .delta(text, confidence: confidence)
        } else if let citation = try fields.decodeIfPresent(Citation.self, forKey: .citation) {
            self = .citation(citation)
        } else if let answer = try fields.decodeIfPresent(Answer.self, forKey: .done) {
            self = .done(answer)
        } else {
            self = .failed(try fields.decode(PolicyAssistantError.self, forKey: .failed))
        }
    }

    /// Writes the event as the journal keeps it.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .delta(let text, let confidence):
            try fields.encode(text, forKey: .delta)
            try fields.encodeIfPresent(confidence, forKey: .confidence)
        case .citation(let citation): try fields.encode(citation, forKey: .citation)
        case .done(let answer): try fields.encode(answer, forKey: .done)
        case .failed(let error): try fields.encode(error, forKey: .failed)
        }
    }
}
