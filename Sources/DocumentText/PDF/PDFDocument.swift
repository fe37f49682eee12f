/// Builds the document of a PDF's pages: headings, paragraphs and tables that continue over columns and pages, and
/// lists.
struct PDFDocument {
    private var text: TextCollector
    private let headings: PDFHeadings
    /// The table so far, and its part on the last page.
    private var table: (whole: PDFTable, last: PDFTable)?
    /// Whether the last text continued a row of the table.
    private var isInRow = false
    /// The page on which the table continues.
    private var heldPage: Int?

    /// The document of pages, without their running headers and footers.
    ///
    /// - Throws: `ExtractionError` if its text exceeds the limits.
    static func document(of markup: PDFMarkup, limits: ExtractionLimits) throws(ExtractionError) -> ExtractedDocument {
        var unruled = markup.pages
        let grids = RepeatedTables.removed(from: unruled.indices.map { PDFGrid.takeTables(from: &unruled[$0]) })
        let pages = unruled.map { (number: $0.number, height: $0.height, lines: PDFLine.lines(of: $0)) }
        var runningLines = PDFRunningLines(pages)
        var kept = pages.map { runningLines.remove(from: $0.lines, height: $0.height) }
        let taken = pages.indices.map { page in
            let found = PDFTableFinder.takeTables(from: &kept[page], of: unruled[page], beside: grids[page])
            return (grids[page] + found).sorted { $0.y.lowerBound < $1.y.lowerBound }
        }
        let tables = PDFColumnsOverPages.named(taken, beside: kept)
        let cellLines = tables.joined().flatMap { $0.table.rows.joined().flatMap(\.lines) }
        let lineGap = PDFBlock.lineGap(of: kept)
        let blocks = kept.map { PDFBlock.blocks(of: PDFLineRepair.repaired($0), lineGap: lineGap) }
        let headings = PDFHeadings(blocks.flatMap(\.self), cells: cellLines, outline: markup.outline)
        var document = PDFDocument(
            text: TextCollector(
                joining: LineJoining(lines: (kept + [cellLines]).joined().lazy.map(\.text)),
                limits: limits
            ),
            headings: headings
        )
        document.text.keepsLabels = LabelReferences.areIn(kept.joined().lazy.map(\.text))
        let parts = pages.indices.flatMap { page in
            PDFLayout.parts(of: blocks[page], and: tables[page]).map { (page: pages[page].number, part: $0) }
        }
        var page = 0
        for (position, part) in parts.enumerated() {
            let next = position + 1 < parts.count ? parts[position + 1].part : nil
            let isNewPage = part.page != page
            page = part.page
            try document.add(part.part, next: next, page: isNewPage ? page : nil)
        }
        try document.end()
        for line in runningLines.keptLines.reversed() { document.text.document.insertFirst(.paragraph(line.onOneLine)) }
        return document.text.document.document
    }

    private mutating func add(
        _ part: PDFLayout.Part,
        next: PDFLayout.Part?,
        page: Int?
    ) throws(ExtractionError) {
        switch part {
        case .table(let table):
            let continues =
                self.table.map { above in
                    // The first row of a page can be apart from the others.
                    (page != nil || isInRow || above.last.rows.count < 2) && above.last.continues(in: table)
                        && !table.hasOtherNames(than: above.whole)
                } ?? false
            isInRow = false
            if !continues { try endTable() }
            try text.end()
            if continues { heldPage = page ?? heldPage } else if let page { text.document.beginPage(page) }
            if !continues, table.rows.count < 2 { return try add(row: table) }
            var whole = self.table?.whole ?? table
            if continues { whole.append(table) }
            self.table = (whole, table)
        case .text(let block):
            if let page, case .table(let below)? = next, table?.last.continues(in: below) == true,
                table?.whole.append(block) == true
            {
                heldPage = page
                isInRow = true
                return
            }
            try endTable()
            if let page { text.document.beginPage(page, pending: text.isOpen ? 1 : 0) }
            let isFirst = text.document.blocks.isEmpty && !text.isOpen
            let isOption = Self.isOption(block.lines[0].text)
            if !isOption, let level = headings.level(of: block, next: next, isFirst: isFirst) {
                return try text.append(heading: text.joining.joined(block.lines.map(\.text)), level: level)
            }
            if !text.isContinued(by: block.lines[0].text) { try text.end() }
            for line in block.lines {
                if Self.isOption(line.text) { try text.end() }
                try text.add(LayoutLine(line.text[...]))
            }
        }
    }

    /// Whether a line starts with a check box, and so is an option of a form.
    private static func isOption(_ line: String) -> Bool { line.first.map { "☐☒☑".contains($0) } ?? false }

    /// Adds a table of one row as text.
    private mutating func add(row table: PDFTable) throws(ExtractionError) {
        let cells = table.rows.first ?? []
        let lines = cells.map { text.joining.joined($0.lines.map(\.text)) }
        if cells.allSatisfy({ $0.lines.count == 1 }) {
            try text.add(LayoutLine(lines.joined(separator: " ")[...]))
            try text.end()
        } else {
            for line in lines { try text.document.append(.paragraph(line)) }
        }
    }

    private mutating func end() throws(ExtractionError) {
        try endTable()
        try text.end()
    }

    private mutating func endTable() throws(ExtractionError) {
        if let table {
            var builder = TableBuilder(rowsAs: .words)
            table.whole.add(to: &builder, joining: text.joining)
            try builder.append(to: &text.document)
        }
        table = nil
        if let heldPage { text.document.beginPage(heldPage) }
        heldPage = nil
    }
}
