/// A paragraph of a Word document that is being read.
struct WordParagraph {
    /// The text so far, with its tabs.
    var text = ""
    /// Its role by its style or its outline level; nil for text.
    var role: WordStyles.Role?
    /// The list of its style.
    var list: WordStyles.List?
    /// Whether it has a list of its own.
    var isInList = false
    /// The list of its own; `0` for none, not even its style's.
    var listID: String?
    var listLevel: Int?
    /// The notes that it refers to.
    var notes: [String] = []
    /// Whether a tracked change deletes its end, so that it is one with the next paragraph.
    var isMarkDeleted = false
    /// Whether some of its text is not in bold type.
    private(set) var hasPlainText = false
    /// The size of its largest type in half points; 0 if no run names one.
    private(set) var size = 0

    /// Adds text with a formatting.
    mutating func add(_ run: String, _ look: WordLook) {
        text += run
        guard run.contains(where: { !$0.isWhitespace }) else { return }
        if !look.isBold { hasPlainText = true }
        size = max(size, look.size ?? 0)
    }

    /// Puts the text of an earlier paragraph before its own.
    mutating func prepend(_ earlier: WordParagraph) {
        text = earlier.text + text
        notes = earlier.notes + notes
        hasPlainText = hasPlainText || earlier.hasPlainText
        size = max(size, earlier.size)
    }

    /// The text on one line.
    var line: String { text.onOneLine }

    /// The text on one line with its notes.
    var lineWithNotes: String { notes.reduce(line, FootnoteText.line) }

    /// Whether it has no text.
    var isEmpty: Bool { notes.isEmpty && line.isEmpty }

    /// The parts between tabs, if they may be a row of a table: short, and none empty.
    var tabbedCells: [String]? {
        let cells = text.split(separator: "\t", omittingEmptySubsequences: false).map(\.onOneLine)[...]
            .drop(while: \.isEmpty)
        guard cells.count > 1, cells.allSatisfy({ !$0.isEmpty && $0.wordCount <= 12 }), notes.isEmpty else {
            return nil
        }
        return Array(cells)
    }

    /// Whether the paragraph is bold and looks like a heading.
    var looksLikeHeading: Bool {
        let line = line
        guard !hasPlainText, let first = line.first, let last = line.last, line.utf8.count <= 120, line.wordCount <= 12
        else { return false }
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
