/// Distinguishes a question that continues the one before it from one that does not.
enum FollowUp {
    /// A question of no more words than this is too short to be understood by itself.
    private static let fewWords = 3

    private static let openings = [
        "and", "or", "but", "also", "then", "so", "what about", "how about", "what if", "und", "oder", "aber", "auch",
        "dann",
        "was ist mit", "wie ist es mit", "wie sieht es mit",
    ]
    /// Words that refer to something earlier.
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

    /// Whether a question continues earlier ones.
    static func isFollowUp(_ question: String) -> Bool {
        let words = Words.all(in: question)
        guard !words.allSatisfy({ courtesies.contains($0) }) else { return false }
        let text = words.joined(separator: " ") + " "
        return words.count <= fewWords || openings.contains { text.hasPrefix($0 + " ") }
            || words.contains { references.contains($0) }
    }

    /// The maximum number of earlier questions that a question can continue.
    private static let maximumQuestions = 3

    /// A question with the earlier ones that it continues; nil if it continues none.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - history: The earlier questions, oldest first.
    ///   - always: Whether it continues the last one whatever its words are.
    /// - Returns: The questions, oldest first, as one text.
    static func joined(_ question: String, after history: [Answerer.Exchange], always: Bool) -> String? {
        var questions = [question]
        for exchange in history.suffix(maximumQuestions).reversed() {
            guard isFollowUp(questions[0]) || always && questions.count == 1 else { break }
            questions.insert(exchange.question, at: 0)
        }
        return questions.count > 1 ? questions.joined(separator: " ") : nil
    }
}
