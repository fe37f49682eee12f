/// Questions in bold type, terms that are questions, and questions without a mark.
extension QuestionSections {
    /// The maximum number of words of a question in bold type.
    private static let maximumWords = 40
    /// The maximum number of words of a title in bold type.
    private static let maximumWordsOfTitle = 12
    /// The minimum number of questions that have no mark, or are in bold type before their answers in the same block.
    private static let minimumPairs = 2
    /// The maximum number of lines of a question without a mark.
    private static let maximumLines = 4
    /// The minimum number of questions with an answer for each one without.
    private static let pairsForUnanswered = 3

    /// Finds the questions between two headings.
    mutating func findQuestions(in section: Range<Int>) {
        let hasMarks = section.contains { parts[$0] != nil || isLoneQuestion($0) && look(at: $0)?.boldBytes ?? 0 > 0 }
        let marked = markedQuestions(in: section)
        if hasMarks || !marked.isEmpty {
            parts.merge(marked) { first, _ in first }
        } else {
            parts.merge(plainQuestions(in: section)) { first, _ in first }
        }
    }

    // MARK: Questions with a mark

    /// Terms and questions in bold type that have an answer.
    private func markedQuestions(in section: Range<Int>) -> [Int: [Part]] {
        var found: [Int: [Part]] = [:]
        // Those that may also be the first words of a paragraph or of a list item.
        var leads: [Int: [Part]] = [:]
        for index in section where parts[index] == nil {
            guard let (text, isItem) = paragraph(at: index), let look = look(at: index) else { continue }
            if look.isTerm {
                found[index] = [.question(text)]
            } else if isBoldQuestion(at: index) {
                let next = index + 1
                guard next < section.upperBound, isAnswer(at: next) else { continue }
                if !isItem {
                    found[index] = [.question(text)]
                } else if paragraph(at: next)?.isItem != true || depth(of: next) > depth(of: index) {
                    leads[index] = [.question(text)]
                }
            } else if let (question, answer) = boldStart(of: text, look) {
                leads[index] = [.question(question), .block(.paragraph(answer))]
            }
        }
        leads = withoutMixedLists(leads, in: section)
        if section.contains(where: { found[$0] != nil && isBoldQuestion(at: $0) }) {
            for index in section where isBoldTitle(at: index) && !isBoldQuestion(at: index - 1) {
                let next = index + 1
                guard next < section.upperBound, isText(at: next), !isBoldTitle(at: next) else { continue }
                found[index] = paragraph(at: index).map { [.question($0.text)] }
            }
        }
        let headings = section.count { isLoneQuestion($0) && look(at: $0)?.boldBytes ?? 0 > 0 }
        guard found.count + leads.count + headings >= Self.minimumPairs else { return found }
        return found.merging(leads) { first, _ in first }
    }

    /// The questions without those list items beside which others of the same depth are no questions.
    private func withoutMixedLists(_ leads: [Int: [Part]], in section: Range<Int>) -> [Int: [Part]] {
        var kept = leads
        var list: [Int] = []
        for index in section.lowerBound...section.upperBound {
            if index < section.upperBound, paragraph(at: index)?.isItem == true {
                list.append(index)
                continue
            }
            let others = Set(list.filter { leads[$0] == nil }.map(depth(of:)))
            for index in list where others.contains(depth(of: index)) { kept[index] = nil }
            list = []
        }
        return kept
    }

    /// The depth of a list item; 0 of any other block.
    private func depth(of index: Int) -> Int {
        paragraph(at: index)?.isItem == true ? look(at: index)?.depth ?? 0 : 0
    }

    /// Whether a block is a paragraph in bold type that is a title, as those beside questions in bold type are.
    private func isBoldTitle(at index: Int) -> Bool {
        guard parts[index] == nil, let (text, isItem) = paragraph(at: index), !isItem, let look = look(at: index),
            let first = text.first, let last = text.last
        else { return false }
        return look.boldBytes == text.utf8.count && text.wordCount <= Self.maximumWordsOfTitle && !text.endsSentence
            && !first.isLowercase && text.contains(where: \.isLetter) && last != "," && last != ";"
    }

    /// Whether a block is a question that is in bold type as a whole.
    private func isBoldQuestion(at index: Int) -> Bool {
        guard let text = paragraph(at: index)?.text, let look = look(at: index) else { return false }
        return look.boldBytes == text.utf8.count && text.endsWithQuestion && text.wordCount <= Self.maximumWords
    }

