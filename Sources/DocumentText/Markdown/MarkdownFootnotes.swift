internal import CommonMark

/// Moves the footnotes of a Markdown tree to the first references to them.
enum MarkdownFootnotes {
    /// Moves the footnotes, and removes the other references.
    static func move(in root: MarkdownNode) {
        let definitions = root.children.filter { $0.kind == .footnoteDefinition }
        guard !definitions.isEmpty else { return }
        var isMoved = Array(repeating: false, count: definitions.count)
        var references: [MarkdownNode] = []
        for child in root.children where child.kind != .footnoteDefinition { references += Self.references(in: child) }
        var position = 0
        while position < references.count {
            let reference = references[position]
            position += 1
            let index = (Int(reference.literal) ?? 0) - 1
            guard isMoved.indices.contains(index), !isMoved[index] else {
                reference.remove()
                continue
            }
            isMoved[index] = true
            // Notes may refer to other notes.
            references += Self.references(in: definitions[index])
            reference.replace(withElement: HTMLReader.noteElement, containing: content(of: definitions[index]))
        }
        for definition in definitions { definition.detach() }
    }

    private static func references(in node: MarkdownNode) -> [MarkdownNode] {
        node.descendants.filter { $0.kind == .footnoteReference }
    }

    /// The inline nodes of a footnote's paragraphs.
    private static func content(of definition: MarkdownNode) -> [MarkdownNode] {
        let paragraphs = definition.descendants.filter { $0.kind == .paragraph }
        for paragraph in paragraphs.dropFirst() { paragraph.prepend(text: " ") }
        return paragraphs.flatMap(\.children)
    }
}
