import TestSupport
import Testing

@testable import DocumentText

@Suite struct SheetTablesTests {
    /// The lines of a sheet without styles but bold type, which a text has that begins with `*`.
    private func lines(_ rows: [[String]]) async throws -> [String] {
        let xml = rows.enumerated().map { number, texts in
            let cells = texts.enumerated().filter { !$0.element.isEmpty }.map { place, text in
                let reference = "\(Character(Unicode.Scalar(UInt8(65 + place))))\(number + 1)"
                let style = text.first == "*" ? " s=\"1\"" : ""
                let value = text.drop { $0 == "*" }
                return value.allSatisfy(\.isNumber)
                    ? "<c r=\"\(reference)\"\(style)><v>\(value)</v></c>"
                    : "<c r=\"\(reference)\"\(style) t=\"str\"><v>\(value)</v></c>"
            }
            return "<row r=\"\(number + 1)\">\(cells.joined())</row>"
        }
        var zip = ZipFixture()
        zip.add("xl/workbook.xml", "<workbook><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>")
        zip.add(
            "xl/_rels/workbook.xml.rels",
            """
            <Relationships><Relationship Id="r1" Type="http://example.org/worksheet" Target="sheet.xml"/>
            <Relationship Id="r2" Type="http://example.org/styles" Target="styles.xml"/></Relationships>
            """
        )
        zip.add(
            "xl/styles.xml",
            "<styleSheet><fonts><font/><font><b/></font></fonts><cellXfs><xf/><xf fontId=\"1\"/></cellXfs></styleSheet>"
        )
        zip.add("xl/sheet.xml", "<worksheet><sheetData>\(xml.joined())</sheetData></worksheet>")
        return try await Array(extract(zip.bytes, named: "a.xlsx").blocks.map(\.text).dropFirst())
    }

