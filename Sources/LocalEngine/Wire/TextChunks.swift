/// Splits an answer into the chunks that a stream sends.
enum TextChunks {
    /// The least scalars of a chunk that ends between words, in an answer that is long enough for several.
    private static let length = 16

    /// Splits a text between words, and at the given places, which are counted in Unicode scalars.
    ///
    /// - Returns: The chunks, which together are the text.
    static func split(_ text: String, at places: [Int]) -> [String] {
        let scalars = text.unicodeScalars
        let least = min(length, scalars.count / 3)
        let places = Set(places)
        var chunks: [String] = []
        var chunk = String.UnicodeScalarView()
        var endsWord = false
        for (offset, scalar) in scalars.enumerated() {
            let isSpace = scalar.properties.isWhitespace
            let isBetweenWords = endsWord && !isSpace && chunk.count > least
            if !chunk.isEmpty, isBetweenWords || places.contains(offset) {
                chunks.append(String(chunk))
                chunk = String.UnicodeScalarView()
            }
            chunk.append(scalar)
            endsWord = isSpace
        }
        return chunk.isEmpty ? chunks : chunks + [String(chunk)]
    }
}
