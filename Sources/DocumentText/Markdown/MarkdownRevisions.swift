/// Applies the marks of editors in a Markdown text: what they delete and their comments are left out.
///
/// These are CriticMarkup, `{--deleted--}`, `{++added++}`, `{~~old~>new~~}`, `{==marked==}` and `{>>comment<<}`; comments of
/// Obsidian, `%% … %%`; of MDX, `{/* … */}`; and of Liquid, `{% comment %} … {% endcomment %}`. In code they are text.
struct MarkdownRevisions {
    /// A kind of mark.
    private enum Kind: CaseIterable {
        case deletion, addition, substitution, highlight, note, moduleComment, templateComment, comment

        var marks: (start: [UInt8], end: [UInt8]) {
            switch self {
            case .deletion: (Array("{--".utf8), Array("--}".utf8))
            case .addition: (Array("{++".utf8), Array("++}".utf8))
            case .substitution: (Array("{~~".utf8), Array("~~}".utf8))
            case .highlight: (Array("{==".utf8), Array("==}".utf8))
            case .note: (Array("{>>".utf8), Array("<<}".utf8))
            case .moduleComment: (Array("{/*".utf8), Array("*/}".utf8))
            case .templateComment: (Array("{% comment %}".utf8), Array("{% endcomment %}".utf8))
            case .comment: (Array("%%".utf8), Array("%%".utf8))
            }
        }
    }

    private let bytes: [UInt8]
    private var position = 0
    private var kept: [UInt8] = []
    /// The open code fence.
    private var fence: (mark: Character, length: Int)?
    /// The first end mark of each kind after a position that was searched; the size of the text if there is none.
    private var ends: [Kind: Int] = [:]
    /// The first blank line after a position that was searched.
    private var blankLine = -1

    /// How far the end of inline code may be from its start, in bytes.
    private static let maximumCodeBytes = 1_000

    /// The text without what editors took out of it.
    static func apply(to markdown: String) -> String {
        let starts = Kind.allCases.map { String(decoding: $0.marks.start, as: UTF8.self) }
        guard starts.contains(where: { markdown.contains($0) }) else { return markdown }
        var revisions = MarkdownRevisions(bytes: Array(markdown.utf8))
        revisions.read()
        return String(decoding: revisions.kept, as: UTF8.self)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func read() {
        var isLineStart = true
        while position < bytes.count {
            if isLineStart, skipsFence() { continue }
            let byte = bytes[position]
            isLineStart = byte == UInt8(ascii: "\n")
            if byte == UInt8(ascii: "`") {
                keep(upTo: endOfCode())
            } else if byte == UInt8(ascii: "{") || byte == UInt8(ascii: "%"), let kind = kindOfMark() {
                apply(kind)
            } else {
                keep(upTo: position + 1)
            }
        }
    }

    /// Keeps a line of a code fence or within one; returns whether the line is one.
    private mutating func skipsFence() -> Bool {
        let end = bytes[position...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
        let start = bytes[position..<end].first { !$0.isBlankByte && $0 != UInt8(ascii: ">") }
        guard fence != nil || start == UInt8(ascii: "`") || start == UInt8(ascii: "~") else { return false }
        let line = String(decoding: bytes[position..<end], as: UTF8.self)
        let content = line.drop { $0 == ">" || $0.isWhitespace }.trimmingBlanks
        let found = MarkdownLine.fence(content)
        if let open = fence {
            if let found, found.mark == open.mark, found.length >= open.length, content.count == found.length {
                fence = nil
            }
        } else if let found {
            fence = found
        } else {
            return false
        }
        keep(upTo: end)
        return true
    }

    private mutating func keep(upTo end: Int) {
        kept += bytes[position..<end]
        position = end
    }

    /// The end of the inline code at the position, or of the marks that start none.
    private func endOfCode() -> Int {
        let start = bytes[position...].firstIndex { $0 != UInt8(ascii: "`") } ?? bytes.count
        let length = start - position
        let limit = min(start + Self.maximumCodeBytes, bytes.count)
        var run = 0
        for index in start..<limit {
            if bytes[index] == UInt8(ascii: "`") {
                run += 1
                if run == length, index + 1 == bytes.count || bytes[index + 1] != UInt8(ascii: "`") { return index + 1 }
            } else {
                run = 0
                if bytes[index] == UInt8(ascii: "\n"), index + 1 < limit, bytes[index + 1] == bytes[index] { break }
            }
        }
        return start
    }

    /// The kind of the mark at the position; nil if none starts there.
    private func kindOfMark() -> Kind? {
        let before = position > 0 ? bytes[position - 1] : UInt8(ascii: "\n")
        let kind = Kind.allCases.first { starts(with: $0.marks.start, at: position) }
        switch kind {
        // A percentage, and a tag of a template.
        case .comment:
            return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(before) || before == UInt8(ascii: "%") ? nil : kind
        default: return before == UInt8(ascii: "{") || before == UInt8(ascii: "\\") ? nil : kind
        }
    }

    private mutating func apply(_ kind: Kind) {
        let start = position + kind.marks.start.count
        guard let end = end(of: kind, from: start) else { return keep(upTo: start) }
        let content = bytes[start..<end]
        switch kind {
        case .addition, .highlight: kept += content
        case .substitution:
            // A text without a replacement is struck out.
            if let arrow = content.indices.first(where: { starts(with: Array("~>".utf8), at: $0) && $0 + 1 < end }) {
                kept += content[(arrow + 2)...]
            }
        case .deletion, .note, .moduleComment, .templateComment, .comment: break
        }
        position = end + kind.marks.end.count
    }

    /// The position of the mark that ends one of a kind; nil if none does.
    private mutating func end(of kind: Kind, from start: Int) -> Int? {
        let known = ends[kind]
        if known.map({ $0 < start }) ?? true {
            var index = start
            while index < bytes.count, !starts(with: kind.marks.end, at: index) { index += 1 }
            ends[kind] = index
        }
        guard let end = ends[kind], end < bytes.count else { return nil }
        // Only a comment on lines of its own goes on after a blank line.
        let isBlock =
            kind == .moduleComment || kind == .templateComment || kind == .comment && isAlone(from: start, end: end)
        return isBlock || blankLine(after: start) > end ? end : nil
    }

    /// Whether the start mark of a comment is alone on a line, and the end mark as well.
    private func isAlone(from start: Int, end: Int) -> Bool {
        func isLineEnd(_ index: Int) -> Bool { index >= bytes.count || "\r\n".utf8.contains(bytes[index]) }
        func isLineStart(_ index: Int) -> Bool { index == 0 || bytes[index - 1] == UInt8(ascii: "\n") }
        return isLineStart(start - 2) && isLineEnd(start) && isLineStart(end) && isLineEnd(end + 2)
    }

    /// The position of the first blank line after a position; the size of the text if there is none.
    private mutating func blankLine(after start: Int) -> Int {
        guard blankLine < start else { return blankLine }
        var isBlank = false
        blankLine = bytes.count
        for index in start..<bytes.count {
            if bytes[index] == UInt8(ascii: "\n") {
                if isBlank {
                    blankLine = index
                    break
                }
                isBlank = true
            } else if !bytes[index].isBlankByte {
                isBlank = false
            }
        }
        return blankLine
    }

    private func starts(with mark: [UInt8], at index: Int) -> Bool {
        bytes[index...].starts(with: mark)
    }
}
