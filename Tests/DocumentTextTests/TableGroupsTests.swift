import TestSupport
import Testing

@testable import DocumentText

/// Groups of a table's rows: their labels, what ends with them, and what indentation tells.
@Suite struct TableGroupsTests {
    private func lines(_ page: String) throws -> [String] {
        try HTMLReader.document(from: page).blocks.map(\.text)
    }

    @Test func aWideHeaderCellBelowTheNamesIsTheLabelOfAGroup() throws {
        let page = """
            <table><tr><th>Case<th>Days<tr><th colspan=2>Family<tr><td>Wedding<td>2<tr><th colspan=2>Civic<tr><td>Court<td>1</table>
            """
        #expect(
            try lines(page) == ["Family", "Family; Case: Wedding; Days: 2", "Civic", "Civic; Case: Court; Days: 1"]
        )
        // A title above the names stays one.
        #expect(
            try lines("<table><tr><th colspan=2>Bonus<tr><th>Years<th>Sum<tr><td>10<td>400</table>")
                == ["Bonus", "Years: 10; Sum: 400"]
        )
    }

    @Test func labelsWithValuesAboveRepeatedNamesBeginATable() throws {
        let page = """
            <table><tr><td>Site:<td>Ulm<tr><th>Day<th>From<th>To<th>Pay<tr><td>Mon<td>8<td>16<td>90
            <tr><td>Site:<td>Kiel<tr><th>Day<th>From<th>To<th>Pay<tr><td>Mon<td>9<td>12<td>45</table>
            """
        #expect(
            try lines(page) == [
                "Site: Ulm", "Day: Mon; From: 8; To: 16; Pay: 90", "Site: Kiel", "Day: Mon; From: 9; To: 12; Pay: 45",
            ]
        )
    }

    @Test func noCellGoesBeyondItsGroupOfRows() throws {
        let page = """
            <table><thead><tr><th rowspan=3>City<th>Single<th>Double</thead>
            <tbody><tr><td>Bonn<td>110<td>130<tr><td rowspan=0>Kassel<td>90<td>105</tbody>
            <tbody><tr><td>Lyon<td>120<td>140</tbody></table>
            """
        #expect(
            try lines(page) == [
                "City: Bonn; Single: 110; Double: 130", "City: Kassel; Single: 90; Double: 105",
                "City: Lyon; Single: 120; Double: 140",
            ]
        )
    }

    @Test func unitsBelowNamesThatAreNotMarked() throws {
        let page = """
            <table><tr><td>Grade<td>Step 1<td>Step 2<tr><td><td>EUR<td>EUR<tr><td>E5<td>2410<td>2530<tr><td>E6<td>2700<td>2815</table>
            """
        #expect(
            try lines(page) == [
                "Grade: E5; Step 1 (EUR): 2410; Step 2 (EUR): 2530",
                "Grade: E6; Step 1 (EUR): 2700; Step 2 (EUR): 2815",
            ]
        )
    }

    /// The lines of a workbook with a name, its indentation and a value in each row; no value is no cell.
    private func lines(_ rows: [(name: String, indentation: Int, value: String)]) async throws -> [String] {
        let markup = rows.enumerated().map { number, row in
            let value = row.value.isEmpty ? "" : "<c r='B\(number + 1)' t='inlineStr'><is><t>\(row.value)</t></is></c>"
            return """
                <row r='\(number + 1)'><c r='A\(number + 1)' s='\(row.indentation)' t='inlineStr'><is><t>\(row.name)</t></is></c>\(value)</row>
                """
        }
        let relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        var zip = ZipFixture()
        zip.add(
            "xl/workbook.xml",
            "<workbook xmlns:r=\"\(relationships)\"><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>"
        )
        zip.add(
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"r1\" Type=\"\(relationships)/worksheet\" Target=\"s.xml\"/><Relationship Id=\"r2\" Type=\"\(relationships)/styles\" Target=\"styles.xml\"/></Relationships>"
        )
        let styles = (0...2).map { "<xf><alignment indent=\"\($0)\"/></xf>" }
        zip.add("xl/styles.xml", "<styleSheet><cellXfs>\(styles.joined())</cellXfs></styleSheet>")
        zip.add("xl/s.xml", "<worksheet><sheetData>\(markup.joined())</sheetData></worksheet>")
        return try await extract(zip.bytes, named: "a.xlsx").blocks.dropFirst().map(\.text)
    }

    @Test func indentedRowsArePartsOfTheRowAboveThem() async throws {
        #expect(
            try await lines([
                ("North", 0, "27"), ("Kiel", 1, "12"), ("Emden", 1, "15"), ("Port", 2, "4"), ("South", 0, ""),
                ("Ulm", 1, "21"), ("Total", 0, "48"),
            ]) == [
                "North: 27", "North; Kiel: 12", "North; Emden: 15", "North; Emden; Port: 4", "South", "South; Ulm: 21",
                "Total: 48",
            ]
        )
    }

    @Test(arguments: [
        // Sums below their parts, a single row that is indented, and names of columns.
        [("Kiel", 1, "12"), ("North", 0, "12"), ("Ulm", 1, "21"), ("South", 0, "21")],
        [("Longest day", 0, "10"), ("Rest", 1, "11"), ("Break", 0, "30")],
        [("Town", 0, "Days"), ("Kiel", 1, "12"), ("Ulm", 1, "21")],
    ])
    func indentationMayBeAMatterOfLooks(rows: [(String, Int, String)]) async throws {
        #expect(try await lines(rows) == rows.map { "\($0.0): \($0.2)" })
    }

    /// A table of two columns has groups if the rows of several have a name in common.
    @Test(arguments: [
        (
            "| Years | Days |\n|---|---|\n| **Office** | |\n| 0-5 | 25 |\n| **Foundry** | |\n| 0-5 | 27 |",
            ["Office", "Office; Years: 0-5; Days: 25", "Foundry", "Foundry; Years: 0-5; Days: 27"]
        ),
        (
            "| Room | Seats |\n|---|---|\n| Blue | |\n| Red | 25 |\n| Green | |\n| White | 27 |",
            ["Room: Blue", "Room: Red; Seats: 25", "Room: Green", "Room: White; Seats: 27"]
        ),
    ])
    func takesNarrowLabelsOfTwoColumns(text: String, rows: [String]) throws {
        #expect(try MarkdownReader.document(from: text).blocks.map(\.text) == rows)
    }
}
