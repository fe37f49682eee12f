internal import CommonMark

/// Reads Markdown: cmark-gfm parses it and writes it as HTML, which is read like a web page.
///
/// This reader adds what GitHub's Markdown does not have: front matter, the syntax of common site generators, and
/// numbers of lists that are figures of the text.
enum MarkdownReader {
    /// The document of a Markdown file.
    ///
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    static func document(
        from text: String,
        limits: ExtractionLimits = .standard
    ) throws(ExtractionError) -> ExtractedDocument {
        let revised = MarkdownRevisions.apply(to: withoutComments(text))
        var lines = revised.split(separator: "\n", omittingEmptySubsequences: false)[...]
        var document = DocumentBuilder(limits: limits)
        try readFrontMatter(&lines, into: &document)
        let source = MarkdownSource(MarkdownBoxes.open(lines))
        let tree = MarkdownTree(source.text)
        MarkdownFootnotes.move(in: tree.root)
        MarkdownInline.simplify(tree.root)
        MarkdownNumbers.write(in: tree.root, of: source)
        let html = tree.html.replacing(MarkdownSource.guardCharacter, with: "")
        try document.append(try HTMLReader.document(from: html, limits: limits, markdownTablesAs: .bars))
        MarkdownEscapes(lines).record(in: &document)
        return document.document
    }

    /// Adds the front matter: its title as a heading, and everything else as lines.
    private static func readFrontMatter(
        _ lines: inout ArraySlice<Substring>,
        into document: inout DocumentBuilder
    ) throws(ExtractionError) {
        guard let mark = lines.first, mark == "---" || mark == "+++",
            let end = lines.dropFirst().prefix(64).firstIndex(of: mark)
        else { return }
        let metadata = lines[(lines.startIndex + 1)..<end]
        lines = lines[(end + 1)...]
        let isTitled = lines.first { !$0.allSatisfy(\.isWhitespace) }.flatMap { MarkdownLine.heading($0) }?.level == 1
        if !isTitled, let title = metadata.lazy.compactMap({ MarkdownLine.title($0) }).first {
            try document.append(.heading(level: 1, text: MarkdownInline.plainText(of: title)))
        }
        for line in metadata where isTitled || MarkdownLine.title(line) == nil {
            try document.append(.paragraph(MarkdownInline.plainText(of: line)))
        }
    }

    /// The text without HTML comments, which may have many lines.
    private static func withoutComments(_ markdown: String) -> String {
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
}
