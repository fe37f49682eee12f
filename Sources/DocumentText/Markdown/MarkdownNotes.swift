/// The footnotes of a Markdown text: `[^1]: text`, added to the text where `[^1]` refers to them.
struct MarkdownNotes {
    private var texts: [String: String] = [:]

    /// The maximum size of a label, in bytes.
    private static let maximumLabelLength = 64

    /// Removes the definitions from the lines of a text, except for those in code.
    init(takenFrom lines: inout ArraySlice<Substring>) {
        guard lines.contains(where: { $0.trimmingBlanks.hasPrefix("[^") }) else { return }
        var kept: [Substring] = []
        var open: (label: String, lines: [String])?
        var isCode = false
        var wasBlank = false
        for line in lines {
            let content = line.trimmingBlanks
            if MarkdownLine.fence(content) != nil { isCode.toggle() }
            if !isCode, let (label, text) = Self.definition(content) {
                end(&open)
                open = (label, [String(text)])
                wasBlank = false
                continue
            }
            // Lines that continue the note are indented, or follow without a blank line.
            if open != nil, content.isEmpty {
                wasBlank = true
                continue
            }
            if open != nil, !isCode, line.first?.isWhitespace == true || !wasBlank, MarkdownLine.heading(content) == nil
            {
                open?.lines.append(String(content))
                continue
            }
            if open != nil {
                end(&open)
                kept.append("")
            }
            wasBlank = false
            kept.append(line)
        }
        end(&open)
        lines = kept[...]
    }

    private mutating func end(_ open: inout (label: String, lines: [String])?) {
        guard let (label, lines) = open else { return }
        open = nil
        let text = MarkdownInline.plainText(of: lines.joined(separator: "\n"))
        if texts[label] == nil { texts[label] = text }
    }

    private static func definition(_ line: Substring) -> (label: String, text: Substring)? {
        guard line.hasPrefix("[^"), let end = line.prefix(maximumLabelLength).firstIndex(of: "]") else { return nil }
        let rest = line[line.index(after: end)...]
        guard rest.first == ":" else { return nil }
        return (String(line[..<end].dropFirst(2)), rest.dropFirst().trimmingBlanks)
    }

    /// Removes the references from a text.
    ///
    /// - Parameter text: The text, without its references afterwards.
    /// - Returns: The notes that are referred to for the first time.
    mutating func take(from text: inout String) -> [String] {
        guard text.contains("[^") else { return [] }
        var found: [String] = []
        var kept = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "[^") {
            let label = rest[start.upperBound...].prefix(Self.maximumLabelLength).prefix { $0 != "]" }
            let isReference = label.endIndex < rest.endIndex && rest[label.endIndex] == "]" && !label.isEmpty
            kept += rest[..<start.lowerBound]
            if isReference, let note = texts[String(label)] {
                if !note.isEmpty { found.append(note) }
                texts[String(label)] = ""
                rest = rest[label.endIndex...].dropFirst()
            } else {
                kept += "[^"
                rest = rest[start.upperBound...]
            }
        }
        text = kept + rest
        return found
    }
}
