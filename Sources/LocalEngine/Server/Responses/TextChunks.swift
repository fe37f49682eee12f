/// Cuts an answer into the pieces that a stream sends.
enum TextChunks {
    /// The least scalars of a piece that ends between words, in an answer that is long enough for several.
    private static let length = 16

    /// Cuts a text between words, and at the given places, which are counted in Unicode scalars.
    ///
    /// - Returns: The pieces; together they are the text.
    static func cut(_ text: String, at places: [Int]) -> [String] {
        let scalars = text.unicodeScalars
        let least = min(length, scalars.count / 3)
        let places = Set(places)
        var pieces: [String] = []
        var piece = String.UnicodeScalarView()
        var endsWord = false
        for (offset, scalar) in scalars.enumerated() {
            let isSpace = scalar.properties.isWhitespace
            let isBetweenWords = endsWord && !isSpace && piece.count > least
            if !piece.isEmpty, isBetweenWords || places.contains(offset) {
                pieces.append(String(piece))
                piece = String.UnicodeScalarView()
            }
            piece.append(scalar)
            endsWord = isSpace
        }
        return piece.isEmpty ? pieces : pieces + [String(piece)]
    }
}
