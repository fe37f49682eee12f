internal import DocumentText

/// The sentence that says that the documents do not hold the answer.
enum NotFoundSentence {
    /// What is said to a question in English if the instructions hold no such sentence.
    static let standard = AnswerPhrases(in: .english).notFound

    /// What the instructions want to be said, or the standard sentence.
    ///
    /// It is a quoted sentence that itself says so, or else the quoted sentence nearest to where the instructions speak of
    /// an answer that is not there. It stays in the language of the instructions.
    ///
    /// - Parameters:
    ///   - instructions: The instructions; nil for none.
    ///   - standard: What is said if they hold no such sentence, in the language of the question.
    /// - Returns: The sentence.
    static func sentence(in instructions: String?, else standard: String = standard) -> String {
        guard let instructions else { return standard }
        let paragraphs = paragraphs(of: instructions)
        for paragraph in paragraphs {
            if let saying = quotations(in: paragraph).first(where: { isAboutNothingFound($0.text) }) {
                return saying.text
            }
        }
        for paragraph in paragraphs {
            guard let cue = cue(in: paragraph) else { continue }
            let quotations = quotations(in: paragraph)
            if let nearest = quotations.first(where: { $0.place >= cue }) ?? quotations.last { return nearest.text }
        }
        return standard
    }

    private static let cues = [
        "not find", "n't find", "n’t find", "cannot find", "nothing found", "not found", "no answer", "not hold",
        "n't hold",
        "n’t hold", "not contain", "n't contain", "n’t contain", "not in the", "not cover", "n't cover", "not answer",
        "n't answer", "nicht finden", "nicht gefunden", "nichts gefunden", "keine antwort", "nicht enthalten",
        "nichts dazu",
    ]
    private static let quotationMarks: [(open: Character, close: Character)] = [
        ("“", "”"), ("„", "“"), ("\"", "\""), ("`", "`"), ("«", "»"), ("»", "«"),
    ]
    /// A quotation of fewer words is a term, not a sentence.
    private static let fewestWords = 3

    private static func isAboutNothingFound(_ text: some StringProtocol) -> Bool {
        let text = text.lowercased()
        return cues.contains { text.contains($0) }
    }

    /// Where a paragraph first speaks of an answer that is not there, outside its quotations.
    private static func cue(in paragraph: String) -> String.Index? {
        let lowercased = paragraph.lowercased()
        guard lowercased.count == paragraph.count else { return nil }
        let found = cues.compactMap { lowercased.firstRange(of: $0)?.lowerBound }.min()
        return found.map {
            paragraph.index(paragraph.startIndex, offsetBy: lowercased.distance(from: lowercased.startIndex, to: $0))
        }
    }

    /// The quoted sentences of a paragraph, in order.
    private static func quotations(in paragraph: String) -> [(text: String, place: String.Index)] {
        var found: [(text: String, place: String.Index)] = []
        var place = paragraph.startIndex
        while place < paragraph.endIndex {
            let character = paragraph[place]
            let inside = paragraph.index(after: place)
            if let close = quotationMarks.first(where: { $0.open == character })?.close,
                let end = paragraph[inside...].firstIndex(of: close)
            {
                let text = paragraph[inside..<end].onOneLine
                if text.wordCount >= fewestWords { found.append((text, place)) }
                place = paragraph.index(after: end)
            } else {
                place = inside
            }
        }
        return found
    }

    /// The paragraphs and list items of a text, each on one line.
    private static func paragraphs(of text: String) -> [String] {
        var paragraphs: [[Substring]] = [[]]
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            let content = line.trimmingBlanks
            if content.isEmpty || MarkdownLine.listItem(content) != nil || MarkdownLine.heading(content) != nil {
                paragraphs.append([])
            }
            paragraphs[paragraphs.count - 1].append(content)
        }
        return paragraphs.map { $0.joined(separator: " ").onOneLine }.filter { !$0.isEmpty }
    }
}
