/// Cuts a text that arrives in pieces into sentences, by the rules of its language and of Markdown.
///
/// Where a sentence ends does not depend on the pieces, except after ``pause()``. A sentence is cut as soon as white space
/// follows its end; where the end depends on the next word, as after `27.` in German, when that word has been received.
/// Lists, headings and rows of tables end a sentence without a mark.
struct SentenceCutter {
    /// The language, whose rules apply to the text that has not been cut yet.
    var language: Language

    /// The text of the present block that has not been cut yet.
    private var block: [Character] = []
    private var kind = Sentence.Kind.paragraph
    /// The number of characters of ``block`` in which no sentence ends.
    private var scanned = 0
    /// The present line, as far as its kind is not decided.
    private var line: [Character] = []
    private var lineKind = MarkdownLine.undecided
    private var isInCode = false
    private var table = Table()
    private var sentences: [Sentence] = []

    /// A text of more characters without an end is cut at a clause.
    private static let maximumCharacters = 600
    /// The number of characters that remain at least before such a cut.
    private static let minimumCharacters = 200

    init(language: Language) {
        self.language = language
    }

    /// Adds a piece of the text.
    ///
    /// - Returns: The sentences that it completes.
    mutating func add(_ text: String) -> [Sentence] {
        for character in text { add(character) }
        return taken()
    }

    /// Ends the text.
    ///
    /// - Returns: The remaining sentences, the last of which may have no end.
    mutating func finish() -> [Sentence] {
        endLine()
        endBlock()
        return taken()
    }

    /// Treats the end of what was received as the end of a sentence where it may be one.
    ///
    /// - Returns: The sentences that are thereby complete.
    mutating func pause() -> [Sentence] {
        if lineKind == .undecided, line.isEmpty {
            // A line has ended, and the next would have to continue it.
            endBlock()
        } else if lineKind != .row, lineKind != .undecided {
            cut(isAtPause: true)
        }
        return taken()
    }

    /// Whether ``pause()`` may return something.
    var isWaiting: Bool {
        guard !table.isPending else { return true }
        guard let last = block.last(where: { !$0.isWhitespace && !SentenceEnd.closers.contains($0) }) else {
            return false
        }
        return SentenceEnd.marks.contains(last) || (lineKind == .undecided && line.isEmpty)
    }

    private mutating func taken() -> [Sentence] {
        defer { sentences = [] }
        return sentences
    }

    // MARK: Lines

    private mutating func add(_ character: Character) {
        if character.isNewline { return endLine() }
        switch lineKind {
        case .undecided:
            line.append(character)
            decide(isWhole: false)
        case .row, .fence:
            line.append(character)
        case .paragraph, .heading, .item:
            block.append(character)
            if character.isWhitespace { cut() }
        }
    }

    private mutating func decide(isWhole: Bool) {
        let (found, mark) = isInCode && !isWhole ? (.undecided, 0) : MarkdownLine.kind(of: line, isWhole: isWhole)
        lineKind = found
        switch found {
        case .undecided, .row, .fence: return
        case .paragraph:
            if !block.isEmpty { block.append(" ") }
        case .heading:
            endBlock()
            kind = .heading
        case .item(let number):
            endBlock()
            kind = .item(number: number)
        }
        endTable()
        let text = line[mark...].drop(while: \.isWhitespace)
        line = []
        block += text
        cut()
    }

    private mutating func endLine() {
        defer {
            line = []
            lineKind = .undecided
        }
        if lineKind == .undecided {
            let isBlank = line.allSatisfy(\.isWhitespace)
            guard !isBlank, !MarkdownLine.isRule(line) else {
                endBlock()
                return endTable()
            }
            decide(isWhole: true)
        }
        switch lineKind {
        case .fence:
            endBlock()
            isInCode.toggle()
        case .row:
            endBlock(isTableEnd: false)
            sentences += table.add(String(line))
        case .heading:
            endBlock()
        case .paragraph where isInCode:
            endBlock()
        case .undecided, .paragraph, .item:
            break
        }
    }

    // MARK: Blocks

    private mutating func endTable() {
        sentences += table.end()
    }

    private mutating func endBlock(isTableEnd: Bool = true) {
        if isTableEnd { endTable() }
        cut(isAtEnd: true)
        emit(block.count)
        kind = .paragraph
    }