    /// The question in bold type at the start of a text, and the answer after it.
    private func boldStart(of text: String, _ look: BlockLook) -> (question: String, answer: String)? {
        guard look.boldBytes > 0, look.boldBytes < text.utf8.count else { return nil }
        let end = text.utf8.index(text.startIndex, offsetBy: look.boldBytes)
        let (question, answer) = (text[..<end].onOneLine, text[end...].onOneLine)
        guard question.endsWithQuestion, question.wordCount <= Self.maximumWords, answer.isAnswer else { return nil }
        return (question, answer)
    }

    /// Whether a block can be the answer to the question before it.
    private func isAnswer(at index: Int) -> Bool {
        guard isText(at: index), parts[index] == nil else { return false }
        guard let text = paragraph(at: index)?.text else { return true }
        return text.isAnswer && !isBoldQuestion(at: index)
    }

    // MARK: Questions without a mark

    /// Questions that stand above their answers, if there are several.
    private func plainQuestions(in section: Range<Int>) -> [Int: [Part]] {
        var found: [Int: [Part]] = [:]
        var answered = 0
        var unanswered: [String] = []
        for index in section {
            let isAnswered = index + 1 < section.upperBound && isAnswer(at: index + 1) && !startsWithPair(at: index + 1)
            if isLoneQuestion(index) {
                if isAnswered { answered += 1 }
            } else if let (text, isItem) = paragraph(at: index) {
                if text.isSingleQuestion {
                    let isListed = isItem && [index - 1, index + 1].contains { paragraph(at: $0)?.isItem == true }
                    if isAnswered, !isListed {
                        found[index] = [.question(text)]
                        answered += 1
                    } else if !isListed {
                        unanswered.append(text)
                    }
                } else if let pairs = pairs(at: index) {
                    found[index] = pairs
                    answered += pairs.count { if case .question = $0 { true } else { false } }
                }
            }
        }
        // A list of the questions may be before them.
        let questions = Set(found.keys.compactMap { paragraph(at: $0)?.text })
        let isList = unanswered.count { !questions.contains($0) } * Self.pairsForUnanswered <= answered
        return answered >= Self.minimumPairs && isList ? found : [:]
    }

    /// Whether a block starts with a question on a line of its own, and its answer.
    private func startsWithPair(at index: Int) -> Bool {
        if case .question? = pairs(at: index)?.first { true } else { false }
    }

    /// The questions on lines of their own within a block, and their answers on the lines after them; nil without any.
    private func pairs(at index: Int) -> [Part]? {
        guard let text = paragraph(at: index)?.text, let look = look(at: index), !look.lineStarts.isEmpty else {
            return nil
        }
        let bounds = [0] + look.lineStarts + [text.utf8.count]
        let lines = zip(bounds, bounds.dropFirst()).map { start, end in
            let place = text.utf8.index(text.startIndex, offsetBy: start)
            return text[place..<text.utf8.index(text.startIndex, offsetBy: end)]
        }
        let questions = lines.indices.dropLast().compactMap { last in question(endingAt: last, of: lines) }
        guard let first = questions.first?.lowerBound else { return nil }
        var pairs: [Part] = first > 0 ? [.block(.paragraph(lines[..<first].joined().onOneLine))] : []
        for (question, next) in zip(questions, questions.dropFirst().map(\.lowerBound) + [lines.count]) {
            pairs.append(.question(lines[question].joined().onOneLine))
            let answer = lines[question.upperBound..<next].joined()
            // Markdown has the mark of a definition before it.
            let text = answer.hasPrefix(": ") ? answer.dropFirst(2).onOneLine : answer.onOneLine
            pairs.append(.block(.paragraph(text)))
        }
        return pairs
    }

    /// The lines of a question that starts on a line and ends with another one, before its answer.
    private func question(endingAt last: Int, of lines: [Substring]) -> Range<Int>? {
        guard lines[last].endsWithQuestion, lines[last + 1].isAnswer else { return nil }
        return (max(0, last - Self.maximumLines + 1)...last).reversed().lazy.map { $0..<(last + 1) }.first { question in
            (question.lowerBound == 0 || lines[question.lowerBound - 1].endsSentence)
                && lines[question].joined().isSingleQuestion
        }
    }
}
