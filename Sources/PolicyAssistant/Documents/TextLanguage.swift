/// The language of a text, as far as questions are made in it.
enum TextLanguage: Sendable, Hashable {
    case german, other

    /// Tells the language by the most common words of German and of English, among the first thousands of the text.
    init(of text: some StringProtocol) {
        var (german, english) = (0, 0)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter }).prefix(Self.mostWords) {
            if Self.germanWords.contains(word) { german += 1 }
            if Self.englishWords.contains(word) { english += 1 }
        }
        self = german > english ? .german : .other
    }

    private static let mostWords = 5_000
    private static let germanWords: Set<Substring> = [
        "der", "die", "das", "und", "ist", "nicht", "mit", "für", "von", "den", "dem", "ein", "eine", "wird", "werden",
        "auf",
        "bei", "sind", "zu", "im", "oder",
    ]
    private static let englishWords: Set<Substring> = [
        "the", "and", "of", "to", "is", "are", "for", "with", "you", "your", "not", "that", "be", "on", "by", "or",
        "this",
        "must", "may",
    ]
}
