internal import DocumentText

/// Reads the sentences of a text that comes in pieces, and their citation marks, such as `[2]`, `[1, 3]` or `【2】`.
///
/// A sentence is complete once the next one begins: only then it is known which marks follow it.
struct SentenceReader: Sendable {
    /// The current line as far as it has not been read.
    private var buffer = ""
    /// Whether the buffer begins a line.
    private var isAtLineStart = true
    private var isItem = false
    private var gap = WrittenSentence.Gap.none

    /// The first of the characters that stand for citations of the passages 0, 1, 2 and so on.
    private static let firstMark: UInt32 = 0xE000
    /// The highest number of a passage.
    private static let highestNumber = 99
    /// The most characters of a mark.
    private static let longestMark = 32

    /// Adds a piece of the text.
    ///
    /// - Returns: The sentences that are complete.
    mutating func feed(_ piece: String) -> [WrittenSentence] {
        var sentences: [WrittenSentence] = []
        // A private character in the text must not pass for a mark.
        buffer += piece.filter { !$0.unicodeScalars.contains { $0.properties.generalCategory == .privateUse } }
        while let end = buffer.firstIndex(where: \.isNewline) {
            let rest = String(buffer[buffer.index(after: end)...])
            buffer = String(buffer[..<end])
            sentences += endLine()
            buffer = rest
        }
        return sentences + completeSentences()
    }

    /// Ends the text.
    ///
    /// - Returns: What is left, which may be the beginning of a sentence.
    mutating func finish() -> [WrittenSentence] {
        endLine()
    }

    private mutating func endLine() -> [WrittenSentence] {
        beginLine()
        let sentences = SentenceSplitter.sentences(of: marked(buffer)).compactMap { sentence($0) }
        let isEmpty = buffer.allSatisfy(\.isWhitespace) && isAtLineStart
        gap = max(gap, isEmpty ? .paragraph : .line)
        (buffer, isAtLineStart, isItem) = ("", true, false)
        return sentences
    }

    private mutating func completeSentences() -> [WrittenSentence] {
        // The mark of a list item has at most five characters.
        guard !isAtLineStart || buffer.count > 5 else { return [] }
        beginLine()
        let opening = buffer.suffix(Self.longestMark).lastIndex { "[【".contains($0) }
        let isOpen = opening.map { !buffer[$0...].contains { "]】".contains($0) } } ?? false
        let tail = isOpen ? opening.map { String(buffer[$0...]) } ?? "" : ""
        let read = marked(String(buffer.dropLast(tail.count)))
        let texts = SentenceSplitter.sentences(of: read)
        guard texts.count > 1, let last = texts.last else {
            buffer = read + tail
            return []
        }
        buffer = last + (read.last?.isWhitespace == true ? " " : "") + tail
        return texts.dropLast().compactMap { sentence($0) }
    }

    /// Reads the mark of a list item or of a heading at the beginning of a line.
    private mutating func beginLine() {
        guard isAtLineStart else { return }
        let line = buffer.drop(while: \.isWhitespace)
        guard !line.isEmpty else { return }
        isAtLineStart = false
        if let mark = line.prefixMatch(of: /(?:[-*•–]|[0-9]{1,2}[.)])\s+/) {
            isItem = true
            gap = max(gap, .line)
            buffer = String(line[mark.range.upperBound...])
        } else if let mark = line.prefixMatch(of: /#+\s+/) {
            buffer = String(line[mark.range.upperBound...])
        }
    }

    /// Replaces citation marks by one character for each number, in front of the stop that they follow.
    private func marked(_ text: String) -> String {
        var result = ""
        var rest = text[...]
        while let match = rest.firstMatch(
            of:
                /\s*[\[【]\s*(?:[A-Za-z]+\s*)?([0-9]{1,2}(?:\s*[,;–-]\s*[0-9]{1,2})*)(?:[^0-9\[\]【】][^\[\]【】]{0,7})?[\]】]/
        ) {
            result += rest[..<match.range.lowerBound]
            let stops = result.reversed().prefix { ".!?…。\"”".contains($0) }.count
            let end = result.suffix(stops)
            result.removeLast(stops)
            for number in Self.numbers(match.output.1) {
                Unicode.Scalar(Self.firstMark + UInt32(number)).map { result.unicodeScalars.append($0) }
            }
            result += end
            rest = rest[match.range.upperBound...]
        }
        return result + rest
    }

    private static func numbers(_ text: Substring) -> [Int] {
        text.split { ",; ".contains($0) }.flatMap { part -> [Int] in
            let bounds = part.split { "–-".contains($0) }.compactMap { Int($0) }.filter { $0 <= highestNumber }
            guard let first = bounds.first, let last = bounds.last, first <= last else { return bounds }
            return Array(first...last)
        }
    }

    private mutating func sentence(_ marked: String) -> WrittenSentence? {
        var cited: [Int] = []
        var text = String.UnicodeScalarView()
        for scalar in marked.unicodeScalars {
            if (Self.firstMark...Self.firstMark + UInt32(Self.highestNumber)).contains(scalar.value) {
                let number = Int(scalar.value - Self.firstMark)
                if !cited.contains(number) { cited.append(number) }
            } else {
                text.append(scalar)
            }
        }
        let plain = Self.withoutStrayEmphasis(String(text)).trimmed
        guard plain.contains(where: { $0.isLetter || $0.isNumber }) else { return nil }
        defer { (gap, isItem) = (plain.last.map { "。！？".contains($0) } == true ? .none : .blank, false) }
        return WrittenSentence(text: plain, cited: cited, isItem: isItem, gap: gap)
    }

    /// The text without `**` if the sentence has only the one or the other end of an emphasis.
    private static func withoutStrayEmphasis(_ text: String) -> String {
        text.ranges(of: "**").count.isMultiple(of: 2) ? text : text.replacing("**", with: "")
    }
}

extension String {
    /// The text without white space around it.
    fileprivate var trimmed: String {
        let start = drop(while: \.isWhitespace)
        return String(start[..<(start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex)])
    }
}
