import TestSupport
import Testing

@testable import DocumentText

@Suite struct SpreadsheetTests {
    @Test(arguments: [
        "Zone,Fee,Note\nA,3.50,\"day, night\"\nB,4.00,\"said \"\"no\"\"\"\n",
        "Zone;Fee;Note\r\nA;3.50;day, night\r\nB;4.00;\"said \"\"no\"\"\"",
        "Fees 2026\n\nZone\tFee\tNote\nA\t3.50\tday, night\n\nB\t4.00\t\"said \"\"no\"\"\"",
    ])
    func readsTheRowsOfACSVFileWithTheirHeader(text: String) async throws {
        let lines = try await extract(text.utf8, named: "a.csv").blocks.map(\.text).filter { $0 != "Fees 2026" }
        #expect(lines == ["Zone: A; Fee: 3.50; Note: day, night", "Zone: B; Fee: 4.00; Note: said \"no\""])
    }

    @Test func aRowOfFiguresIsNoHeader() async throws {
        #expect(try await extract("Ida,12\nBo,14".utf8, named: "a.csv").blocks.map(\.text) == ["Ida: 12", "Bo: 14"])
    }

    @Test(arguments: ["\"", ",", "\n", "\"\n", ";,"])
    func survivesHostileText(piece: String) async throws {
        let text = "a,b\n1,2\n" + String(repeating: piece, count: 50_000)
        #expect(try await extract(text.utf8, named: "a.csv").blocks.first?.text.isEmpty == false)
    }

    private static func sheet(_ rows: String, before: String = "", after: String = "") -> String {
        "<worksheet>\(before)<sheetData>\(rows)</sheetData>\(after)</worksheet>"
    }

    private static func workbook(_ sheets: [(name: String, state: String, xml: String)]) -> [UInt8] {
        var zip = ZipFixture()
        var names = ""
        var targets = """
            <Relationship Id="s" Type="http://example.org/styles" Target="styles.xml"/>
            <Relationship Id="t" Type="http://example.org/sharedStrings" Target="sharedStrings.xml"/>
            """
        for (number, sheet) in sheets.enumerated() {
            names += "<sheet name=\"\(sheet.name)\" state=\"\(sheet.state)\" r:id=\"r\(number)\"/>"
            targets +=
                "<Relationship Id=\"r\(number)\" Type=\"http://example.org/worksheet\" Target=\"worksheets/s\(number).xml\"/>"
            zip.add("xl/worksheets/s\(number).xml", sheet.xml)
        }
        zip.add("xl/workbook.xml", "<workbook><sheets>\(names)</sheets></workbook>")
        zip.add("xl/_rels/workbook.xml.rels", "<Relationships>\(targets)</Relationships>")
        zip.add(
            "xl/styles.xml",
            """
            <styleSheet><numFmts><numFmt numFmtId="164" formatCode="#,##0.00\\ &quot;€&quot;;-0"/><numFmt numFmtId="165" formatCode="[$£-809]0"/></numFmts>
            <fonts><font/><font><b/></font></fonts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>
            <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="0" fontId="1"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>
            """
        )
        zip.add(
            "xl/sharedStrings.xml",
            "<sst><si><t>Start</t></si><si><r><t>Ra</t></r><r><t>te</t></r><rPh><t>x</t></rPh></si></sst>"
        )
        return zip.bytes
    }