    /// Cuts the sentences that end in the block.
    ///
    /// - Parameters:
    ///   - isAtEnd: Whether nothing more of the block comes.
    ///   - isAtPause: Whether an end at the end of what was received is taken for one.
    private mutating func cut(isAtEnd: Bool = false, isAtPause: Bool = false) {
        let rule = SentenceEnd(language: language)
        while let mark = block[scanned...].firstIndex(where: { SentenceEnd.marks.contains($0) }) {
            scanned = mark
            // The last of several marks counts, as in `?!`.
            let lastMark = block[mark...].firstIndex { !SentenceEnd.marks.contains($0) } ?? block.endIndex
            let end = block[lastMark...].firstIndex { !SentenceEnd.closers.contains($0) } ?? block.endIndex
            guard end < block.endIndex || isAtPause else { break }
            guard end == block.endIndex || block[end].isWhitespace else {
                scanned = end
                continue
            }
            let isQuoted = end > lastMark && block[lastMark..<end].contains { $0 != "*" && $0 != "_" }
            let next = nextWord(after: end, isAtEnd: isAtEnd)
            let start = block[..<lastMark].lastIndex(where: \.isNewline) ?? 0
            let verdict = rule.verdict(before: String(block[start..<lastMark]), isQuoted: isQuoted, next: next)
            switch verdict {
            case .end: emit(end)
            case .open where isAtPause && next == nil: emit(end)
            case .open: return cutLongText()
            case .noEnd: scanned = end
            }
        }
        cutLongText()
    }

    /// The word after a mark; nil if it has not been received to its end.
    private func nextWord(after end: Int, isAtEnd: Bool) -> Substring? {
        guard let start = block[end...].firstIndex(where: { !$0.isWhitespace }) else { return nil }
        let wordEnd = block[start...].firstIndex(where: \.isWhitespace)
        guard wordEnd != nil || isAtEnd else { return nil }
        return Substring(String(block[start..<(wordEnd ?? block.endIndex)]))
    }

    private mutating func cutLongText() {
        while block.count > Self.maximumCharacters {
            let part = block[Self.minimumCharacters..<Self.maximumCharacters]
            let clause = part.indices.last { index in
                block[index].isWhitespace && [",", ";", ":", "–"].contains(block[index - 1])
            }
            emit(clause ?? part.lastIndex(where: \.isWhitespace) ?? Self.maximumCharacters)
        }
    }

    /// Emits the first characters of the block.
    private mutating func emit(_ count: Int) {
        let text = block[..<count].drop(while: \.isWhitespace)
        let end = text.lastIndex { !$0.isWhitespace }.map { $0 + 1 } ?? text.startIndex
        if end > text.startIndex {
            sentences.append(Sentence(text: String(text[..<end]), kind: kind))
            // Only the first sentence of an item has its number.
            kind = .paragraph
        }
        block = Array(block[count...].drop(while: \.isWhitespace))
        scanned = 0
    }
}

/// The rows of a table as they arrive.
private struct Table {
    private var header: [String]?
    /// The first row, until the next line shows whether it is a header.
    private var first: [String]?

    /// Whether a row waits for the next line.
    var isPending: Bool { first != nil }

    /// Adds a line.
    ///
    /// - Returns: The rows that can be spoken.
    mutating func add(_ line: String) -> [Sentence] {
        let cells = Self.cells(of: line)
        if cells.allSatisfy({ !$0.isEmpty && $0.allSatisfy { "-: ".contains($0) } }) {
            header = first ?? header
            first = nil
            return []
        }
        guard header == nil else { return [row(cells)] }
        guard let before = first else {
            first = cells
            return []
        }
        // No line of dashes follows the first row: the table has no header.
        header = []
        first = nil
        return [row(before), row(cells)]
    }

    /// Ends the table.
    ///
    /// - Returns: A row that was still waiting.
    mutating func end() -> [Sentence] {
        defer { self = Table() }
        return first.map { [row($0)] } ?? []
    }

    private func row(_ cells: [String]) -> Sentence {
        Sentence(text: "", kind: .row(header: header ?? [], cells: cells))
    }

    /// The cells of a line; `\|` is part of a cell.
    private static func cells(of line: String) -> [String] {
        var cells = [""]
        var isEscaped = false
        for character in line {
            if character == "|", !isEscaped { cells.append("") } else { cells[cells.count - 1].append(character) }
            isEscaped = character == "\\" && !isEscaped
        }
        let trimmed = cells.map { $0.trimmingWhiteSpace().replacing("\\|", with: "|") }
        let inner = trimmed.first?.isEmpty == true ? trimmed.dropFirst() : trimmed[...]
        return Array(inner.last?.isEmpty == true ? inner.dropLast() : inner)
    }
}

extension StringProtocol {
    /// The text without the white space around it.
    func trimmingWhiteSpace() -> String {
        var text = self[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
