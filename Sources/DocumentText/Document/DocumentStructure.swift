/// The structure of an extracted document, for people and programs to look at.
public struct DocumentStructure: Codable, Sendable, Hashable {
    /// The blocks, in reading order.
    public var blocks: [Block]
    /// The warnings of its extraction, a sentence each.
    public var warnings: [String]

    /// A block of the document.
    public struct Block: Codable, Sendable, Hashable {
        /// `heading`, `paragraph`, `list_item`, `table` or `code`.
        public var kind: String
        /// The page, starting at 1; nil for a format without pages.
        public var page: Int?
        /// The level of a heading; 1 is the highest.
        public var level: Int?
        /// The text; of a table, its rows as they are searched and quoted, one per line.
        public var text: String
        /// The table; nil for any other kind.
        public var table: Table?
    }

    /// A table.
    public struct Table: Codable, Sendable, Hashable {
        /// The number of header rows.
        public var headerRows: Int
        /// The rows, with the cells that have text.
        public var rows: [[Cell]]
    }

    /// A cell of a table.
    public struct Cell: Codable, Sendable, Hashable {
        /// The text of the cell.
        public var text: String
        /// The first column that the cell covers, starting at 0.
        public var column: Int
        /// How many columns the cell covers.
        public var columnSpan: Int
        /// The name of the cell's column; nil if it has none.
        public var header: String?
    }
}

extension DocumentStructure {
    /// Creates the structure of an extracted document.
    package init(_ document: ExtractedDocument) {
        blocks = []
        warnings = document.warnings
        var tables = document.tables[...]
        var pages = document.pages[...]
        var page: Int?
        var index = 0
        while index < document.blocks.count {
            while let next = pages.first, next.block <= index {
                page = next.page
                pages = pages.dropFirst()
            }
            if let table = tables.first, table.blocks.lowerBound == index {
                tables = tables.dropFirst()
                let lines = document.blocks[table.blocks].map(\.text)
                let rows = table.rows.map { row in
                    row.map { Cell(text: $0.text, column: $0.column, columnSpan: $0.width, header: $0.header) }
                }
                blocks.append(
                    Block(
                        kind: "table",
                        page: page,
                        text: lines.joined(separator: "\n"),
                        table: Table(headerRows: table.headerRows, rows: rows)
                    )
                )
                index = table.blocks.upperBound
            } else {
                blocks.append(Block(document.blocks[index], page: page))
                index += 1
            }
        }
    }
}

extension DocumentStructure.Block {
    fileprivate init(_ block: ExtractedDocument.Block, page: Int?) {
        self.page = page
        text = block.text
        switch block {
        case .heading(let level, _):
            kind = "heading"
            self.level = level
        case .paragraph: kind = "paragraph"
        case .listItem: kind = "list_item"
        case .tableRow: kind = "table"
        case .code: kind = "code"
        }
    }
}
