/// Questions that open their answers, and questions with a label.
extension QuestionSections {
    /// Finds the summaries that become headings.
    mutating func findSummaries() {
        let disclosures = document.disclosures.filter { paragraph(at: $0.summary) != nil }
        findSummaries(of: disclosures.sorted { $0.summary < $1.summary }[...])
    }

    /// Finds the summaries of what opens, in order.
    ///
    /// Text after it would be under the heading, too, which only a list of questions may have.
    private mutating func findSummaries(of disclosures: ArraySlice<Disclosure>) {
        var rest = disclosures
        var run: [Disclosure] = []
        var inner: [ArraySlice<Disclosure>] = []
        while let next = rest.popFirst() {
            inner.append(rest.prefix { $0.summary < next.end })
            rest = rest.dropFirst(inner.last?.count ?? 0)
            run.append(next)
            if rest.first?.summary == next.end { continue }
            let isFollowed = isText(at: next.end) && opened[next.end] == nil
            let asks = run.contains { document.blocks[$0.summary].text.endsWithQuestion }
            if !isFollowed || asks && run.count > 1 {
                for disclosure in run { opened[disclosure.summary] = disclosure.end }
            }
            for disclosures in inner { findSummaries(of: disclosures) }
            (run, inner) = ([], [])
        }
    }

    /// Finds questions with a label that are followed by an answer with the label that belongs to it.
    ///
    /// The label of a question stays if it has a number, to which texts may refer.
    mutating func findLabels() {
        var blocks: [Int: LabelledBlock] = [:]
        var asked: (block: Int, part: Int, label: QuestionLabel)?
        for index in document.blocks.indices {
            guard let block = labelledBlock(at: index) else {
                asked = nil
                continue
            }
            blocks[index] = block
            for (place, part) in block.parts.enumerated() {
                guard let label = part.label else { continue }
                if let question = asked, label.answers(question.label), heading(at: index) == nil,
                    !part.content.isEmpty || block.parts.count == 1 && isText(at: index + 1)
                {
                    blocks[question.block]?.questions.insert(question.part)
                    blocks[index]?.answers.insert(place)
                    asked = nil
                } else {
                    asked = label.asks(part.content) ? (index, place, label) : nil
                }
            }
        }
        for (index, block) in blocks where !block.questions.isEmpty || !block.answers.isEmpty {
            parts[index] = block.result
        }
    }

    /// A block with labels.
    private struct LabelledBlock {
        let parts: [LabelledPart]
        /// The indices of the parts that are questions with an answer.
        var questions: Set<Int> = []
        /// The indices of the parts that are their answers.
        var answers: Set<Int> = []

        /// What the block becomes.
        var result: [Part] {
            var texts: [(text: String, isQuestion: Bool)] = []
            for (index, part) in parts.enumerated() {
                if questions.contains(index) {
                    texts.append((part.label?.number == nil ? part.content : part.text, true))
                } else if answers.contains(index) {
                    if !part.content.isEmpty { texts.append((part.content, false)) }
                } else if let last = texts.last, !last.isQuestion {
                    texts[texts.count - 1].text += " " + part.text
                } else {
                    texts.append((part.text, false))
                }
            }
            return texts.map { $0.isQuestion ? .question($0.text) : .block(.paragraph($0.text)) }
        }
    }

    /// A block that starts with a label; nil of any other.
    private func labelledBlock(at index: Int) -> LabelledBlock? {
        guard let text = paragraph(at: index)?.text ?? heading(at: index)?.text else { return nil }
        let parts = LabelledPart.parts(of: text, lineStarts: look(at: index)?.lineStarts ?? [])
        guard parts[0].label != nil, parts.count == 1 || heading(at: index) == nil else { return nil }
        return LabelledBlock(parts: parts)
    }
}
