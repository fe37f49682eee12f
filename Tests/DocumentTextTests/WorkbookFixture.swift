import TestSupport

/// Builds workbooks of one sheet.
enum WorkbookFixture {
    /// The styles of cells: `1` is bold, `2` is struck out, and `3` shows no text.
    private static let styles = """
        <styleSheet><numFmts><numFmt numFmtId="170" formatCode=";;;"/></numFmts>
        <fonts><font/><font><b/></font><font><strike/></font></fonts>
        <cellXfs><xf/><xf fontId="1"/><xf fontId="2"/><xf numFmtId="170"/></cellXfs></styleSheet>
        """

    /// A workbook with a sheet `S`.
    ///
    /// - Parameters:
    ///   - rows: The markup of its rows.
    ///   - before: The markup before the rows.
    ///   - after: The markup after the rows.
    ///   - strings: The markup of the shared strings.
    ///   - drawing: The markup of the sheet's shapes; nil without a drawing.
    /// - Returns: The bytes of the file.
    static func bytes(
        _ rows: String,
        before: String = "",
        after: String = "",
        strings: String = "",
        drawing: String? = nil
    ) -> [UInt8] {
        func relationship(_ kind: String, _ target: String) -> String {
            "<Relationship Id=\"\(kind)\" Type=\"http://example.org/\(kind)\" Target=\"\(target)\"/>"
        }
        var zip = ZipFixture()
        zip.add("xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"worksheet\"/></sheets></workbook>")
        let targets =
            relationship("worksheet", "sheet.xml") + relationship("styles", "styles.xml")
            + relationship("sharedStrings", "strings.xml")
        zip.add("xl/_rels/workbook.xml.rels", "<Relationships>\(targets)</Relationships>")
        zip.add("xl/styles.xml", styles)
        zip.add("xl/strings.xml", "<sst>\(strings)</sst>")
        zip.add("xl/sheet.xml", "<worksheet>\(before)<sheetData>\(rows)</sheetData>\(after)</worksheet>")
        if let drawing {
            zip.add(
                "xl/_rels/sheet.xml.rels",
                "<Relationships>\(relationship("drawing", "drawing.xml"))</Relationships>"
            )
            zip.add("xl/drawing.xml", drawing)
        }
        return zip.bytes
    }

    /// Rows of cells, which have no text where the string is empty, and are bold where it begins with `*`, or struck out
    /// with `~`; figures are numbers.
    static func rows(_ rows: [[String]], hidden: Set<Int> = []) -> String {
        rows.enumerated().map { number, texts in
            let cells = texts.enumerated().filter { !$0.element.isEmpty }.map { place, text in
                let reference = "\(Character(Unicode.Scalar(UInt8(65 + place))))\(number + 1)"
                let style = text.first == "*" ? 1 : text.first == "~" ? 2 : 0
                let value = text.drop { "*~".contains($0) }
                return value.allSatisfy { $0.isNumber || $0 == "." }
                    ? "<c r=\"\(reference)\" s=\"\(style)\"><v>\(value)</v></c>"
                    : "<c r=\"\(reference)\" s=\"\(style)\" t=\"str\"><v>\(value)</v></c>"
            }
            let mark = hidden.contains(number + 1) ? " hidden=\"1\"" : ""
            return "<row r=\"\(number + 1)\"\(mark)>\(cells.joined())</row>"
        }.joined()
    }
}
