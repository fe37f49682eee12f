/// The names in a question: what an answer can hardly leave out.
enum ProperNames {
    /// The words that are written like names, in lower case and without accents.
    ///
    /// Where all nouns are written like names, as in German, or everything is, none is taken for one.
    static func names(in text: String) -> Set<String> {
        var names: Set<String> = []
        var plain = 0
        var isFirst = true
        for piece in text.split(whereSeparator: \.isWhitespace) {
            let opens = isFirst
            isFirst = piece.last.map { ".?!:".contains($0) } ?? false
            guard let letter = piece.first(where: \.isLetter) else { continue }
            let words = Words.content(of: piece).filter { $0.count > 2 && !CommonWords.contains($0) }
            if !letter.isUppercase { plain += 1 } else if !opens { names.formUnion(words) }
        }
        return names.count * fewest <= plain && !isGerman(text) ? names : []
    }

    /// So many other words come with each name in an English question.
    private static let fewest = 2

    private static func isGerman(_ text: String) -> Bool {
        Words.all(in: text).contains { germanWords.contains($0) }
    }
    private static let germanWords: Set<String> = [
        "ich", "wir", "der", "die", "das", "den", "dem", "ein", "eine", "ist", "sind", "und", "wie", "wer", "wann",
        "wo",
        "bei", "mit", "fur", "von", "zu", "auf",
    ]
}
