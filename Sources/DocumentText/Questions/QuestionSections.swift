/// Turns the questions of a document into headings, so that each of them is a section with its answer.
///
/// Lists of questions and answers have many forms: summaries that open, paragraphs in bold type, labels such as `Q:` and
/// `A:`, terms of a definition list, or sentences that only stand above their answers. A question without an answer stays
/// text, and so does a single one without a mark.
struct QuestionSections {
    /// What a block becomes.
    enum Part {
        /// A question, which becomes a heading.
        case question(String)
        /// Another block.
        case block(ExtractedDocument.Block)
    }

    /// The document.
    let document: ExtractedDocument
    /// What blocks become, by their indices; other blocks stay as they are.
    var parts: [Int: [Part]] = [:]
    /// The ends of what opens with a summary that becomes a heading, by the indices of the summaries.
    var opened: [Int: Int] = [:]
    /// Whether blocks are rows of tables.
    private var isRow: [Bool]

    /// The deepest level of a heading.
    fileprivate static let deepestLevel = 6

    /// The document with its questions as headings.
    static func marked(_ document: ExtractedDocument) -> ExtractedDocument {
        let asks = document.blocks.contains { $0.text.contains(where: \.isQuestionMark) }
        guard asks || !document.disclosures.isEmpty else { return document }
        var sections = QuestionSections(document)
        sections.findSummaries()
        sections.findLabels()
        for section in sections.sections { sections.findQuestions(in: section) }
        return sections.parts.isEmpty && sections.opened.isEmpty ? document : sections.rewritten()
    }

    private init(_ document: ExtractedDocument) {
        self.document = document
        isRow = Array(repeating: false, count: document.blocks.count)
        for table in document.tables { for index in table.blocks { isRow[index] = true } }
    }

    /// The text of a block that is a paragraph or a list item, and whether it is an item; nil of any other.
    func paragraph(at index: Int) -> (text: String, isItem: Bool)? {
        guard document.blocks.indices.contains(index), !isRow[index] else { return nil }
        switch document.blocks[index] {
        case .paragraph(let text): return (text, false)
        case .listItem(let text): return (text, true)
        case .heading, .tableRow, .code: return nil
        }
    }

    /// Whether a block is text of any kind.
    func isText(at index: Int) -> Bool {
        document.blocks.indices.contains(index) && heading(at: index) == nil
    }

    /// The level and the text of a heading; nil of any other block.
    func heading(at index: Int) -> (level: Int, text: String)? {
        guard document.blocks.indices.contains(index), !isRow[index],
            case .heading(let level, let text) = document.blocks[index]
        else { return nil }
        return (level, text)
    }

    /// The look of a block; nil if it has none, or its text was changed.
    func look(at index: Int) -> BlockLook? {
        guard let look = document.looks[index], look.text == document.blocks[index].text else { return nil }
        return look
    }

    /// Whether a block is a question that is a heading by its look, as questions beside it may be.
    func isLoneQuestion(_ index: Int) -> Bool {
        guard let (_, text) = heading(at: index) else { return false }
        return text.endsWithQuestion && look(at: index)?.isLoneLine == true
    }

    /// The ranges of blocks between headings.
    private var sections: [Range<Int>] {
        var sections: [Range<Int>] = []
        var start = 0
        let ends = Set(opened.values)
        for index in document.blocks.indices {
            let isHeading = opened[index] != nil || heading(at: index) != nil && !isLoneQuestion(index)
            guard isHeading || ends.contains(index) else { continue }
            if start < index { sections.append(start..<index) }
            start = isHeading ? index + 1 : index
        }
        if start < document.blocks.count { sections.append(start..<document.blocks.count) }
        return sections
    }

    // MARK: Rewriting

    /// The document with the parts of its blocks.
    private func rewritten() -> ExtractedDocument {
        var document = self.document
        document.blocks = []
        document.looks = [:]
        document.disclosures = []
        // The new index of each block, and of the end.
        var places: [Int] = []
        // The level of the heading that a question stands under; without one, all questions are on one level.
        var level =
            self.document.blocks.indices.first(where: isLoneQuestion).flatMap { heading(at: $0)?.level }.map { $0 - 1 }
            ?? 1
        var open: [(end: Int, level: Int, outer: Int)] = []
        for index in self.document.blocks.indices {
            while let last = open.last, last.end <= index {
                level = last.outer
                open.removeLast()
            }
            places.append(document.blocks.count)
            let block = self.document.blocks[index]
            if let end = opened[index] {
                let outer = level
                level = min(level + 1, Self.deepestLevel)
                document.blocks.append(.heading(level: level, text: block.text))
                open.append((end, level, outer))
            } else if let (own, text) = heading(at: index) {
                let shown = open.last.map { min(max(own, $0.level + 1), Self.deepestLevel) } ?? own
                let label = parts[index]?.first?.text ?? text
                document.blocks.append(.heading(level: shown, text: label))
                level = isLoneQuestion(index) ? shown - 1 : shown
            } else if let parts = parts[index] {
                for part in parts { document.blocks.append(part.block(under: level)) }
                keepSource(of: block.text, for: parts.last?.text, in: &document)
            } else {
                document.blocks.append(block)
            }
        }
        places.append(document.blocks.count)
        for index in document.tables.indices {
            let rows = document.tables[index].blocks
            document.tables[index].blocks = places[rows.lowerBound]..<places[rows.upperBound]
        }
        for index in document.pages.indices { document.pages[index].block = places[document.pages[index].block] }
        return document
    }

    /// Records how the file writes the end of a block that is now a block of its own.
    private func keepSource(of text: String, for end: String?, in document: inout ExtractedDocument) {
        guard let end, let source = document.sourceTexts[text], text.hasSuffix(end) else { return }
        let start = text.dropLast(end.count)
        if source.hasPrefix(start), source.count > start.count {
            document.sourceTexts[end] = String(source.dropFirst(start.count))
        }
    }
}

extension QuestionSections.Part {
    /// The text.
    fileprivate var text: String {
        switch self {
        case .question(let text): text
        case .block(let block): block.text
        }
    }

    /// The block under a heading of a level.
    fileprivate func block(under level: Int) -> ExtractedDocument.Block {
        switch self {
        case .question(let text): .heading(level: min(level + 1, QuestionSections.deepestLevel), text: text)
        case .block(let block): block
        }
    }
}
