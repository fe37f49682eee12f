/// Reads a plain text file, whose structure is in its layout.
///
/// Only lines that are clearly headings are taken for headings (see ``LayoutLine``). Lines with the same columns are a
/// table, a line with a bullet or a number is a list item, and all other lines are paragraphs.
struct LayoutReader {
    private var text: TextCollector
    /// The letters of the lines that may be entries of a table of contents.
    private let titles: Set<String>
    /// The number of columns of the longest line, up to which a program may have wrapped them.
    private let width: Int
    /// The number of the last heading; nil if it has none.
    private var lastHeading: SectionNumber?
    /// The number of the last clause, such as `1.2`, below that heading.
    private var lastClause: SectionNumber?

    /// The document in laid-out text.
    ///
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    static func document(
        from text: String,
        limits: ExtractionLimits = .standard
    ) throws(ExtractionError) -> ExtractedDocument {
        let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\u{0C}" }.map { LayoutLine($0) }
        let joining = LineJoining(lines: lines.lazy.map(\.text))
        var reader = LayoutReader(
            text: TextCollector(joining: joining, limits: limits),
            titles: LeaderTable.titles(of: lines),
            width: lines.lazy.map(\.width).max() ?? 0
        )
        reader.text.keepsLabels =
            LabelReferences.areIn(lines.lazy.map(\.text))
            || lines.contains { $0.text.hasPrefix("Q") && $0.listItem != nil && QuestionLabel(at: $0.text[...]) != nil }
        let end = lines.lastIndex { !$0.isEmpty } ?? 0
        var position = 0
        while position < lines.count {
            position = try reader.read(lines, at: position, last: end)
        }
        try reader.text.end()
        return reader.text.document.document
    }

    /// Reads the element that starts at a line, and returns the index of the first line after it.
    private mutating func read(_ lines: [LayoutLine], at position: Int, last: Int) throws(ExtractionError) -> Int {
        let line = lines[position]
        let next = position + 1 < lines.count ? lines[position + 1] : LayoutLine("")
        if let columns = ProseColumns(lines, at: position) {
            for column in [columns.left, columns.right] {
                var place = 0
                while place < column.count { place = try read(column, at: place, last: column.count) }
                try text.end()
            }
            return columns.end
        }
        if let (rows, end) = table(lines, at: position) {
            try text.append(rows)
            return end
        } else if line.isEmpty || line.isRule {
            try text.end()
        } else if let end = endOfTitle(lines, at: position) {
            try text.append(heading: lines[position..<end].map(\.text).joined(separator: " "), level: 1)
            return end
        } else if startsSection(line, next: next) {
            try append(heading: line, level: 2)
        } else if text.isOpen {
            if startsClause(line) { try text.end() }
            try text.add(line)
        } else if let (level, title) = MarkdownLine.heading(line.text[...]) {
            try text.append(heading: String(title), level: level)
        } else if !next.isEmpty, next.isRule, let level = MarkdownLine.underline(next.text[...]) {
            try text.append(heading: line.text, level: level)
            return position + 2
        } else if let level = headingLevel(of: line, next: next, isLast: position >= last) {
            try append(heading: line, level: level)
            text.document.record(BlockLook(isLoneLine: true))
        } else {
            _ = startsClause(line)
            try text.add(line, startsClause: line.headingNumberDepth != nil && isContinued(line, by: next))
        }
        return position + 1
    }

    /// The index of the first line after a title of several lines, with which the document begins; nil if there is none.
    private func endOfTitle(_ lines: [LayoutLine], at start: Int) -> Int? {
        guard text.document.blocks.isEmpty, !text.isOpen else { return nil }
        let title = lines[start...].prefix(Self.maximumLinesOfTitle + 1).prefix { !$0.isEmpty }
        guard (2...Self.maximumLinesOfTitle).contains(title.count), title[start].looksLikeHeading,
            lines[title.endIndex...].contains(where: { !$0.isEmpty }),
            title.reduce(0, { $0 + $1.text.wordCount }) <= Self.maximumWordsOfTitle,
            title.allSatisfy({ line in
                line.segments.count == 1 && line.listItem == nil && line.looksComplete && !line.text.contains(": ")
                    && (!line.text.contains(where: \.isNumber) || line.isDated)
            })
        else { return nil }
        return title.endIndex
    }

