/// How sure upstream is that an answer answers its question.
public enum AnswerConfidence: String, Sendable, Hashable, Codable, CaseIterable {
    /// The answer stands.
    case sure
    /// The answer may not be one, and its text says so first.
    case unsure
    /// The documents do not hold the answer.
    case notFound = "none"
}

extension AnswerConfidence {
    /// How sure upstream says it is, in the metadata of an answer; nil where it does not say.
    init?(metadata: [String: String]) {
        guard let said = metadata["confidence"] else { return nil }
        self.init(rawValue: said)
    }

    /// How sure an answer is by its first words; nil where they do not say, or not yet.
    init?(saidBy text: some StringProtocol) {
        let start = String(text.prefix(Self.mostCharacters)).lowercased().replacing("’", with: "'")
        let words = start.unicodeScalars.drop { !$0.properties.isAlphabetic }
        guard Self.doubts.contains(where: { words.starts(with: $0.unicodeScalars) }) else { return nil }
        self = .unsure
    }

    /// In how many characters at the beginning of an answer its first words are found.
    static let mostCharacters = 64

    /// What answers begin with that may not be any.
    private static let doubts = [
        "i am not sure", "i'm not sure", "not sure", "ich bin nicht sicher", "ich bin mir nicht sicher",
        "je ne suis pas sûr", "no estoy segur", "non sono sicur", "ik weet niet zeker", "não tenho a certeza",
        "não tenho certeza",
    ]
}
