internal import DocumentText

/// The questions that a message asks one after the other, each with the sentences before it that ask nothing.
enum QuestionParts {
    /// A message with more questions is answered as one.
    private static let most = 3

    /// The questions of a message, in order; the whole message if it asks only one, or very many.
    static func parts(of message: String) -> [String] {
        var parts: [String] = []
        var lead = ""
        for sentence in message.split(separator: "\n").flatMap({ SentenceSplitter.sentences(of: String($0)) }) {
            let isQuestion = sentence.isQuestion
            let asked = isQuestion ? questions(of: sentence) : [sentence]
            for question in asked {
                let text = lead.isEmpty ? question : lead + " " + question
                lead = ""
                if !isQuestion {
                    lead = text
                } else if parts.isEmpty || namesSomething(question) {
                    parts.append(text)
                } else {
                    parts[parts.count - 1] += " " + text
                }
            }
        }
        if !lead.isEmpty, !parts.isEmpty { parts[parts.count - 1] += " " + lead }
        let isList = parts.count > 1 && parts.count <= most && namesSomething(parts[0])
        return isList ? parts : [message]
    }

    /// Whether a question is about so little that it is asked together with the one before it.
    static func isElliptic(_ question: String) -> Bool { names(in: question).count <= 1 }

    /// The stems of the words of a question that name what it is about.
    static func names(in question: String) -> Set<String> {
        Set(
            Words.content(of: question).filter { word in
                (!CommonWords.contains(word) || isName(word)) && !AnswerKind.isTimeUnit(word) && !isNumber(word)
                    && word.contains(where: \.isLetter)
            }.map { WordStem.of($0) }
        )
    }

    /// Whether an everyday word is a noun in questions about work.
    private static func isName(_ word: String) -> Bool { word == "leave" }

    private static func isNumber(_ word: String) -> Bool {
        NumberWords.isAboveOne(word) || Quantity.spelled[word] != nil
            || ["teen", "zehn", "zig"].contains { word.hasSuffix($0) }
    }

    private static func namesSomething(_ question: String) -> Bool { !names(in: question).isEmpty }

    /// The questions that a sentence joins by `and`.
    private static func questions(of sentence: String) -> [String] {
        let words = sentence.split(separator: " ")
        var questions: [[Substring]] = [[]]
        for (place, word) in words.enumerated() {
            let next = words[(place + 1)...].prefix(2).map { String($0).lowercased() }
            if Self.conjunctions.contains(word.lowercased()), next.count == 2, asks(next),
                namesSomething(questions[questions.count - 1].joined(separator: " ")),
                namesSomething(words[(place + 1)...].joined(separator: " "))
            {
                questions.append([])
            } else {
                questions[questions.count - 1].append(word)
            }
        }
        return questions.map { words in
            let question = words.joined(separator: " ").trimmingEnd(of: [",", ";"])
            return question.isQuestion ? question : question + "?"
        }
    }

    /// Whether two words, in lower case, begin a question.
    private static func asks(_ words: [String]) -> Bool {
        interrogatives.contains(words[0]) || verbs.contains(words[0]) && pronouns.contains(words[1])
    }

    private static let conjunctions = set("and und sowie et y en")
    private static let interrogatives = set(
        """
        when where who whom how what which why wann wo wer wie was welche welcher welches warum wieso wohin quand où qui \
        comment combien cuándo dónde quién cómo cuánto cuánta cuántos cuántas wanneer waar hoe hoeveel
        """
    )
    private static let verbs = set("do can may must is are does muss darf kann bekomme ist sind")
    private static let pronouns = set("i we there ich wir es")

    private static func set(_ words: String) -> Set<String> { Set(words.split(separator: " ").map { String($0) }) }
}

extension String {
    /// Whether the text ends with a question mark of any script.
    var isQuestion: Bool { last.map { "?？؟".contains($0) } ?? false }

    /// The text, with its first letter as a capital and without some characters and blanks at its end.
    fileprivate func trimmingEnd(of characters: Set<Character>) -> String {
        var rest = self[...]
        while let last = rest.last, characters.contains(last) || last.isWhitespace { rest.removeLast() }
        return rest.prefix(1).uppercased() + rest.dropFirst()
    }
}
