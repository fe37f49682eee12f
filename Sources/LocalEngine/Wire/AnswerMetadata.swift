/// What metadata says of an answer: its confidence, and who wrote it.
struct AnswerMetadata: Sendable, Hashable {
    let confidence: AnswerConfidence
    let author: AnswerAuthor

    /// The most pairs that metadata may have.
    private static let maximumPairs = 16

    /// Returns metadata with what it says of an answer, unless it is full or has the keys.
    func added(to metadata: JSONValue?) -> JSONValue {
        var pairs = metadata?.object ?? [:]
        let own = [
            (AnswerConfidence.metadataKey, confidence.rawValue), (AnswerAuthor.nameKey, author.name),
            (AnswerAuthor.failureKey, author.failure?.rawValue),
        ]
        for case (let key, let value?) in own where pairs[key] == nil && pairs.count < Self.maximumPairs {
            pairs[key] = .string(value)
        }
        return .object(pairs)
    }
}

extension CitedAnswer {
    /// What metadata says of the answer.
    var metadata: AnswerMetadata { AnswerMetadata(confidence: confidence, author: author) }
}
