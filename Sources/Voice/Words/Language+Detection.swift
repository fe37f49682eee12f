extension Language {
    /// Determines the language of a text by its most frequent words.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - fallback: The language of a text that has none of these words, or as many of both.
    init(of text: String, orElse fallback: Language) {
        var counts: [Language: Int] = [:]
        let words = text.lowercased().split { !$0.isLetter && $0 != "'" }.map(String.init)
        for language in Language.allCases {
            counts[language] = words.count { language.frequentWords.contains($0) }
        }
        if text.contains(where: { "äöüßÄÖÜ".contains($0) }) { counts[.german, default: 0] += 1 }
        let best = counts.max { $0.value < $1.value }
        let isClear = counts.values.count { $0 == best?.value } == 1
        self = isClear ? best?.key ?? fallback : fallback
    }

    private var frequentWords: Set<String> {
        switch self {
        case .english: Self.frequentEnglish
        case .german: Self.frequentGerman
        }
    }

    private static let frequentEnglish: Set<String> = [
        "the", "of", "and", "to", "is", "are", "for", "with", "you", "your", "not", "be", "by", "or", "from", "have",
        "has", "do", "does", "how", "what", "when", "who", "which", "where", "can", "may", "must", "i", "we", "it",
        "at",
        "this", "that", "if", "per", "each", "employees", "days", "a", "my", "get", "will",
    ]

    private static let frequentGerman: Set<String> = [
        "der", "die", "das", "und", "ist", "sind", "für", "mit", "sie", "ihr", "ihre", "nicht", "ein", "eine", "einen",
        "zu", "zum", "zur", "von", "vom", "im", "den", "dem", "des", "auf", "bei", "wie", "wann", "wer", "welche", "wo",
        "kann", "muss", "darf", "ich", "wir", "es", "oder", "wenn", "pro", "jeder", "viele", "viel", "habe", "hat",
        "haben",
        "tage", "werden", "wird", "mir", "aus", "nach", "bekomme", "gibt",
    ]
}
