/// Tells a question that goes on from the one before it from one that stands alone.
enum FollowUp {
    /// A question of no more words than this says too little by itself.
    private static let fewWords = 3

    private static let openings = [
        "and", "or", "but", "also", "then", "so", "what about", "how about", "what if", "und", "oder", "aber", "auch",
        "dann",
        "was ist mit", "wie ist es mit", "wie sieht es mit",
    ]
    /// Words that stand for something said before.
    ///
    /// `das` and `die` are not among them: they are articles far more often.
    private static let references: Set<String> = [
        "it", "its", "they", "them", "their", "this", "that", "these", "those", "he", "she", "there", "same", "one",
        "ones",
        "es", "dies", "diese", "dieser", "dieses", "davon", "dafur", "dazu", "dabei", "daran", "dort", "dasselbe",
    ]

    /// Words of greeting and thanks, which ask for nothing.
    private static let courtesies: Set<String> = [
        "hello", "hi", "hey", "good", "morning", "afternoon", "evening", "day", "thanks", "thank", "you", "ok", "okay",
        "great",
        "bye", "hallo", "guten", "tag", "morgen", "abend", "danke", "dankeschon", "vielen", "dank", "tschuss",
    ]

    /// Whether a question leans on earlier ones.
    static func isFollowUp(_ question: String) -> Bool {
        let words = Words.all(in: question)
        guard !words.allSatisfy({ courtesies.contains($0) }) else { return false }
        let text = words.joined(separator: " ") + " "
        return words.count <= fewWords || openings.contains { text.hasPrefix($0 + " ") }
            || words.contains { references.contains($0) }
    }
}
