internal import SentenceEncoder

/// How close two sentences are in meaning.
struct SentenceSimilarity: Sendable {
    let encoder: PassageEncoder

    /// Compares two sentences.
    ///
    /// - Parameters:
    ///   - first: A sentence.
    ///   - second: Another.
    ///   - areEnglish: Whether both are in English.
    /// - Returns: Their cosine; nil if no model reads both of their languages.
    func cosine(_ first: String, _ second: String, areEnglish: Bool) -> Double? {
        let encode: (String) -> QueryVectors
        if areEnglish {
            encode = { encoder.vectors(of: $0) }
        } else if let multilingual = encoder.multilingual {
            encode = { multilingual.query($0) }
        } else {
            return nil
        }
        return encode(first).vector.products(with: encode(second).vector).first.map { Double($0) }
    }
}
