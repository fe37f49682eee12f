internal import CommonMark
internal import Markup

/// Simplifies the text of a Markdown tree, and tolerates what GitHub shows as it is written.
enum MarkdownInline {
    /// Elements whose content is no markup, so that a tag without its end would hide the rest of the page.
    private static let rawElements: Set<String> = [
        "iframe", "noembed", "noframes", "plaintext", "textarea", "title", "xmp",
    ]

    /// The text of one line without syntax.
    static func plainText(of markdown: some StringProtocol) -> String {
        // What starts a block of lines is text in one line.
        let startsBlock = markdown.first.map { $0.isNumber || "#->+=|".contains($0) } ?? false
        let tree = MarkdownTree((startsBlock ? MarkdownSource.guardCharacter : "") + markdown + "\n")
        simplify(tree.root)
        let html = tree.html.replacing(MarkdownSource.guardCharacter, with: "")
        let document = try? HTMLReader.document(from: html)
        return document?.blocks.map(\.text).joined(separator: " ") ?? ""
    }

    /// Replaces pictures with their descriptions, joins wrapped lines, and removes marks that are not text.
    static func simplify(_ root: MarkdownNode) {
        let joining = LineJoining(keepingHyphens: true)
        for node in root.descendants {
            switch node.kind {
            case .text: simplify(text: node)
            case .image: node.replaceWithChildren()
            case .softBreak: join(at: node, joining)
            default: disarmTags(in: node)
            }
        }
    }

    /// Removes the marks of links without a definition, of strong text that Japanese punctuation hides from the parser,
    /// and of a heading's anchor.
    private static func simplify(text node: MarkdownNode) {
        let literal = node.literal
        var text = literal
        if text.contains("][") { text = text.replacing(/\[([^\[\]]+)\]\[[^\[\]]*\]/) { $0.1 } }
        if text.contains("**") { text = text.replacing(/\*\*([^*\s](?:[^*]*[^*\s])?)\*\*/) { $0.1 } }
        if node.parent?.kind == .heading, node.next == nil { text = String(MarkdownLine.withoutAnchor(text[...])) }
        if text != literal { node.literal = text }
    }

    /// Removes the end of a line if its words are to be joined.
    private static func join(at softBreak: MarkdownNode, _ joining: LineJoining) {
        guard let before = softBreak.previous, before.kind == .text, let after = softBreak.next, after.kind == .text
        else { return }
        let last = String(before.literal.suffix(40))
        let first = String(after.literal.prefix(40))
        if joining.joined([last, first]) == last + first { softBreak.remove() }
    }

    /// Removes the HTML tags among a node's children that would hide the rest of the page.
    private static func disarmTags(in parent: MarkdownNode) {
        var ends: [String: Int] = [:]
        for node in parent.children.reversed() where node.kind == .htmlInline {
            HTMLParser.parse(node.literal) { token in
                guard case .start(let name, let attributes) = token else { return }
                let isHidden = HiddenMarkup.hides(name, attributes)
                if rawElements.contains(name) || isHidden && ends[name, default: 0] == 0 {
                    node.literal = ""
                } else if isHidden {
                    ends[name, default: 0] -= 1
                }
            }
            if node.literal.hasPrefix("</") {
                ends[node.literal.dropFirst(2).prefix { $0.isLetter || $0.isNumber }.lowercased(), default: 0] += 1
            }
        }
    }
}
