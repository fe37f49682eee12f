/// Joins the letters of words that are printed with wide gaps between them, as in `H O L I D A Y S`.
enum PDFLetterSpacing {
    /// The minimum number of parts of a text, and the minimum portion of them that are one letter or figure.
    private static let minimumParts = 4
    private static let minimumPortion = 0.7
    /// The maximum length of a part, as of letters that a pair's own distance keeps together.
    private static let maximumLength = 3
    /// The initials of the months, which are words of a table.
    private static let months = "JFMAMJJASOND"

    /// The text with its words joined; the text itself if its letters are not apart.
    ///
    /// - Parameter text: A text in which one blank is between letters, and three or more are between words.
    /// - Returns: The text.
    static func joined(_ text: String) -> String {
        let bytes = text.utf8
        // Most texts have a longer word at their start.
        guard bytes.count >= minimumParts * 2 - 1, bytes.count <= 400,
            bytes.prefix(maximumLength * 4 + 1).contains(UInt8(ascii: " "))
        else { return text }
        var words: [[Substring]] = [[]]
        var blanks = 0
        for part in text.split(separator: " ", omittingEmptySubsequences: false) {
            guard !part.isEmpty else {
                blanks += 1
                continue
            }
            if blanks > 1, words[words.count - 1].count > 0 { words.append([]) }
            blanks = 0
            words[words.count - 1].append(part)
        }
        let parts = words.joined()
        let count = parts.count
        let letters = parts.joined().count(where: \.isLetter)
        guard count >= minimumParts, parts.allSatisfy({ $0.count <= maximumLength }), letters > count / 2,
            Double(parts.count { $0.count == 1 && $0.allSatisfy { $0.isLetter || $0.isNumber } })
                >= Double(count) * minimumPortion,
            words.count * 2 <= count
        else { return text }
        let joined = words.map { $0.joined() }.joined(separator: " ")
        guard isWord(joined) else { return text }
        return text.prefix { $0 == " " } + joined + String(text.reversed().prefix { $0 == " " })
    }

    /// Whether letters are not a row of labels: those of the alphabet, of days, or of months.
    private static func isWord(_ text: String) -> Bool {
        let letters = text.unicodeScalars.filter(\.properties.isAlphabetic).map(\.value)
        let isSequence = zip(letters, letters.dropFirst()).allSatisfy { $0 + 1 == $1 }
        let hasVowel = text.lowercased().unicodeScalars.contains { !$0.isASCII || "aeiouy".unicodeScalars.contains($0) }
        return !isSequence && hasVowel && text.uppercased() != months
    }
}