    @Test func readsTablesSideBySideApart() async throws {
        let lines = try await lines([
            ["*Hut", "*Beds", "", "*Ferry", "*Cabins"], ["Larch", "12", "", "Gull", "40"],
            ["Cloud", "20", "", "Tern", "55"], ["Goat", "8", "", "", ""],
        ])
        #expect(
            lines == [
                "Hut: Larch; Beds: 12", "Hut: Cloud; Beds: 20", "Hut: Goat; Beds: 8", "Ferry: Gull; Cabins: 40",
                "Ferry: Tern; Cabins: 55",
            ]
        )
    }

    @Test func readsTablesSideBySideAndBelowWithTheirTitles() async throws {
        let lines = try await lines([
            ["*Huts", "", "", "*Ferries"], ["Hut", "Beds", "", "Ferry", "Cabins", "Crew"],
            ["Larch", "12", "", "Gull", "40", "9"], ["Cloud", "20", "", "Tern", "55", "7"], [],
            ["Boat", "Oars", "Seats"], ["Punt", "2", "4"], ["Gig", "6", "7"],
        ])
        #expect(lines.contains("Ferry: Tern; Cabins: 55; Crew: 7"))
        #expect(lines.contains("Boat: Gig; Oars: 6; Seats: 7"))
        #expect(lines.firstIndex(of: "Huts").map { $0 < lines.firstIndex(of: "Ferries") ?? 0 } == true)
    }

    /// What is right of an empty column has no names of its own rows.
    @Test func anEmptyColumnOfATableDividesNothing() async throws {
        let lines = try await lines([
            ["*Hut", "*Place", "", "*May", "*June"], ["Larch", "Alm", "", "12", "14"],
            ["Cloud", "Tal", "", "20", "24"],
        ])
        #expect(lines == ["Hut: Larch; Place: Alm; May: 12; June: 14", "Hut: Cloud; Place: Tal; May: 20; June: 24"])
    }

    @Test func namesInBoldTypeBeginATable() async throws {
        let lines = try await lines([
            ["*Hut", "*Beds"], ["Larch", "12"], ["Cloud", "20"], ["*Ferry", "*Cabins"], ["Gull", "40"],
        ])
        #expect(lines == ["Hut: Larch; Beds: 12", "Hut: Cloud; Beds: 20", "Ferry: Gull; Cabins: 40"])
    }

    @Test func aSumInBoldTypeBeginsNoTable() async throws {
        let lines = try await lines([["*Hut", "*Beds"], ["Larch", "12"], ["*All", "*32"], ["Cloud", "20"]])
        #expect(lines == ["Hut: Larch; Beds: 12", "Hut: All; Beds: 32", "Hut: Cloud; Beds: 20"])
    }

    @Test func addsUnitsToTheNamesOfColumns() async throws {
        let lines = try await lines([
            ["*Hut", "*Height", "*Warden", "*Fee"], ["", "m", "", "[euros]"], ["Larch", "900", "Ida", "30"],
            ["Cloud", "1200", "Bo", "45"],
        ])
        #expect(
            lines == [
                "Hut: Larch; Height (m): 900; Warden: Ida; Fee [euros]: 30",
                "Hut: Cloud; Height (m): 1200; Warden: Bo; Fee [euros]: 45",
            ]
        )
    }

    /// A row without a name, above others that have one, is no row of units.
    @Test func wordsAboveWordsAreNoUnits() async throws {
        let lines = try await lines([
            ["*Hut", "*Warden", "*Place"], ["", "Ida", "Alm"], ["Cloud", "Bo", "Tal"], ["Goat", "Eva", "Au"],
        ])
        #expect(lines.first == "Warden: Ida; Place: Alm")
    }

    @Test func labelsInBoldTypeAreForTheRowsBelow() async throws {
        let lines = try await lines([
            ["*Hut", "*Beds", "*Fee"], ["*North"], ["Larch", "12", "30"], ["Cloud", "20", "45"], ["*South"],
            ["Larch", "7", "25"],
        ])
        #expect(
            lines == [
                "North", "North; Hut: Larch; Beds: 12; Fee: 30", "North; Hut: Cloud; Beds: 20; Fee: 45", "South",
                "South; Hut: Larch; Beds: 7; Fee: 25",
            ]
        )
    }

    @Test func aRowWithoutValuesIsNoLabel() async throws {
        let lines = try await lines([
            ["*Hut", "*Beds", "*Fee"], ["Larch", "12", "30"], ["Cloud"], ["Goat", "20", "45"],
        ])
        #expect(lines == ["Hut: Larch; Beds: 12; Fee: 30", "Hut: Cloud", "Hut: Goat; Beds: 20; Fee: 45"])
    }

    @Test func aSentenceBelowATableIsNoRow() async throws {
        let lines = try await lines([
            ["*Hut", "*Beds"], ["Larch", "12"], ["Cloud", "20"], ["All beds are counted in spring."],
        ])
        #expect(lines.last == "All beds are counted in spring.")
    }

    @Test func rowsGoOnBelowAnEmptyRow() async throws {
        let rows = [["*Hut", "*Beds", "*Fee"], ["Larch", "12", "30"], [], ["Cloud", "20", "45"]]
        #expect(try await lines(rows) == ["Hut: Larch; Beds: 12; Fee: 30", "Hut: Cloud; Beds: 20; Fee: 45"])
        // Years may be the names of another table's columns.
        let years = [
            ["*Hut", "*Beds", "*Fee"], ["Larch", "12", "30"], [], ["Crew", "2025", "2026"], ["Ida", "3", "4"],
        ]
        #expect(try await lines(years).contains("Hut: Crew; Beds: 2025; Fee: 2026") == false)
    }

    @Test func repeatsTheNameOfAGroupThatStandsOnce() async throws {
        let lines = try await lines([
            ["*Hut", "*Season", "*Beds"], ["Larch", "Summer", "12"], ["", "Winter", "5"], ["Cloud", "Summer", "20"],
            ["", "Winter", "9"],
        ])
        #expect(lines[1] == "Hut: Larch; Season: Winter; Beds: 5")
        #expect(lines[3] == "Hut: Cloud; Season: Winter; Beds: 9")
    }

    @Test func repeatsTheNamesOfGroupsOfOneSize() async throws {
        let lines = try await lines([
            ["*Land", "*City", "*Rate"], ["Italy", "Rome", "67"], ["", "Pisa", "36"], ["Spain", "Vigo", "31"],
            ["", "Soria", "63"], ["Peru", "Lima", "56"], ["", "Cusco", "55"],
        ])
        #expect(lines.last == "Land: Peru; City: Cusco; Rate: 55")
    }

    @Test func repeatsNoNameForARowOfItsOwn() async throws {
        let lines = try await lines([
            ["*Hut", "*Warden", "*Beds"], ["Larch", "Ida", "12"], ["", "Bo", "5"], ["Cloud", "Eva", "20"],
        ])
        #expect(lines[1] == "Warden: Bo; Beds: 5")
    }

    @Test func aSheetOfManyShortTablesStaysBounded() async throws {
        let rows = (0..<3_000).map { number in
            number.isMultiple(of: 3) ? [] : ["a\(number)", "1", "", "b\(number)", "2", "", "c\(number)", "3"]
        }
        #expect(try await lines(rows).count >= 2_000)
    }

    @Test func sumsBelowAnEmptyRowHaveTheNamesOfTheColumns() async throws {
        let rows = [["Name", "Hours", "Pay"], ["Ida", "38", "700"], ["Bo", "20", "400"], []]
        #expect(
            try await lines(rows + [["Sum", "58", "1100"], ["Mean", "29", "550"]]).suffix(2) == [
                "Name: Sum; Hours: 58; Pay: 1100", "Name: Mean; Hours: 29; Pay: 550",
            ]
        )
        // Years may be the names of another table's columns.
        #expect(try await lines(rows + [["Plan", "2025", "2026"], ["Ida", "40", "41"]]).last == "Ida; 40; 41")
    }

    @Test func fewFiguresBelowAnEmptyRowHaveNoNames() async throws {
        let lines = try await lines([
            ["Name", "Hours", "Pay", "Bonus", "Tax"], ["Ida", "38", "700", "10", "7"],
            ["Bo", "20", "400", "11", "8"], [], ["Sum", "58", "1100"],
        ])
        #expect(lines.last == "Sum; 58; 1100")
    }

    @Test func columnsOfTheSameNamesBelowATitleHaveTheNamesOfTheRows() async throws {
        let names = ["", "First", "Second", "", "First", "Second"]
        let rows = [names, ["Ida", "8", "4", "", "80", "40"], ["Bo", "6", "5", "", "60", "50"]]
        #expect(
            try await lines([["", "Points", "", "", "Percent"]] + rows) == [
                "Ida; Points First: 8; Points Second: 4; Percent First: 80; Percent Second: 40",
                "Bo; Points First: 6; Points Second: 5; Percent First: 60; Percent Second: 50",
            ]
        )
        #expect(try await lines(rows).last == "First: 60; Second: 50")
    }
}
