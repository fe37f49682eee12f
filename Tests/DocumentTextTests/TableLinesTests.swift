import Testing

@testable import DocumentText

@Suite struct TableLinesTests {
    private func lines(_ rows: [[String]], markingHeader: Bool = true) throws -> [String] {
        var table = TableBuilder()
        for (place, row) in rows.enumerated() {
            table.beginRow()
            for cell in row { table.addCell(cell, isHeader: markingHeader && place == 0) }
        }
        var document = DocumentBuilder()
        try table.append(to: &document)
        return document.blocks.map(\.text)
    }

    private static let sentence = "Turn the wheel of the old press twice before you lay a new sheet of paper on it."

    @Test func namesTheRowInEachLineOfALongCell() throws {
        let care = [Self.sentence, "Then wait.", Self.sentence, "Ask Ida, e.g. by phone."].joined(separator: " ")
        let lines = try lines([["Press", "Care"], ["Roland", care], ["Goss", "None."]])
        #expect(
            lines == [
                "Press: Roland; Care: \(Self.sentence) Then wait. \(Self.sentence)",
                "Press: Roland; Care: Ask Ida, e.g. by phone.", "Press: Goss; Care: None.",
            ]
        )
    }

    @Test func namesARowOfAPairInEachLine() throws {
        let text = [String](repeating: Self.sentence, count: 3).joined(separator: " ")
        let lines = try lines([["Care", text], ["Place", "Hall 2"], ["Crew", "3"]], markingHeader: false)
        #expect(
            lines == [
                "Care: \(Self.sentence) \(Self.sentence)", "Care: \(Self.sentence)", "Place: Hall 2", "Crew: 3",
            ]
        )
    }

    /// The second column is no name of a row, although the first is the same in two rows.
    @Test func namesNoRowByALongText() throws {
        let long = Self.sentence + " " + Self.sentence
        let lines = try lines([["Part", "Press", "Crew"], ["Care", long, "Two."], ["Care", Self.sentence, long]])
        #expect(lines.contains("Part: Care; Press: \(long)"))
        #expect(lines.contains("Part: Care; Crew: Two."))
    }

    @Test(arguments: [
        (["1", "Roland"], ["2", "Goss"], "No.: 1; Press: Roland"),
        (["Hall", "Roland"], ["Hall", "Goss"], "No.: Hall; Press: Roland"),
        (["Roland", "x"], ["Goss", "x"], "No.: Roland"),
    ])
    func namesARowByAsManyColumnsAsItTakes(first: [String], second: [String], name: String) throws {
        let long = Self.sentence + " " + Self.sentence
        let lines = try lines([["No.", "Press", "Care", "Place"], first + [long, "A"], second + [long, "B"]])
        #expect(lines.contains("\(name); Care: \(long)"))
        #expect(lines.contains("\(name); Place: A"))
    }
}
