/// Removes the syntax of inline Markdown, and text that is struck out or hidden.
///
/// The time is linear in the text's length for any input. Delimiters without a counterpart are text.
struct MarkdownInline {
    private let bytes: [UInt8]
    private var position = 0
    /// The output so far; a byte whose index is in `dropped` was a delimiter.
    private var output: [UInt8] = []
    private var dropped: Set<Int> = []
    /// The openings of brackets and emphasis: indices in `output`.
    private var brackets: [Int] = []
    private var openings: [UInt8: [Range<Int>]] = [:]
    /// The openings of HTML elements that are struck out or hidden, by their names: indices in `output`.
    private var hiddenOpenings: [String: [Int]] = [:]
    /// The ranges that are struck out or hidden, in `output`.
    private var removed: [Range<Int>] = []
    /// The position of the next `>`, once it was searched for.
    private var nextTagEnd = 0
    /// The positions of the runs of backticks, by their lengths, last ones first; nil before the first run.
    private var codeMarks: [Int: [Int]]?

    /// The maximum length of a link's target or label, and of a tag; longer ones are text.
    private static let maximumTargetLength = 4096
    /// The maximum number of brackets in a target or label.
    private static let maximumTargetBrackets = 32

    /// The text without syntax, on one line.
    static func plainText(of markdown: some StringProtocol) -> String {
        var scanner = MarkdownInline(bytes: Array(markdown.utf8))
        scanner.scan()
        return String(decoding: scanner.kept, as: UTF8.self).onOneLine
    }

    /// The bytes that are not delimiters, struck out or hidden.
    private var kept: [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(output.count)
        var offset = 0
        for range in removed.sorted(by: { $0.lowerBound < $1.lowerBound }) + [output.count..<output.count] {
            while offset < range.lowerBound {
                if !dropped.contains(offset) { kept.append(output[offset]) }
                offset += 1
            }
            offset = max(offset, range.upperBound)
        }
        return kept
    }

    /// The text without HTML comments, which may have many lines.
    static func withoutComments(_ markdown: String) -> String {
        guard markdown.contains("<!--") else { return markdown }
        var rest = markdown[...]
        var kept = ""
        while let start = rest.firstRange(of: "<!--") {
            kept += rest[..<start.lowerBound]
            guard let end = rest[start.upperBound...].firstRange(of: "-->") else { return kept }
            rest = rest[end.upperBound...]
        }
        return kept + rest
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
        output.reserveCapacity(bytes.count)
    }

