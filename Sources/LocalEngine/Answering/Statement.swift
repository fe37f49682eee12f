/// A sentence, list item or table row of a passage: the smallest thing that an answer quotes.
struct Statement: Sendable {
    /// The text, without a list item's bullet.
    let text: String
    /// Whether the statement is, or is part of, a list item.
    let isListItem: Bool
    /// Whether the statement begins a line of the passage.
    let beginsLine: Bool
    /// The stems of its words.
    let stems: Set<String>
    /// How long it is.
    let wordCount: Int

    /// Whether the statement leads into what follows it.
    var leadsIn: Bool { text.last == ":" }

    /// Whether the statement makes sense only with the one before it.
    var leansBack: Bool {
        guard let first = Words.all(in: text.prefix(24)).first else { return false }
        return Self.backReferences.contains(first)
    }

    /// Whether there is a figure in it, in digits or as a word.
    var hasFigure: Bool {
        text.contains(where: \.isNumber) || !stems.isDisjoint(with: Self.numberWords)
    }

    /// Whether there is a day, a month or a time in it.
    var hasDate: Bool {
        text.contains(where: \.isNumber) || !stems.isDisjoint(with: Self.calendarWords)
    }

    /// The statements of a passage, in order.
    static func statements(of passage: String) -> [Statement] {
        passage.split(separator: "\n").flatMap { line in
            let isListItem = line.hasPrefix("- ")
            let sentences = SentenceSplitter.sentences(of: String(isListItem ? line.dropFirst(2) : line))
            return sentences.enumerated().map { place, sentence in
                Statement(
                    text: sentence,
                    isListItem: isListItem,
                    beginsLine: place == 0,
                    stems: Set(Words.all(in: sentence).map { WordStem.of($0) }),
                    wordCount: sentence.wordCount
                )
            }
        }
    }

    private static let backReferences: Set<String> = [
        "it", "they", "this", "these", "that", "those", "he", "she", "such", "otherwise", "however", "er", "es", "sie",
        "dies",
        "diese", "dieser", "dieses", "dabei", "dafur", "dazu", "davon", "andernfalls", "jedoch",
    ]
    private static let numberWords = Set(
        """
        one two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty sixty hundred thousand \
        half third quarter few several once twice first second zwei drei vier funf sechs sieben acht neun zehn elf zwolf zwanzig dreissig \
        hundert tausend halb halbe halben einmal zweimal dreimal
        """.split(separator: " ").map { WordStem.of(String($0)) }
    )
    private static let calendarWords = Set(
        """
        january february march april may june july august september october november december monday tuesday wednesday thursday \
        friday saturday sunday noon midnight januar februar marz mai juni juli oktober dezember montag dienstag mittwoch \
        donnerstag freitag samstag sonntag day week month year anniversary tag woche monat jahr
        """.split(separator: " ").map { WordStem.of(String($0)) }
    )
}
