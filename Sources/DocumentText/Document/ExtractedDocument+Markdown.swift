extension ExtractedDocument {
    /// The text with its headings and lists marked as Markdown marks them, and everything else as it is.
    package var markdown: String {
        var text = ""
        var previous: Block?
        for block in blocks {
            if let previous { text += previous.isRow && block.isRow ? "\n" : "\n\n" }
            text += block.markdown
            previous = block
        }
        return text
    }
}

extension ExtractedDocument.Block {
    fileprivate var markdown: String {
        switch self {
        case .heading(let level, let text): String(repeating: "#", count: min(max(level, 1), 6)) + " " + text
        case .listItem(let text): "- " + text
        case .paragraph, .tableRow, .code: text
        }
    }

    /// Whether the block belongs to the one before it, where that is of the kind as well.
    fileprivate var isRow: Bool {
        switch self {
        case .listItem, .tableRow: true
        case .heading, .paragraph, .code: false
        }
    }
}