    private static let maximumLinesOfTitle = 3

    private mutating func append(heading line: LayoutLine, level: Int) throws(ExtractionError) {
        try text.append(heading: line.text, level: level)
        lastHeading = SectionNumber(line.text)
        lastClause = nil
    }

    /// Whether a line is the heading of a section by its number, whatever is around it: `§ 4 Notice` after a sentence, or
    /// `2. Leave` below the section `1. Pay`.
    private func startsSection(_ line: LayoutLine, next: LayoutLine) -> Bool {
        guard let number = SectionNumber(line.text), !line.isContentsEntry, line.segments.count == 1,
            number.title.wordCount <= Self.maximumWordsOfTitle,
            number.title.isEmpty || number.title.first?.isLowercase == false && line.looksComplete
        else { return false }
        if !number.word.isEmpty { return !next.isEmpty && (!text.isOpen || text.isAtEndOfSentence) }
        return text.isOpen && line.headingNumberDepth != nil && !isContinued(line, by: next)
            && lastHeading.map { number.figures.count <= $0.figures.count && number.follows($0) } == true
    }

    /// Whether a line begins a clause with a number of several figures, which is recorded: `1.2 Overtime is paid`.
    private mutating func startsClause(_ line: LayoutLine) -> Bool {
        guard let number = SectionNumber(line.text), number.word.isEmpty, number.figures.count > 1,
            number.title.first?.isUppercase == true
        else { return false }
        defer { lastClause = number }
        return (lastClause ?? lastHeading).map(number.follows) ?? false
    }

    private static let maximumWordsOfTitle = 10

    /// The table that starts at a line, which may have the names of its columns on two lines.
    private func table(_ lines: [LayoutLine], at position: Int) -> (rows: TableBuilder, end: Int)? {
        guard !lines[position].isEmpty else { return nil }
        if StackedNames.areAt(position, of: lines), let (rows, end) = plainTable(lines, at: position + 1),
            let joined = StackedNames.joined(rows, at: position, of: lines)
        {
            return (joined, end)
        }
        return plainTable(lines, at: position)
    }

    private func plainTable(_ lines: [LayoutLine], at position: Int) -> (rows: TableBuilder, end: Int)? {
        if let drawn = DrawnTable(lines, at: position) { return (drawn.rows, drawn.end) }
        if let dotted = LeaderTable(lines, at: position, titles: titles) { return (dotted.rows, dotted.end) }
        if let barred = BarTable(lines, at: position) { return (barred.rows, barred.end) }
        if let underlined = UnderlinedTable(lines, at: position) { return (underlined.rows, underlined.end) }
        if let tabbed = TabbedTable(lines, at: position) { return (tabbed.rows, tabbed.end) }
        return LayoutTable(lines, at: position).map { ($0.rows, $0.end) }
    }

    /// Whether a line with a number is the start of a sentence that goes on in the next line: with a word in lower case,
    /// after another sentence, or with a word for which the line has no room.
    private func isContinued(_ line: LayoutLine, by next: LayoutLine) -> Bool {
        guard let first = next.text.first, next.listItem == nil else { return false }
        let word = next.text.prefix { !$0.isWhitespace }.count
        return first.isLowercase || line.endsSentence
            || width >= Self.minimumWidth && line.width + 1 + word > width
    }

    /// The minimum width of text that a program has wrapped.
    private static let minimumWidth = 50

    /// The level of a heading: the depth of its number, or one above all numbered headings.
    private func headingLevel(of line: LayoutLine, next: LayoutLine, isLast: Bool) -> Int? {
        guard !isLast, !line.isContentsEntry else { return nil }
        if let depth = line.headingNumberDepth, next.isEmpty || next.headingNumberDepth == nil,
            !isContinued(line, by: next)
        {
            return depth + 1
        }
        guard next.isEmpty, line.listItem == nil, line.looksLikeHeading else { return nil }
        return text.document.blocks.isEmpty ? 1 : 2
    }
}
