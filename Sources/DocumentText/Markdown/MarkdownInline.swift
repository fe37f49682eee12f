/// Takes the marks out of a run of Markdown, and with them what is struck out or hidden: what is left is what a reader sees.
///
/// The scan is linear in the length of the text whatever it holds. Marks that pair with nothing stay as text.
struct MarkdownInline {
    private let bytes: [UInt8]
    private var position = 0
    /// What is left so far; a byte whose place is in `dropped` was a mark.
    private var output: [UInt8] = []
    private var dropped: Set<Int> = []
    /// Where brackets and emphasis were opened: places in `output`.
    private var brackets: [Int] = []
    private var openings: [UInt8: [Range<Int>]] = [:]
    /// Where HTML elements were opened that are struck out or hidden, by their names: places in `output`.
    private var hiddenOpenings: [String: [Int]] = [:]
    /// What is struck out or hidden: places in `output`.
    private var removed: [Range<Int>] = []
    /// Where the next `>` is, once it was looked for.
    private var nextTagEnd = 0
    /// Where the runs of backticks are, by their lengths, from the last to the first; nil before the first one.
    private var codeMarks: [Int: [Int]]?

    /// A link's target or label, or a tag, that is longer than this is text.
    private static let longestTarget = 4096
    /// As is a target or label with more brackets in it.
    private static let deepestTarget = 32

    /// The text without marks, on one line.
    static func plainText(of markdown: some StringProtocol) -> String {
        var scanner = MarkdownInline(bytes: Array(markdown.utf8))
        scanner.scan()
        return String(decoding: scanner.kept, as: UTF8.self).onOneLine
    }

    /// The bytes that are neither marks nor struck out or hidden.
    private var kept: [UInt8] {
        var kept: [UInt8] = []
        kept.reserveCapacity(output.count)
        var place = 0
        for range in removed.sorted(by: { $0.lowerBound < $1.lowerBound }) + [output.count..<output.count] {
            while place < range.lowerBound {
                if !dropped.contains(place) { kept.append(output[place]) }
                place += 1
            }
            place = max(place, range.upperBound)
        }
        return kept
    }

    /// The text without HTML comments, which may go over many lines.
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

    /// Takes a code span as it is, without its backticks.
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

    /// Where the run of backticks is that closes a code span.
    private mutating func endOfCode(from start: Int, length: Int) -> Int? {
        if codeMarks == nil { codeMarks = allCodeMarks(from: start) }
        while let mark = codeMarks?[length]?.last, mark < start { codeMarks?[length]?.removeLast() }
        return codeMarks?[length]?.last
    }

    /// Where the runs of backticks behind a place are, by their lengths, from the last to the first.
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

    /// Ends a link's text: the brackets go if a target or a label follows, and that goes, too.
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

    /// The place behind a target such as `(https://example.org/a_(b) "title")`.
    private func endOfTarget(from start: Int, closedBy closing: UInt8) -> Int? {
        let opening = bytes[start]
        var depth = 0
        for index in start..<min(bytes.count, start + Self.longestTarget) {
            if bytes[index] == opening { depth += 1 }
            if bytes[index] == closing { depth -= 1 }
            if depth == 0 { return index + 1 }
            if depth > Self.deepestTarget { return nil }
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
            end < min(bytes.count, position + Self.longestTarget)
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

    /// Notes where a tag begins or ends text that a browser strikes out or does not show.
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

    /// Takes a run of emphasis marks, and drops it if it closes one that was opened before; text between tildes goes, too.
    private mutating func takeEmphasis() {
        let mark = bytes[position]
        let length = run(of: mark, at: position)
        let before = position > 0 ? bytes[position - 1] : UInt8(ascii: " ")
        let after = position + length < bytes.count ? bytes[position + length] : UInt8(ascii: " ")
        let insideWord = before.isWordByte && after.isWordByte
        let place = output.count..<(output.count + length)
        output += bytes[position..<(position + length)]
        position += length
        if mark == UInt8(ascii: "_") && insideWord { return }
        if mark == UInt8(ascii: "~") && length != 2 { return }
        var rest = place
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
    /// A letter or digit, or part of a character beyond ASCII.
    fileprivate var isWordByte: Bool {
        isLetter || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || self >= 0x80
    }

    /// A letter of ASCII.
    var isLetter: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
    }

    /// White space of ASCII.
    var isBlankByte: Bool {
        self == 0x20 || (0x09...0x0D).contains(self)
    }
}
