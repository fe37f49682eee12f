/// The stem of an Arabic word: the word without its article, `and` and `so`, and without one ending of gender, number or owner.
///
/// `الزواج` and `زواج` have the same stem. This is light stemming (Larkey, Ballesteros and Connell, 2002); it does not
/// find the root, so a broken plural keeps a stem of its own.
enum ArabicStem {
    /// The stem of a word without diacritics; nil for a word of another script.
    static func of(_ word: String) -> String? {
        var letters = Array(word.unicodeScalars)
        guard !letters.isEmpty, letters.allSatisfy({ (0x0620...0x064A).contains($0.value) }) else { return nil }
        letters = letters.map { Self.forms[$0] ?? $0 }
        if letters.first == "و", letters.count > Self.fewest + 1 { letters.removeFirst() }
        if let article = articles.first(where: { letters.starts(with: $0) }),
            letters.count >= article.count + Self.fewest
        {
            letters.removeFirst(article.count)
        }
        if let ending = endings.first(where: { letters.reversed().starts(with: $0.reversed()) }),
            letters.count >= ending.count + Self.fewest
        {
            letters.removeLast(ending.count)
        }
        var stem = String.UnicodeScalarView()
        stem.append(contentsOf: letters)
        return String(stem)
    }

    /// The minimum number of letters that stay.
    private static let fewest = 3
    /// Letters that are written in several ways.
    private static let forms: [Unicode.Scalar: Unicode.Scalar] = [
        "أ": "ا", "إ": "ا", "آ": "ا", "ة": "ه", "ى": "ي",
    ]
    private static let articles = ["ال", "بال", "كال", "فال", "لل"].map { Array($0.unicodeScalars) }
    private static let endings = ["ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي"].map { Array($0.unicodeScalars) }
}
