/// How sure it is that an answer answers its question.
///
/// Clients are told in the `metadata` of a response and of an assistant's message, under the key ``metadataKey``.
enum AnswerConfidence: String, Sendable, Hashable {
    /// The quotations answer the question.
    case sure
    /// The quotations may not answer the question, and the text says so.
    case unsure
    /// Nothing is quoted.
    case none

    /// Where metadata holds it.
    static let metadataKey = "confidence"

    /// The most pairs that metadata may have.
    private static let mostPairs = 16

    /// Returns metadata with the confidence added, unless the client's own notes leave no place for it.
    func added(to metadata: JSONValue?) -> JSONValue {
        var pairs = metadata?.object ?? [:]
        if pairs[Self.metadataKey] == nil, pairs.count < Self.mostPairs { pairs[Self.metadataKey] = .string(rawValue) }
        return .object(pairs)
    }
}
