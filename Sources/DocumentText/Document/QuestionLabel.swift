/// The label of a question or an answer at the start of a text: `Q:`, `A1.`, `Frage 3:`, `Réponse :`.
struct QuestionLabel: Sendable, Hashable {
    /// The number of the question.
    let number: Int?
    /// The size of the label with its mark and the blanks after it, in bytes.
    let size: Int
    /// The pairs of labels whose first one it is.
    private let asked: Set<Int>
    /// The pairs of labels whose second one it is.
    private let answered: Set<Int>
    private let mark: Character
    /// Whether it may be the label of other things, or the name of a quantity.
    private let isAmbiguous: Bool

    /// The labels of questions and of their answers.
    private static let pairs: [(question: String, answer: String)] = [
        ("q", "a"), ("question", "answer"), ("f", "a"), ("frage", "antwort"), ("p", "r"), ("pregunta", "respuesta"),
        ("d", "r"), ("domanda", "risposta"), ("q", "r"), ("question", "réponse"), ("v", "a"), ("vraag", "antwoord"),
        ("pergunta", "resposta"), ("p", "o"), ("pytanie", "odpowiedź"), ("f", "s"), ("fråga", "svar"),
        ("spørgsmål", "svar"), ("spørsmål", "svar"), ("k", "v"), ("kysymys", "vastaus"), ("s", "c"), ("soru", "cevap"),
        ("в", "о"), ("вопрос", "ответ"), ("質問", "回答"), ("問", "答"), ("问", "答"), ("س", "ج"), ("سؤال", "جواب"),
    ]
    private static let maximumBytes = 24
    private static let maximumDigits = 3

    /// Recognizes the label at the start of a text; nil if it has none.
    init?(at text: Substring) {
        let name = text.prefix(while: \.isLetter)
        guard !name.isEmpty, name.utf8.count <= Self.maximumBytes, name.first?.isLowercase == false else { return nil }
        let word = name.lowercased()
        asked = Set(Self.pairs.indices.filter { Self.pairs[$0].question == word })
        answered = Set(Self.pairs.indices.filter { Self.pairs[$0].answer == word })
        guard !asked.isEmpty || !answered.isEmpty else { return nil }
        isAmbiguous = name.count == 1 && word != "q"
        let afterName = text[name.endIndex...].drop(while: \.isWhitespace)
        let digits = afterName.prefix { $0.isASCII && $0.isNumber }
        guard digits.count <= Self.maximumDigits else { return nil }
        number = Int(digits)
        let afterNumber = afterName[digits.endIndex...].drop(while: \.isWhitespace)
        guard let mark = afterNumber.first, ":：.)".contains(mark) else { return nil }
        self.mark = mark == "：" ? ":" : mark
        let rest = afterNumber.dropFirst()
        guard rest.first?.isWhitespace ?? true || mark == "：" else { return nil }
        size = text.utf8.distance(from: text.startIndex, to: rest.drop(while: \.isWhitespace).startIndex)
    }

    /// Whether it may stand in a text that starts with another label.
    func goesOn(after first: QuestionLabel) -> Bool { mark == first.mark }

    /// Whether the text after it is a question.
    func asks(_ text: some StringProtocol) -> Bool {
        !asked.isEmpty && (text.contains(where: \.isQuestionMark) || mark == ":" && !isAmbiguous)
    }

    /// Whether it is the label of the answer to the question with another one.
    func answers(_ question: QuestionLabel) -> Bool {
        !answered.isDisjoint(with: question.asked) && mark == question.mark
            && (number == nil || number == question.number)
    }
}

/// A part of a text that starts with the label of a question or an answer, or has none.
struct LabelledPart: Sendable, Hashable {
    /// The label.
    var label: QuestionLabel?
    /// The text with the label.
    var text: String

    /// The text after the label.
    var content: String {
        guard let label else { return text }
        return String(text[text.utf8.index(text.startIndex, offsetBy: label.size)...])
    }

    /// The parts of a text; without a label at its start, only one.
    ///
    /// A part starts with a label that has the same mark as the first one, after a sentence or on another line.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - lineStarts: The places after line breaks, in bytes.
    /// - Returns: The parts, which are the text if they are joined with blanks.
    static func parts(of text: String, lineStarts: [Int]) -> [LabelledPart] {
        guard let first = QuestionLabel(at: text[...]) else { return [LabelledPart(text: text)] }
        let lines = Set(lineStarts)
        var parts: [LabelledPart] = []
        var (start, label) = (text.startIndex, first)
        for place in text.indices.dropFirst() where text[place].isLetter {
            let before = text[start..<place]
            guard let last = before.last, last.isWhitespace || "。！？".contains(last),
                let next = QuestionLabel(at: text[place...]), next.goesOn(after: first),
                before.endsSentence || lines.contains(text.utf8.distance(from: text.startIndex, to: place))
            else { continue }
            parts.append(LabelledPart(label: label, text: before.onOneLine))
            (start, label) = (place, next)
        }
        return parts + [LabelledPart(label: label, text: text[start...].onOneLine)]
    }
}
