/// An answer with its citations.
public struct Answer: Sendable, Hashable, Codable {
    /// The answer's text, without citation marks.
    public var text: String
    /// The cited passages, in the order of first mention.
    public var citations: [Citation]
    /// The thread that the turn belongs to.
    public var threadID: String
    /// The turn's ID upstream.
    public var responseID: String
    /// The revision of the corpus that was asked.
    public var revision: Int
    /// The tokens that the turn used; nil where upstream does not report them.
    public var usage: TokenUsage?
    /// The confidence of the answer; nil where upstream does not report it.
    public var confidence: AnswerConfidence?
    /// Who wrote the answer; nil only in an answer that an earlier version has journaled.
    public var author: AnswerAuthor?
    /// The name of the role in which it was asked for; nil for none.
    public var role: String?
    /// True if it was cut at the length that its caller had asked for; nil otherwise.
    public var isCut: Bool?
    /// Whose manner of writing it imitates; nil for nobody's.
    public var imitation: ImitationMark?
}

/// Who wrote an answer.
public struct AnswerAuthor: Sendable, Hashable, Codable {
    /// `engine` for quotations of the embedded engine, and otherwise the name of the model.
    public var name: String
    /// Why the model of the embedded engine did not write the answer, or not to its end; nil if it did or was not asked.
    public var failure: String?

    /// The name of the embedded engine.
    public static let engine = "engine"
}

extension AnswerAuthor {
    /// Reads the author in the metadata of an answer; nil without one.
    init?(metadata: [String: String]) {
        guard let name = metadata["written_by"] else { return nil }
        self.init(name: name, failure: metadata["writing_failure"])
    }
}

/// A passage of a document that an answer is based on.
public struct Citation: Sendable, Hashable, Codable {
    /// The ID of the uploaded file.
    public var fileID: String
    /// The document's path below the assets folder.
    public var filename: String
    /// The text of the passage, at most 400 characters; empty where upstream does not return it.
    public var quote: String
}

/// The tokens that a turn used.
public struct TokenUsage: Sendable, Hashable, Codable {
    /// The tokens of the input.
    public var input: Int
    /// The tokens of the output.
    public var output: Int
    /// All tokens.
    public var total: Int
}

/// The confidence of upstream that an answer is correct.
public enum AnswerConfidence: String, Sendable, Hashable, Codable, CaseIterable {
    /// The answer is supported by the documents.
    case sure
    /// The answer may be wrong, and its text begins with that.
    case unsure
    /// The documents do not contain the answer.
    case notFound = "none"
}

extension AnswerConfidence {
    /// Reads the confidence in the metadata of an answer; nil without one.
    init?(metadata: [String: String]) {
        guard let said = metadata["confidence"] else { return nil }
        self.init(rawValue: said)
    }

    /// Reads the confidence in the first words of an answer; nil where they express none, or none yet.
    init?(saidBy text: some StringProtocol) {
        // Nearly all answers begin with another letter, and to fold their case costs more than to look.
        guard let first = text.unicodeScalars.first(where: \.properties.isAlphabetic),
            let initial = first.properties.lowercaseMapping.unicodeScalars.first,
            Self.doubts.contains(where: { $0.unicodeScalars.first == initial })
        else { return nil }
        let start = String(text.prefix(Self.maximumCharacters)).lowercased().replacing("’", with: "'")
        let words = start.unicodeScalars.drop { !$0.properties.isAlphabetic }
        guard Self.doubts.contains(where: { words.starts(with: $0.unicodeScalars) }) else { return nil }
        self = .unsure
    }

    /// The number of characters at the beginning of an answer that are searched.
    static let maximumCharacters = 64

    /// The beginnings of answers that may be wrong.
    private static let doubts = [
        "i am not sure", "i'm not sure", "not sure", "ich bin nicht sicher", "ich bin mir nicht sicher",
        "je ne suis pas sûr", "no estoy segur", "non sono sicur", "ik weet niet zeker", "não tenho a certeza",
        "não tenho certeza",
    ]
}
