/// The language of a text, as far as its most common words tell.
enum TextLanguage: String, Sendable, Hashable {
    case english, german
    /// Another language, or a text that does not tell.
    case other

    /// Recognizes the language by the most common words of German and of English, among the text's first 5,000 words.
    init(of text: some StringProtocol) {
        var (german, english) = (0, 0)
        for word in text.lowercased().split(whereSeparator: { !$0.isLetter }).prefix(Self.maximumWords) {
            if Self.germanWords.contains(word) { german += 1 }
            if Self.englishWords.contains(word) { english += 1 }
        }
        self = german > english ? .german : english > german ? .english : .other
    }

    private static let maximumWords = 5_000
    private static let germanWords: Set<Substring> = [
        "der", "die", "das", "und", "ist", "nicht", "mit", "für", "von", "den", "dem", "ein", "eine", "wird", "werden",
        "auf", "bei", "sind", "zu", "im", "oder", "wie", "viel", "viele", "lange", "wann", "wer", "wo", "welche",
        "kann",
        "darf", "muss", "ich", "wir", "mein", "meine", "meinen", "mir", "habe", "haben", "bekomme", "gibt", "es",
        "nach",
    ]
    private static let englishWords: Set<Substring> = [
        "the", "and", "of", "to", "is", "are", "for", "with", "you", "your", "not", "that", "be", "on", "by", "or",
        "this", "must", "may", "how", "many", "much", "long", "what", "when", "who", "where", "which", "can", "do",
        "does",
        "i", "we", "my", "me", "have", "get", "it", "a", "about",
    ]
}