    @Test func readsSheetsWithNumbersAsTheyAreShown() async throws {
        let rows = """
            <row r="1"><c r="A1" t="inlineStr" s="4"><is><t>Kind</t></is></c><c r="B1" t="s" s="4"><v>0</v></c><c r="C1" t="s" s="4"><v>1</v></c>
            <c r="D1" t="inlineStr" s="4"><is><t>Sum</t></is></c></row>
            <row r="2"><c r="A2" t="str"><f>"Bus"</f><v>Bus</v></c><c r="B2" s="1"><v>46143</v></c><c r="C2" s="2"><v>0.12</v></c><c r="D2" s="3"><v>7.5</v></c></row>
            <row r="3" hidden="1"><c r="A3" t="str"><v>Old</v></c></row>
            <row r="4"><c r="A4" t="str"><v>Train</v></c><c r="C4"><v>0.30000000000000004</v></c><c r="D4" s="5"><v>3</v></c></row>
            <row r="7"><c r="A7" t="str"><v>Opens</v></c><c r="B7" s="6"><v>0.3125</v></c></row>
            """
        let bytes = Self.workbook([
            ("Fares", "visible", Self.sheet(rows)), ("Old", "hidden", Self.sheet("<row r=\"1\"><c><v>1</v></c></row>")),
            ("Empty", "visible", Self.sheet("")),
        ])
        let document = try await extract(bytes, named: "a.xlsx")
        #expect(
            document.blocks == [
                .heading(level: 1, text: "Fares"), .tableRow("Kind: Bus; Start: 2026-05-01; Rate: 12 %; Sum: 7.50 €"),
                .tableRow("Kind: Train; Rate: 0.3; Sum: £ 3"), .tableRow("Opens: 07:30"),
            ]
        )
        #expect(document.warnings == ["Hidden sheets were left out.", "Hidden rows were left out."])
    }

    @Test func takesAFilteredRowForTheHeaderAndLeavesOutHiddenColumns() async throws {
        func row(_ number: Int, _ texts: [String]) -> String {
            "<row r=\"\(number)\">" + texts.map { "<c t=\"str\"><v>\($0)</v></c>" }.joined() + "</row>"
        }
        let xml = Self.sheet(
            row(1, ["Who", "Pay", "Where"]) + row(2, ["Ida", "secret", "Ulm"]),
            before: "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>",
            after: "<autoFilter ref=\"A1:C2\"/>"
        )
        #expect(
            try await extract(Self.workbook([("People", "visible", xml)]), named: "a.xlsx").blocks == [
                .heading(level: 1, text: "People"), .tableRow("Who: Ida; Where: Ulm"),
            ]
        )
    }

    @Test func aSheetOfFarColumnsStaysBounded() async throws {
        let cells = String(repeating: "<c r=\"XFD1\"><v>1</v></c><c r=\"ZZZZ1\"><v>1</v></c>", count: 20_000)
        let xml = Self.sheet("<row r=\"1\"><c r=\"A1\"><v>5</v></c>\(cells)</row>")
        #expect(
            try await extract(Self.workbook([("S", "visible", xml)]), named: "a.xlsx").blocks.map(\.text) == ["S", "5"]
        )
    }

    /// A row of cells without text where the string is empty; figures are numbers.
    private static func row(_ number: Int, _ texts: [String]) -> String {
        let cells = texts.enumerated().filter { !$0.element.isEmpty }.map { place, text in
            let reference = "\(Character(Unicode.Scalar(UInt8(65 + place))))\(number)"
            return text.allSatisfy(\.isNumber)
                ? "<c r=\"\(reference)\"><v>\(text)</v></c>"
                : "<c r=\"\(reference)\" t=\"str\"><v>\(text)</v></c>"
        }
        return "<row r=\"\(number)\">\(cells.joined())</row>"
    }

    private static func merges(_ ranges: String...) -> String {
        "<mergeCells>" + ranges.map { "<mergeCell ref=\"\($0)\"/>" }.joined() + "</mergeCells>"
    }

    @Test func readsMergedCellsInEachRowAndColumnThatTheyCover() async throws {
        let rows = [
            Self.row(1, ["Team", "Who", "Hours", "", "Days", ""]),
            Self.row(2, ["", "", "2025", "2026", "2025", "2026"]),
            Self.row(3, ["Sales", "Ida", "38", "40", "27", "28"]), Self.row(4, ["", "Bo", "20", "22", "14", "15"]),
            Self.row(5, ["IT", "Eva", "35", "covered", "25", "26"]),
        ]
        let sheet = Self.sheet(rows.joined(), after: Self.merges("A1:A2", "B1:B2", "C1:D1", "E1:F1", "A3:A4", "C5:D5"))
        let document = try await extract(Self.workbook([("Time", "visible", sheet)]), named: "a.xlsx")
        #expect(
            document.blocks.map(\.text) == [
                "Time", "Team: Sales; Who: Ida; Hours 2025: 38; Hours 2026: 40; Days 2025: 27; Days 2026: 28",
                "Team: Sales; Who: Bo; Hours 2025: 20; Hours 2026: 22; Days 2025: 14; Days 2026: 15",
                "Team: IT; Who: Eva; Hours 2025, Hours 2026: 35; Days 2025: 25; Days 2026: 26",
            ]
        )
    }

    @Test func namesTheColumnsOfGroupsThatAreNotMerged() async throws {
        let sheet = Self.sheet(
            Self.row(1, ["", "", "Hours", "", "Pay", ""])
                + Self.row(2, ["Name", "Grade", "2026-01-05", "2026-01-12", "2026-01-05", "2026-01-12"])
                + Self.row(3, ["Ida", "A", "38", "40", "700", "740"])
                + Self.row(4, ["Bo", "B", "20", "22", "400", "440"])
        )
        let document = try await extract(Self.workbook([("January", "visible", sheet)]), named: "a.xlsx")
        #expect(
            document.blocks.map(\.text).dropFirst() == [
                "Name: Ida; Grade: A; Hours 2026-01-05: 38; Hours 2026-01-12: 40; Pay 2026-01-05: 700; Pay 2026-01-12: 740",
                "Name: Bo; Grade: B; Hours 2026-01-05: 20; Hours 2026-01-12: 22; Pay 2026-01-05: 400; Pay 2026-01-12: 440",
            ]
        )
    }

    @Test func takesARowAboveDifferentNamesForNoNamesOfGroups() async throws {
        let sheet = Self.sheet(
            Self.row(1, ["Ida", "", "Bo", ""]) + Self.row(2, ["Lyon", "Bonn", "Rome", "Oslo"])
                + Self.row(3, ["3", "4", "5", "6"])
        )
        let document = try await extract(Self.workbook([("Trips", "visible", sheet)]), named: "a.xlsx")
        #expect(document.blocks.map(\.text).dropFirst().first == "Ida; –; Bo")
    }

    @Test func namesTheColumnsBelowABoldRowAndABlankOne() async throws {
        func bold(_ column: String, _ text: String) -> String {
            "<c r=\"\(column)1\" s=\"4\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
        }
        let sheet = Self.sheet(
            "<row r=\"1\">\(bold("A", "Name"))\(bold("B", "Office"))\(bold("C", "Phone"))</row>"
                + Self.row(3, ["Ida", "Lyon", "x70"]) + Self.row(4, ["Bo", "Bonn", "x71"])
        )
        let document = try await extract(Self.workbook([("Staff", "visible", sheet)]), named: "a.xlsx")
        #expect(
            document.blocks.map(\.text).dropFirst() == [
                "Name: Ida; Office: Lyon; Phone: x70", "Name: Bo; Office: Bonn; Phone: x71",
            ]
        )
    }

    @Test func readsRowsOfALabelAboveATableApart() async throws {
        let sheet = Self.sheet(
            Self.row(1, ["From", "5 May"]) + Self.row(2, ["To", "9 May"])
                + Self.row(3, ["No.", "Name", "Monday", "Tuesday"]) + Self.row(4, ["1", "Ida", "8", "6"])
                + Self.row(5, ["2", "Bo", "4", "7"])
        )
        let document = try await extract(Self.workbook([("Week", "visible", sheet)]), named: "a.xlsx")
        #expect(
            document.blocks.map(\.text).dropFirst() == [
                "From: 5 May", "To: 9 May", "No.: 1; Name: Ida; Monday: 8; Tuesday: 6",
                "No.: 2; Name: Bo; Monday: 4; Tuesday: 7",
            ]
        )
    }

    @Test func namesTheColumnsBelowMergedCellsInBoldType() async throws {
        func bold(_ reference: String, _ text: String) -> String {
            "<c r=\"\(reference)\" s=\"4\" t=\"inlineStr\"><is><t>\(text)</t></is></c>"
        }
        let sheet = Self.sheet(
            "<row r=\"1\">\(bold("A1", "Grade"))\(bold("B1", "Days off"))</row>"
                + Self.row(2, ["", "Start", "Later"]) + Self.row(3, ["A", "25", "30"])
                + Self.row(4, ["B", "24", "28"]),
            after: Self.merges("B1:C1")
        )
        let document = try await extract(Self.workbook([("Leave", "visible", sheet)]), named: "a.xlsx")
        #expect(document.blocks.map(\.text).last == "Grade: B; Days off Start: 24; Days off Later: 28")
    }

    @Test func namesAreAboveNumbersThatCountTheRows() async throws {
        let sheet = Self.sheet(
            Self.row(1, ["No.", "Name", "Office"]) + Self.row(2, ["1", "Ida", "Lyon"])
                + Self.row(3, ["2", "Bo", "Bonn"])
                + Self.row(4, ["3", "Ugo", "Rome"])
        )
        let document = try await extract(Self.workbook([("Staff", "visible", sheet)]), named: "a.xlsx")
        #expect(document.blocks.map(\.text).last == "No.: 3; Name: Ugo; Office: Rome")
    }

    @Test func takesMergedCellsAboveWordsForNoNamesOfGroups() async throws {
        let rows = [
            Self.row(1, ["Contact", "", "Room"]), Self.row(2, ["Anna", "Berg", "12"]),
            Self.row(3, ["Emil", "Frey", "14"]),
        ]
        let sheet = Self.sheet(rows.joined(), after: Self.merges("A1:B1"))
        let document = try await extract(Self.workbook([("Rooms", "visible", sheet)]), named: "a.xlsx")
        #expect(document.tables.first?.headerRows != 2)
    }

    @Test(arguments: [
        "A1:XFD1048576", "A1:A1048576", "B2:A1", "A0:A0", "A1", ":", "A1:B99999999999999999999",
        "A1:B9223372036854775807",
    ])
    func survivesHostileMerges(range: String) async throws {
        let rows = (1...200).map { Self.row($0, ["a\($0)", "b", "3"]) }.joined()
        let sheet = Self.sheet(
            rows,
            after: "<mergeCells>" + String(repeating: "<mergeCell ref=\"\(range)\"/>", count: 5_000)
        )
        let document = try await extract(Self.workbook([("A", "visible", sheet)]), named: "a.xlsx")
        #expect(!document.blocks.isEmpty)
    }
}
