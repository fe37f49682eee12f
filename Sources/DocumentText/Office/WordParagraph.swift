/// A paragraph of a Word document that is being read.
struct WordParagraph {
    /// The text so far, with its tabs.
    var text = ""
    /// Its role by its style or its outline level; nil for text.
    var role: WordStyles.Role?
    /// The list of its style.
    var list: WordStyles.List?
    /// The depth of its style's lists, by the style's name.
    var styleDepth = 0
    /// Whether it has a list of its own.
    var isInList = false
    /// The list of its own; `0` for none, not even its style's.
    var listID: String?
    var listLevel: Int?
    /// The notes that it refers to.
    var notes: [String] = []
    /// Whether a tracked change deletes its end, so that it is one with the next paragraph.
    var isJoinedToNext = false
    /// Whether it is in a frame for the large first letter of the next paragraph.
    var isDropCap = false
    /// What the text boxes hold that stand in it.
    var boxes: [WordTable.Content] = []
    /// Whether it stands in a text box within a paragraph that has text.
    private(set) var isAside = false
    /// Whether some of its text is not in bold type.
    private(set) var hasPlainText = false
    /// The look of its text.
    private var textLook = TextLook()
    /// The size of its largest type in half points; 0 if no run names one.
    private(set) var size = 0

    /// Adds text with a formatting.
    mutating func add(_ run: String, _ look: WordLook) {
        textLook.add(run, isBold: look.isBold, after: text)
        text += run
        guard run.contains(where: { !$0.isWhitespace }) else { return }
        if !look.isBold { hasPlainText = true }
        size = max(size, look.size ?? 0)
    }

    /// Adds a line break.
    mutating func breakLine() {
        textLook.breakLine(after: text.utf8.count)
        text += " "
    }

    /// Puts the text of an earlier paragraph before its own.
    mutating func prepend(_ earlier: WordParagraph) {
        text = earlier.text + text
        textLook = TextLook()
        notes = earlier.notes + notes
        hasPlainText = hasPlainText || earlier.hasPlainText
        boxes = earlier.boxes + boxes
        if !earlier.isDropCap { size = max(size, earlier.size) }
    }

    /// The maximum number of bytes of a large first letter, or of a first word.
    private static let maximumDropCapBytes = 40

    /// Whether it is the large first letter of the next paragraph.
    var isLetterOfNext: Bool { isDropCap && text.utf8.count <= Self.maximumDropCapBytes }

    /// Removes what its text boxes hold.
    ///
    /// - Returns: What they hold; without headings if the paragraph has text, as that follows under its own heading.
    mutating func takeBoxes() -> [WordTable.Content] {
        let taken = boxes
        boxes = []
        guard !isEmpty else { return taken }
        return taken.map { content in
            guard case .paragraph(var paragraph) = content else { return content }
            paragraph.isAside = true
            if case .heading = paragraph.role { paragraph.role = nil }
            return .paragraph(paragraph)
        }
    }

    /// The text on one line.
    var line: String { text.onOneLine }

    /// The text on one line with its notes.
    var lineWithNotes: String { notes.reduce(line, FootnoteText.line) }

    /// The look of its text on one line; nil if it has none that matters.
    var look: BlockLook? { textLook.look(of: text) }

    /// Whether it has neither text nor text boxes.
    var isEmpty: Bool { notes.isEmpty && boxes.isEmpty && line.isEmpty }

    /// The parts between tabs, if they may be a row of a table: short, and several with text.
    var tabbedCells: [String]? {
        guard notes.isEmpty else { return nil }
        let cells = text.split(separator: "\t", omittingEmptySubsequences: false).map(\.onOneLine)
        guard cells.count > 1, cells.count(where: { !$0.isEmpty }) > 1, cells.allSatisfy({ $0.wordCount <= 12 }) else {
            return nil
        }
        return cells
    }

    /// The maximum number of words of a heading, and of one that is a question.
    private static let maximumWords = (heading: 12, question: 25)
    /// The maximum size of a heading, and of one that is a question, in bytes.
    private static let maximumBytes = (heading: 120, question: 240)

    /// Whether the paragraph is bold and looks like a heading.
    var looksLikeHeading: Bool {
        let line = line
        guard !hasPlainText, !isAside, let first = line.first, let last = line.last else { return false }
        let isShort =
            last.isQuestionMark
            ? line.utf8.count <= Self.maximumBytes.question && line.wordCount <= Self.maximumWords.question
            : line.utf8.count <= Self.maximumBytes.heading && line.wordCount <= Self.maximumWords.heading
        guard isShort else { return false }
        return !first.isLowercase && line.contains(where: \.isLetter) && !".;,!".contains(last)
    }

    /// The list that the paragraph is in, if any.
    var effectiveList: WordStyles.List? {
        if let listID {
            return listID == "0" ? nil : .init(id: listID, level: listLevel ?? 0)
        }
        guard let list else { return nil }
        return .init(id: list.id, level: listLevel ?? list.level)
    }
}
