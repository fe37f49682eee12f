internal import DocumentText

/// A sentence, list item or table row of a passage: the smallest thing that an answer quotes.
struct Statement: Sendable {
    /// The text, without a list item's bullet.
    let text: String
    /// Whether the statement is, or is part of, a list item.
    let isListItem: Bool
    /// Whether the statement is a row of a table.
    let isRow: Bool
    /// Whether the statement begins a line of the passage.
    let beginsLine: Bool
    /// Its words, in order.
    let words: [String]
    /// The stems of its words, in order.
    let stems: [String]
    /// How long it is.
    let wordCount: Int
    /// The stems of the words that are not there only to hold it together.
    let contentStems: Set<String>

    /// Whether the statement leads into what follows it.
    var leadsIn: Bool { text.last == ":" }

    /// Whether the statement makes sense only with the one before it.
    var leansBack: Bool { words.first.map { Self.backReferences.contains($0) } ?? false }

    /// The statements of a passage, in order.
    static func statements(of passage: String) -> [Statement] {
        let lines = passage.split(separator: "\n")
        let rows = RowLines.places(among: lines)
        return lines.enumerated().flatMap { number, line in
            let isListItem = line.hasPrefix("- ")
            let isRow = rows.contains(number)
            let text = String(isListItem ? line.dropFirst(2) : line)
            let sentences = isRow ? [text] : SentenceSplitter.sentences(of: text)
            return sentences.enumerated().map { place, sentence in
                let words = Words.all(in: sentence)
                return Statement(
                    text: sentence,
                    isListItem: isListItem,
                    isRow: isRow,
                    beginsLine: place == 0,
                    words: words,
                    stems: words.map { WordStem.of($0) },
                    wordCount: sentence.wordCount,
                    contentStems: Set(words.filter { !StopWords.contains($0) }.map { WordStem.of($0) })
                )
            }
        }
    }

    private static let backReferences: Set<String> = [
        "it", "they", "this", "these", "that", "those", "he", "she", "such", "otherwise", "however", "er", "es", "sie",
        "dies", "diese", "dieser", "dieses", "dabei", "dafur", "dazu", "davon", "andernfalls", "jedoch",
    ]
}
