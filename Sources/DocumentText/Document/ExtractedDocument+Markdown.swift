extension ExtractedDocument {
    /// The text with headings and lists in Markdown, and a line for each row of a table.
    package var text: String {
        var text = ""
        var previous: Block?
        for block in blocks {
            if let previous { text += Self.separator(after: previous, before: block) }
            text += block.markdown
            previous = block
        }
        return text
    }

    private static func separator(after previous: Block, before next: Block) -> String {
        previous.isRow && next.isRow ? "\n" : "\n\n"
    }

    /// The text with headings, lists and tables in Markdown.
    ///
    /// A line with only a form feed separates two pages.
    package var markdown: String {
        var text = ""
        var page = 1
        var pages = self.pages[...]
        var tables = self.tables[...]
        var position = 0
        while position < blocks.count {
            while let next = pages.first, next.block <= position {
                // A page without text has no blocks, but a form feed.
                for _ in page..<max(page, next.page) { text += text.isEmpty ? "\u{0C}" : "\n\n\u{0C}" }
                page = max(page, next.page)
                pages = pages.dropFirst()
            }
            if position > 0 {
                text += Self.separator(after: blocks[position - 1], before: blocks[position])
            } else if !text.isEmpty {
                text += "\n\n"
            }
            while let table = tables.first, table.blocks.lowerBound < position { tables = tables.dropFirst() }
            if let table = tables.first, table.blocks.lowerBound == position, !table.isSparse {
                text += table.markdown
                position = table.blocks.upperBound
            } else {
                text += blocks[position].markdown
                position += 1
            }
        }
        return text
    }
}

extension ExtractedDocument.Table {
    /// The table in GitHub's Markdown, without blanks for alignment.
    fileprivate var markdown: String {
        let width = rows.reduce(1) { max($0, $1.last.map { $0.column + $0.width } ?? 0) }
        let rule = "|" + String(repeating: " --- |", count: width)
        let lines = rows.map { row in
            "| " + String(repeating: " | ", count: row.first?.column ?? 0) + Self.line(of: row) + " |"
        }
        let head = headerRows > 0 ? lines[0] : "|" + String(repeating: "  |", count: width)
        return ([head, rule] + lines.dropFirst(headerRows > 0 ? 1 : 0)).joined(separator: "\n")
    }

    /// The cells of a row separated by bars, empty for a column without text.
    static func line(of cells: [Cell]) -> String {
        var line = ""
        var column = cells.first?.column ?? 0
        for cell in cells {
            line += String(repeating: " | ", count: max(0, cell.column - column))
            line += cell.text.replacing("|", with: "\\|")
            column = cell.column
        }
        return line
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

    /// Whether no blank line separates the block from another of such a kind.
    fileprivate var isRow: Bool {
        switch self {
        case .listItem, .tableRow: true
        case .heading, .paragraph, .code: false
        }
    }
}
