/// An event of a turn, for its caller; the first of a turn has the number 1.
///
/// Indirect, because most events are small, some are large, and turns keep them all.
public indirect enum TurnEvent: Sendable {
    /// More text of the answer; once with its confidence, where the first words express it.
    case delta(String, confidence: AnswerConfidence? = nil)
    /// A passage that the answer is based on.
    case citation(Citation)
    /// The complete answer; no event follows.
    case done(Answer)
    /// The turn failed, whatever came before; no event follows.
    case failed(PolicyAssistantError)

    /// Whether no event follows.
    public var isLast: Bool {
        switch self {
        case .delta, .citation: false
        case .done, .failed: true
        }
    }

    /// The approximate size of the event's variable part, in bytes.
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

    /// Decodes an event of the journal.
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

    /// Encodes the event for the journal.
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

/// The ID of a turn: random, so that only those who were given it can read the turn.
public struct TurnID: Sendable, Hashable, CustomStringConvertible {
    /// The regular expression of an ID.
    public static let pattern = "^\(prefix)[0-9a-fA-F]{\(digits)}$"

    /// The ID.
    public let description: String

    /// Creates a new ID.
    init() {
        description = Self.prefix + RandomToken.make()
    }

    /// Reads an ID; nil where the text is not one.
    public init?(_ text: String) {
        let word = text.dropFirst(Self.prefix.count)
        guard text.hasPrefix(Self.prefix), word.utf8.count == Self.digits, word.allSatisfy(\.isHexDigit) else {
            return nil
        }
        description = text
    }

    private static let prefix = "turn_"
    private static let digits = 32
}
