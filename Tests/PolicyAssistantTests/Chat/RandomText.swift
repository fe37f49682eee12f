/// What texts of words in many scripts are put together from.
enum RandomText {
    /// Words and their parts, signs and blanks; what is equal in several forms is there in each.
    static let pieces: [String] = words + otherWords + signs + blanks

    private static let words: [String] =
        "a B leave Leave LEAVE 27 days twenty-seven incomprehensibilities Ärzte A\u{308}rzte ärzte ß Þ ÿ \u{178} naïve é"
        .split(separator: " ").map { String($0) }
    private static let otherWords: [String] =
        "nai\u{308}ve e\u{301} год ГОД й и\u{306} ΟΔΟΣ İ \u{212A} \u{2126} Ω ½ ² ﬁ 年休 が か\u{3099} 한"
        .split(separator: " ").map { String($0) }
    private static let signs: [String] = "×÷😀–“”…€™|#-_.:'".map { String($0) }
    private static let blanks: [String] =
        ["\u{301}", "\u{200D}", "\u{A0}", "\u{3000}", "\u{85}", "- ", "• ", ", ", "\t", "\r", "\n"]
        + Array(repeating: " ", count: 12)
}
