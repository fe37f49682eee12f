/// What a reader saw of a block that its text does not tell.
struct BlockLook: Sendable, Hashable {
    /// The text of the block.
    var text = ""
    /// The size of the start of the text that is in bold type, in bytes.
    var boldBytes = 0
    /// Where the lines after the first one start in the text, in bytes.
    var lineStarts: [Int] = []
    /// The depth of a list item.
    var depth = 0
    /// Whether the text is a term whose definition is in the next blocks.
    var isTerm = false
    /// Whether the block is a heading only by the look of its line.
    var isLoneLine = false
}

/// A part of a page that a reader can open by its summary.
struct Disclosure: Sendable, Hashable {
    /// The index of the block that is its summary.
    var summary: Int
    /// The index of the first block after it.
    var end: Int
}

/// Records the look of a text while it is collected.
struct TextLook: Sendable {
    /// The size of the collected text up to the end of its bold start, in bytes.
    private var boldEnd = 0
    private var hasPlainText = false
    /// The sizes of the collected text before line breaks.
    private var breaks: [Int] = []

    /// Records text.
    ///
    /// - Parameters:
    ///   - run: The text.
    ///   - isBold: Whether it is in bold type.
    ///   - text: The text collected before it.
    ///   - hasLines: Whether its line ends are line breaks.
    mutating func add(_ run: String, isBold: Bool, after text: String, hasLines: Bool = false) {
        var size = text.utf8.count
        let lines = hasLines ? run.split(separator: "\n", omittingEmptySubsequences: false) : [run[...]]
        for (index, line) in lines.enumerated() {
            if index > 0 {
                size += 1
                breakLine(after: size)
            }
            add(line, isBold: isBold, at: size)
            size += line.utf8.count
        }
    }

    private mutating func add(_ run: Substring, isBold: Bool, at size: Int) {
        guard !hasPlainText else { return }
        if isBold {
            if run.contains(where: { !$0.isWhitespace }) { boldEnd = size + run.utf8.count }
        } else {
            // The mark after a bold question may be in plain type.
            if boldEnd > 0, boldEnd == size { boldEnd += run.prefix { $0.isQuestionMark }.utf8.count }
            hasPlainText = run.contains(where: \.isLetter)
        }
    }

    /// Records that the next text is on another line.
    ///
    /// - Parameter size: The size of the text collected before it, in bytes.
    mutating func breakLine(after size: Int) {
        breaks.append(size)
    }

    /// The maximum size of a bold text without a question, in bytes.
    private static let maximumBytes = 120

    /// The look of the collected text on one line; nil if it is plain, or neither a question nor like a heading.
    func look(of text: String) -> BlockLook? {
        guard boldEnd > 0 || !breaks.isEmpty else { return nil }
        let asks = text.contains(where: \.isQuestionMark) || QuestionLabel(at: text.drop(while: \.isWhitespace)) != nil
        guard asks || boldEnd > 0 && text.utf8.count <= Self.maximumBytes else { return nil }
        let line = Array(text.onOneLine.utf8)
        let bold = boldEnd > 0 ? Self.part(0..<boldEnd, of: text)?.utf8.count ?? 0 : 0
        guard asks || bold == line.count else { return nil }
        var starts: [Int] = []
        var (last, size) = (0, 0)
        for place in breaks where place > last {
            guard let part = Self.part(last..<place, of: text) else { break }
            size += part.utf8.count
            if size < line.count, line[size] == UInt8(ascii: " ") { size += 1 }
            if size > starts.last ?? 0, size < line.count { starts.append(size) }
            last = place
        }
        return bold > 0 || !starts.isEmpty ? BlockLook(boldBytes: bold, lineStarts: starts) : nil
    }

    /// A part of a text on one line.
    private static func part(_ bytes: Range<Int>, of text: String) -> String? {
        let utf8 = text.utf8
        guard let start = utf8.index(text.startIndex, offsetBy: bytes.lowerBound, limitedBy: text.endIndex),
            let end = utf8.index(start, offsetBy: bytes.count, limitedBy: text.endIndex)
        else { return nil }
        return String(utf8[start..<end])?.onOneLine
    }
}

extension Character {
    /// Whether the character ends a question.
    var isQuestionMark: Bool { self == "?" || self == "？" || self == "؟" }
}
