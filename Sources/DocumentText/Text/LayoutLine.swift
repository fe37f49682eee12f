/// A line of laid-out text, with the features of its layout.
struct LayoutLine: Sendable {
    /// The line without leading and trailing blanks.
    let text: String
    /// The parts between gaps of two blanks or more, with the columns that they cover.
    let segments: [Segment]
    /// The parts between tabs; a single one without tabs.
    let tabCells: [String]
    /// The number of tabs before the text.
    let leadingTabs: Int
    /// The number of tabs after the text.
    let trailingTabs: Int
    /// The number of blank columns before the text.
    let indentation: Int

    /// A part of a line without wide gaps.
    struct Segment: Sendable, Hashable {
        var text: String
        var columns: Range<Int>
    }

    /// The maximum length of a line with gaps, in bytes; a longer one is a paragraph's.
    static let maximumLength = 400
    private static let tabWidth = 8
    private static let romans: Set<Substring> = [
        "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv", "xv",
    ]

    /// Analyzes a line.
    init(_ line: Substring) {
        text = String(line.trimmingBlanks)
        segments =
            text.utf8.count <= Self.maximumLength ? Self.segments(of: line) : [Segment(text: text, columns: 0..<1)]
        indentation = segments.first?.columns.lowerBound ?? 0
        leadingTabs = line.prefix(while: \.isWhitespace).count { $0 == "\t" }
        trailingTabs = line.reversed().prefix(while: \.isWhitespace).count { $0 == "\t" }
        let isTabbed = text.utf8.contains(UInt8(ascii: "\t")) && text.utf8.count <= Self.maximumLength
        tabCells = isTabbed ? text.split(separator: "\t", omittingEmptySubsequences: false).map(\.onOneLine) : [text]
    }

    /// The number of columns up to the end of the text.
    var width: Int { segments.last?.columns.upperBound ?? 0 }

    /// Whether a sentence ends within the line: a word in lower case with a full stop before a capital letter.
    var endsSentence: Bool {
        let words = text.split(whereSeparator: \.isWhitespace)
        return zip(words, words.dropFirst()).contains { word, next in
            word.last == "." && word.count > 3 && word.dropLast().allSatisfy(\.isLowercase)
                && next.first?.isUppercase == true
        }
    }

    /// Whether the line is blank.
    var isEmpty: Bool { text.isEmpty }

    /// Whether the line is a horizontal rule.
    var isRule: Bool {
        text.utf8.count >= 3 && text.utf8.count <= Self.maximumLength && text.allSatisfy { "-=_*─━═".contains($0) }
    }

    /// Whether the line is of a table of contents: `3.2 Carry-over ........ 5`.
    var isContentsEntry: Bool {
        text.last?.isNumber == true && (text.contains(".....") || text.contains(". . . ."))
    }

    /// A list item's text and its mark.
    struct ListItem: Sendable, Hashable {
        /// The text after the mark.
        var text: String
        /// The item's number, or its letter's position in the alphabet; nil for a bullet.
        var number: Int?
        /// Whether the mark is a figure, which may also be part of a sentence.
        var isFigure = false
        /// The brackets and full stops around the number or letter.
        var marks = ""
    }

    /// The list item, if the line starts with a bullet, a number or a letter in brackets.
    var listItem: ListItem? {
        guard let mark = text.split(maxSplits: 1, whereSeparator: \.isWhitespace).first, mark.utf8.count <= 5 else {
            return nil
        }
        let rest = text.dropFirst(mark.count).drop(while: \.isWhitespace)
        let isBullet = mark.count == 1 && ("-*+•◦▪‣–·●○■".contains(mark) || mark.isSymbolFontMark)
        let label = mark.first == "(" ? mark.dropFirst() : mark
        let value = label.dropLast()
        let isFigure = value.allSatisfy(\.isWholeNumber)
        let isLetter =
            value.count == 1 && value.allSatisfy { $0.isLowercase && $0.isASCII } || Self.romans.contains(value)
        // `d. h.` is not a label, and initials are not.
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
            isFigure: isLabel && isFigure,
            marks: isLabel ? mark.filter { "().".contains($0) } : ""
        )
    }

    /// The number of figures in the number of a heading such as `3.2 Carry-over`; nil if the line is no such heading.
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

    /// Whether a line by itself looks like a heading: short, capitalized, without figures, without a full stop.
    var looksLikeHeading: Bool {
        guard text.utf8.count <= 80, text.wordCount <= 8, segments.count == 1, let first = text.first,
            let last = text.last
        else { return false }
        return !first.isLowercase && !first.isNumber && text.contains(where: \.isLetter)
            && !".,;:!…".contains(last) && !text.contains(": ") && !text.contains(where: \.isCurrencySymbol)
    }

    /// Whether the line does not end like a sentence or within one.
    var looksComplete: Bool { text.utf8.count <= 80 && text.last.map { !".,;:!。、".contains($0) } ?? false }

    /// Whether the line has the name of a month or a year.
    var isDated: Bool {
        text.split { !$0.isLetter && !$0.isNumber }.contains { MonthNames.contains($0) || String($0).isYear }
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
                // A tab extends to the next tab stop.
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

extension StringProtocol {
    /// Whether the text is a mark of a symbol font, of which Word has bullets.
    fileprivate var isSymbolFontMark: Bool {
        unicodeScalars.count == 1 && unicodeScalars.allSatisfy { (0xF020...0xF0FF).contains($0.value) }
    }
}

/// The names of the months in the languages whose dates put the day first.
enum MonthNames {
    /// Whether a word is the name of a month, whatever its case and the marks at its end.
    static func contains(_ word: some StringProtocol) -> Bool {
        names.contains(word.lowercased().filter(\.isLetter))
    }

    private static let names = Set(
        """
        january february march april may june july august september october november december
        jan feb mar apr jun jul aug sep sept oct nov dec
        januar jänner februar feber märz mai juni juli oktober dezember okt dez mrz
        janvier février mars avril juin juillet août septembre octobre novembre décembre
        enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
        gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre
        januari februari maart mei augustus
        janeiro fevereiro março maio junho julho setembro outubro novembro dezembro
        stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
        """.split(whereSeparator: \.isWhitespace).map { String($0) }
    )
}
