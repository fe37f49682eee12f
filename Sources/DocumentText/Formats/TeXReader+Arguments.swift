extension TeXReader {
    /// Begins the next argument, which may be a single character without braces.
    mutating func readArgument(_ kind: TeXGroups.Kind) {
        skipBlanks()
        groups.begin(kind, after: text)
        if peek == "{" {
            position += 1
            return
        }
        if let next = peek, next.isLetter || next.isNumber || "*+-".contains(next) {
            text.append(next)
            position += 1
        } else if source[position...].starts(with: "\\circ") {
            position += "\\circ".count
            text += "°"
        }
        if let group = groups.end() { end(group) }
    }

    mutating func endGroup() throws(ExtractionError) {
        guard let group = groups.end() else { return }
        switch group.kind {
        case .heading(let level):
            let title = text
            text = ""
            try document.append(.heading(level: level, text: title.onOneLine))
        case .caption where table == nil: try endBlock()
        default: end(group)
        }
    }

    /// Writes the text of a group as what it is.
    private mutating func end(_ group: TeXGroups.Group) {
        guard group.start <= text.utf8.count else { return }
        let start = text.utf8.index(text.startIndex, offsetBy: group.start)
        switch group.kind {
        case .plain, .heading: break
        case .note: text += ")"
        case .caption:
            table?.caption = String(text[start...])
            text.removeSubrange(start...)
        case .superscript(let isExponent):
            guard let raised = shortText(from: start) else { return }
            text.removeSubrange(start...)
            let mark = SuperscriptText.text(for: raised, after: String(text.suffix(Self.maximumContext)))
            let isPlain = mark == raised && (raised.contains(where: \.isNumber) || isExponent && raised.count == 1)
            text += isPlain && text.last.map { $0.isLetter || $0.isNumber } == true && raised != "°" ? "^" + mark : mark
        case .numerator:
            if let numerator = shortText(from: start) {
                text.removeSubrange(start...)
                readArgument(.denominator(below: numerator))
            } else {
                text += "/"
                readArgument(.plain)
            }
        case .denominator(let numerator):
            let denominator = String(text[start...])
            text.removeSubrange(start...)
            text += TeXCommands.fraction(numerator, denominator, after: text.last)
        }
    }

    /// The maximum number of arguments without an end that are searched for.
    private static let maximumUnclosedGroups = 500
    /// The maximum length of the text of a superscript or a numerator, in bytes.
    private static let maximumShortText = 100
    /// The number of characters before a superscript that tell what it is.
    private static let maximumContext = 40

    private func shortText(from start: String.Index) -> String? {
        let short = text[start...]
        return short.utf8.count <= Self.maximumShortText ? String(short) : nil
    }

    mutating func skipBlanks() {
        while peek == " " || peek == "\n" { position += 1 }
    }

    /// The next argument in braces; empty if there is none.
    mutating func argument() -> String {
        let start = position
        skipBlanks()
        if let argument = group(from: "{", to: "}") { return argument }
        position = start
        return ""
    }

    /// Skips the next argument: a group in braces, or a command of a length.
    mutating func skipArgument() {
        let start = position
        skipBlanks()
        if group(from: "{", to: "}") != nil { return }
        position = start
        if peek == "\\" {
            let name = source[(position + 1)...].prefix { $0.isLetter && $0.isASCII }
            let isLength =
                ["tab", "arr", "par", "text", "col", "lin", "base", "foot", "extra", "aboverule"]
                .contains { name.starts(with: $0) } && !name.starts(with: "textb") && !name.starts(with: "texti")
            if isLength { position = name.endIndex }
        }
    }

    /// The next argument in square brackets; nil if there is none.
    mutating func option() -> String? {
        group(from: "[", to: "]")
    }

    mutating func skipOptions() {
        while option() != nil {}
    }

    mutating func group(from opening: Character, to closing: Character) -> String? {
        guard peek == opening, unclosedGroups < Self.maximumUnclosedGroups else { return nil }
        var depth = 0
        let start = position + 1
        // Longer text is not an argument.
        for index in position..<min(source.count, position + 20_000) {
            if source[index] == opening { depth += 1 }
            if source[index] == closing { depth -= 1 }
            if depth == 0 {
                position = index + 1
                return String(source[start..<index])
            }
        }
        unclosedGroups += 1
        return nil
    }
}
