/// What a text is to a list of questions and answers.
extension StringProtocol {
    /// The numbers of words that a question without a mark has.
    private var wordsOfQuestion: ClosedRange<Int> { 2...25 }

    /// Whether the text ends with a question, and has a letter.
    var endsWithQuestion: Bool {
        withoutClosingMarks.last?.isQuestionMark == true && contains(where: \.isLetter)
    }

    /// Whether the text is one sentence, a question that could be asked: neither a word with a question mark, as forms
    /// have them, nor the end of another sentence.
    var isSingleQuestion: Bool {
        guard endsWithQuestion, utf8.count <= 300, first(where: \.isLetter)?.isLowercase == false,
            first.map({ !$0.isBox }) ?? false
        else { return false }
        let isUnspaced = unicodeScalars.contains { UnspacedScript.contains($0) }
        return (isUnspaced || wordsOfQuestion.contains(wordCount)) && !contains("__") && !contains("...")
            && SentenceSplitter.sentences(of: String(self)).count == 1
    }

    /// Whether the text can be the answer to a question: it is none, and no choice to be marked.
    var isAnswer: Bool {
        !isSingleQuestion && contains { $0.isLetter || $0.isNumber } && first.map { !$0.isBox && $0 != "_" } ?? false
    }

    /// Whether a sentence, or the words before a list, ends with the text.
    var endsSentence: Bool { withoutClosingMarks.last.map { ".!:…。！：".contains($0) || $0.isQuestionMark } ?? true }

    /// The text without the marks that may stand after the one that ends its last sentence.
    private var withoutClosingMarks: SubSequence {
        var text = self[...]
        while let last = text.last, last.isWhitespace || ")]\"'”’“»«*」』）".contains(last) { text.removeLast() }
        return text
    }
}

extension Character {
    /// Whether the character is a box of a form.
    fileprivate var isBox: Bool { "☐☒☑□◻▢".contains(self) }
}
