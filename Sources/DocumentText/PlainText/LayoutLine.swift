/// A line of laid-out text, and what its looks say of it.
struct LayoutLine: Sendable {
    /// The line without the blanks at its ends.
    let text: String
    /// What stands between gaps of two blanks or more, with the columns it covers.
    let segments: [Segment]
    /// What stands between tabs; a single cell if there are none.
    let tabCells: [String]
    /// How many columns are blank before the text.
    let indentation: Int

    /// A part of a line that no wide gap divides.
    struct Segment: Sendable, Hashable {
        var text: String
        var columns: Range<Int>
    }

    /// A line longer than this is running text, whatever gaps it has.
    private static let widestLine = 400
    private static let tabWidth = 8
    private static let romans: Set<Substring> = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
    ]

    /// Looks at a line.
    init(_ line: Substring) {
        text = String(line.trimmingBlanks)
        segments = text.utf8.count <= Self.widestLine ? Self.segments(of: line) : [Segment(text: text, columns: 0..<1)]
        indentation = segments.first?.columns.lowerBound ?? 0
        let isTabbed = text.utf8.contains(UInt8(ascii: "\t")) && text.utf8.count <= Self.widestLine
        tabCells = isTabbed ? text.split(separator: "\t", omittingEmptySubsequences: false).map(\.onOneLine) : [text]
    }

    /// Whether nothing is on the line.
    var isEmpty: Bool { text.isEmpty }

    /// Whether the line only divides what is above it from what is below.
    var isRule: Bool {
        text.utf8.count >= 3 && text.utf8.count <= Self.widestLine && text.allSatisfy { "-=_*─━═".contains($0) }
    }

    /// Whether the line is of a table of contents: `3.2 Carry-over ........ 5`.
    var isContentsEntry: Bool {
        text.last?.isNumber == true && (text.contains(".....") || text.contains(". . . ."))
    }

    /// A list item's text and its mark.
    struct ListItem: Sendable, Hashable {
        /// What stands behind the mark.
        var text: String
        /// The number of the item, or the place of its letter in the alphabet; nil behind a bullet.
        var number: Int?
        /// Whether the mark is a figure, which may as well be part of a sentence.
        var isFigure = false
    }

    /// The text behind a bullet, a number or a letter in brackets.
    var listItem: ListItem? {
        guard let mark = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).first, mark.utf8.count <= 5 else {
            return nil
        }
        let rest = text.dropFirst(mark.count).drop(while: \.isWhitespace)
        let isBullet = mark.count == 1 && "-*+•◦▪‣–·●○■\u{F0B7}".contains(mark)
        let label = mark.first == "(" ? mark.dropFirst() : mark
        let value = label.dropLast()
        let isFigure = value.allSatisfy(\.isWholeNumber)
        let isLetter =
            value.count == 1 && value.allSatisfy { $0.isLowercase && $0.isASCII } || Self.romans.contains(value)
        // `d. h.` is no label, and neither are initials.
        let isAbbreviation = label.last == "." && rest.prefix(2).last == "."
        let isLabel =
            label.last.map { $0 == ")" || $0 == "." } == true && (1...4).contains(value.count)
            && (isFigure && value.count <= 3 || label.last == ")" && value.count <= 3 && value.allSatisfy(\.isLetter)
                || isLetter && !isAbbreviation)
        guard isBullet || isLabel, !rest.isEmpty else { return nil }
        let letter = value.count == 1 ? value.first?.asciiValue.map { Int($0 | 0x20) - 0x60 } : nil
        return ListItem(
            text: String(rest),
            number: isLabel ? (isFigure ? Int(value) : letter) : nil,
            isFigure: isLabel && isFigure
        )
    }

    /// How many figures the number of a heading such as `3.2 Carry-over` has; `nil` if the line is not such a heading.
    var headingNumberDepth: Int? {
        guard let mark = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).first, mark.utf8.count <= 12 else {
            return nil
        }
        let figures = mark.split(separator: ".")
        let title = text.dropFirst(mark.count).drop(while: \.isWhitespace)
        guard figures.allSatisfy({ $0.utf8.count <= 3 && $0.allSatisfy(\.isWholeNumber) }), !figures.isEmpty,
            title.first?.isUppercase == true, title.wordCount <= 10, title.utf8.count <= 80,
            title.last.map({ !".,;:!".contains($0) }) == true
        else { return nil }
        return figures.count
    }

    /// Whether a line that stands alone reads like a heading: short, capitalised, no figures, no stop at its end.
    var looksLikeHeading: Bool {
        guard text.utf8.count <= 80, text.wordCount <= 8, segments.count == 1, let first = text.first,
            let last = text.last
        else { return false }
        return !first.isLowercase && !first.isNumber && text.contains(where: \.isLetter)
            && !".,;:!…".contains(last) && !text.contains(": ") && !text.contains(where: \.isCurrencySymbol)
    }

    private static func segments(of line: Substring) -> [Segment] {
        var segments: [Segment] = []
        var text = ""
        var start = 0
        var blanks = 0
        var column = -1
        for character in line {
            column += 1
            if character.isWhitespace {
                // A tab leads to the next stop.
                let width = character == "\t" ? tabWidth - column % tabWidth : 1
                column += width - 1
                blanks += character == "\t" ? max(width, 2) : 1
                continue
            }
            if blanks >= 2, !text.isEmpty {
                segments.append(Segment(text: text, columns: start..<(start + text.count)))
                text = ""
            }
            if text.isEmpty { start = column } else if blanks > 0 { text += " " }
            text.append(character)
            blanks = 0
        }
        if !text.isEmpty { segments.append(Segment(text: text, columns: start..<(start + text.count))) }
        return segments
    }
}