    private mutating func scan() {
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\\"): takeEscaped()
            case UInt8(ascii: "`"): takeCode()
            case UInt8(ascii: "["):
                brackets.append(output.count)
                take()
            case UInt8(ascii: "!") where byte(after: position) == UInt8(ascii: "["): position += 1
            case UInt8(ascii: "]"): closeBracket()
            case UInt8(ascii: "<"): takeTag()
            case UInt8(ascii: "&"): takeReference()
            case UInt8(ascii: "*"), UInt8(ascii: "_"), UInt8(ascii: "~"): takeEmphasis()
            default: take()
            }
        }
    }

    private mutating func take() {
        output.append(bytes[position])
        position += 1
    }

    private mutating func takeEscaped() {
        if let next = byte(after: position), next < 0x80, !next.isWordByte, next != UInt8(ascii: " ") { position += 1 }
        take()
    }

    /// Adds a code span unchanged, without its backticks.
    private mutating func takeCode() {
        let length = run(of: UInt8(ascii: "`"), at: position)
        let start = position + length
        if let end = endOfCode(from: start, length: length) {
            output += bytes[start..<end]
            position = end + length
        } else {
            output += bytes[position..<start]
            position = start
        }
    }

    /// The position of the run of backticks that closes a code span.
    private mutating func endOfCode(from start: Int, length: Int) -> Int? {
        if codeMarks == nil { codeMarks = allCodeMarks(from: start) }
        while let mark = codeMarks?[length]?.last, mark < start { codeMarks?[length]?.removeLast() }
        return codeMarks?[length]?.last
    }

    /// The positions of the runs of backticks after a position, by their lengths, last ones first.
    private func allCodeMarks(from start: Int) -> [Int: [Int]] {
        var marks: [Int: [Int]] = [:]
        var end = start
        while let mark = bytes[end...].firstIndex(of: UInt8(ascii: "`")) {
            let length = run(of: UInt8(ascii: "`"), at: mark)
            marks[length, default: []].append(mark)
            end = mark + length
        }
        return marks.mapValues { $0.reversed() }
    }

    /// Ends a link's text; if a target or a label follows, it is removed with the brackets.
    private mutating func closeBracket() {
        let opening = brackets.popLast()
        let closing: UInt8? =
            switch byte(after: position) {
            case UInt8(ascii: "("): UInt8(ascii: ")")
            case UInt8(ascii: "["): UInt8(ascii: "]")
            default: nil
            }
        guard let opening, let closing, let end = endOfTarget(from: position + 1, closedBy: closing) else {
            return take()
        }
        dropped.insert(opening)
        position = end
    }

    /// The position after a target such as `(https://example.org/a_(b) "title")`.
    private func endOfTarget(from start: Int, closedBy closing: UInt8) -> Int? {
        let opening = bytes[start]
        var depth = 0
        for index in start..<min(bytes.count, start + Self.maximumTargetLength) {
            if bytes[index] == opening { depth += 1 }
            if bytes[index] == closing { depth -= 1 }
            if depth == 0 { return index + 1 }
            if depth > Self.maximumTargetBrackets { return nil }
        }
        return nil
    }

    /// Drops an HTML tag, keeps the address in `<https://example.org>`, and leaves any other `<` alone.
    private mutating func takeTag() {
        if nextTagEnd <= position {
            nextTagEnd = bytes[position...].firstIndex(of: UInt8(ascii: ">")) ?? bytes.count
        }
        let end = nextTagEnd
        guard let next = byte(after: position), next.isLetter || next == UInt8(ascii: "/"),
            end < min(bytes.count, position + Self.maximumTargetLength)
        else { return take() }
        let inner = bytes[(position + 1)..<end]
        if inner.contains(UInt8(ascii: ":")) || inner.contains(UInt8(ascii: "@")), !inner.contains(UInt8(ascii: " ")) {
            output += inner
        } else if !MarkdownTag.isOne(inner) {
            return take()
        } else {
            noteHidden(inner)
            output.append(UInt8(ascii: " "))
        }
        position = end + 1
    }

    /// Records the start or the end of text that a browser strikes out or does not show.
    private mutating func noteHidden(_ tag: ArraySlice<UInt8>) {
        var tokens = MarkupTokenizer([UInt8(ascii: "<")] + tag + [UInt8(ascii: ">")], dialect: .html)
        switch tokens.next() {
        case .start(let name, let attributes, isClosed: false):
            if HiddenMarkup.hides(name, attributes) { hiddenOpenings[name, default: []].append(output.count) }
        case .end(let name):
            if let start = hiddenOpenings[name]?.popLast() { removed.append(start..<output.count) }
        default: break
        }
    }

    private mutating func takeReference() {
        guard let (text, end) = CharacterReference.decode(bytes, at: position) else { return take() }
        output += text.utf8
        position = end
    }

    /// Reads a run of emphasis delimiters, and drops it if it closes an earlier one; text between tildes is dropped,
    /// too.
    private mutating func takeEmphasis() {
        let mark = bytes[position]
        let length = run(of: mark, at: position)
        let before = position > 0 ? bytes[position - 1] : UInt8(ascii: " ")
        let after = position + length < bytes.count ? bytes[position + length] : UInt8(ascii: " ")
        let insideWord = before.isWordByte && after.isWordByte
        let delimiters = output.count..<(output.count + length)
        output += bytes[position..<(position + length)]
        position += length
        if mark == UInt8(ascii: "_") && insideWord { return }
        if mark == UInt8(ascii: "~") && length != 2 { return }
        var rest = delimiters
        if !before.isBlankByte {
            while !rest.isEmpty, let opening = openings[mark]?.popLast() {
                let pairs = min(rest.count, opening.count)
                dropped.formUnion(opening.suffix(pairs))
                dropped.formUnion(rest.prefix(pairs))
                if mark == UInt8(ascii: "~") { removed.append(opening.lowerBound..<rest.lowerBound) }
                rest = (rest.lowerBound + pairs)..<rest.upperBound
                if opening.count > pairs { openings[mark]?.append(opening.dropLast(pairs)) }
            }
        }
        if !rest.isEmpty, !after.isBlankByte { openings[mark, default: []].append(rest) }
    }

    private func byte(after index: Int) -> UInt8? {
        index + 1 < bytes.count ? bytes[index + 1] : nil
    }

    private func run(of byte: UInt8, at start: Int) -> Int {
        bytes[start...].prefix { $0 == byte }.count
    }
}

extension UInt8 {
    /// Whether the byte is a letter or a digit, or a part of a character beyond ASCII.
    fileprivate var isWordByte: Bool {
        isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || self >= 0x80
    }

    /// Whether the byte is an ASCII letter.
    var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }

    /// Whether the byte is ASCII white space.
    var isBlankByte: Bool {
        self == 0x20 || (0x09...0x0D).contains(self)
    }
}
