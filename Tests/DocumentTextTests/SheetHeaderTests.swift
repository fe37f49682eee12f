import Testing

@testable import DocumentText

/// The rows of a sheet that are taken for names of columns, labels of groups, and records.
@Suite struct SheetHeaderTests {
    private func lines(_ rows: [[String]], after: String = "") async throws -> [String] {
        let bytes = WorkbookFixture.bytes(WorkbookFixture.rows(rows), after: after)
        return try await Array(extract(bytes, named: "a.xlsx").blocks.map(\.text).dropFirst())
    }

    @Test func aLabelInBoldTypeBelowTheNamesIsNone() async throws {
        let lines = try await lines([
            ["*Benefit", "*Staff", "*Managers"], ["*Health"], ["Dental", "80 %", "90 %"], ["Glasses", "100", "200"],
            ["*Travel"], ["Train", "free", "free"],
        ])
        #expect(lines[1] == "Health; Benefit: Dental; Staff: 80 %; Managers: 90 %")
        #expect(lines.last == "Travel; Benefit: Train; Staff: free; Managers: free")
    }

    @Test func aSumInBoldTypeBelowTheNamesIsNone() async throws {
        let lines = try await lines([
            ["*Item", "*Cost", "*Share"], ["*Health", "*90 EUR", "*60 %"], ["Dental", "70 EUR", "47 %"],
            ["Eyes", "20 EUR", "13 %"],
        ])
        #expect(
            lines == [
                "Item: Health; Cost: 90 EUR; Share: 60 %", "Item: Dental; Cost: 70 EUR; Share: 47 %",
                "Item: Eyes; Cost: 20 EUR; Share: 13 %",
            ]
        )
    }

    @Test func durationsInBoldTypeBelowTheNamesAreNames() async throws {
        let lines = try await lines([
            ["*Leave", "*Junior", "*Senior"], ["*Service", "*2 years", "*5 years"], ["Annual", "25 days", "30 days"],
            ["Study", "2 days", "5 days"],
        ])
        #expect(lines.last == "Leave Service: Study; Junior 2 years: 2 days; Senior 5 years: 5 days")
    }

    @Test func sumsInBoldTypeEndTheirGroups() async throws {
        let lines = try await lines([
            ["*Benefit", "*Staff", "*Firm"], ["*Health"], ["Dental", "20", "40"], ["Eyes", "5", "10"],
            ["*Sum of health", "*25", "*50"], ["*Pay"], ["Pension", "100", "200"], ["*Sum of pay", "*100", "*200"],
            ["*Sum", "*125", "*250"],
        ])
        #expect(lines.contains("Health; Benefit: Sum of health; Staff: 25; Firm: 50"))
        #expect(lines.contains("Pay; Benefit: Pension; Staff: 100; Firm: 200"))
        #expect(lines.last == "Benefit: Sum; Staff: 125; Firm: 250")
    }

    @Test func theSumOfGroupsWithoutSumsIsInNoGroup() async throws {
        let lines = try await lines([
            ["*Benefit", "*Staff", "*Firm"], ["*Health"], ["Dental", "20", "40"], ["*Pay"], ["Pension", "100", "200"],
            ["*Sum", "*120", "*240"],
        ])
        #expect(lines.last == "Benefit: Sum; Staff: 120; Firm: 240")
    }

    @Test func theRangeOfAFilterTellsTheNames() async throws {
        let lines = try await lines(
            [
                ["Per diem 2026", "HR-17"], ["Country", "Day", "Hotel"], ["Austria", "30 euros", "150 euros"],
                ["Belgium", "45 euros", "165 euros"],
            ],
            after: "<autoFilter ref=\"A2:C4\"/>"
        )
        #expect(
            lines == [
                "Per diem 2026: HR-17", "Country: Austria; Day: 30 euros; Hotel: 150 euros",
                "Country: Belgium; Day: 45 euros; Hotel: 165 euros",
            ]
        )
    }

    @Test func namesOfGroupsAboveAFilterAreNames() async throws {
        let lines = try await lines(
            [
                ["", "Full time", "", "Part time", ""], ["Grade", "Days", "Study", "Days", "Study"],
                ["Junior", "two", "one", "one", "none"], ["Senior", "four", "two", "two", "one"],
            ],
            after:
                "<autoFilter ref=\"A2:E4\"/><mergeCells><mergeCell ref=\"B1:C1\"/><mergeCell ref=\"D1:E1\"/></mergeCells>"
        )
        #expect(
            lines.last
                == "Grade: Senior; Full time Days: four; Full time Study: two; Part time Days: two; Part time Study: one"
        )
    }

    @Test func anEmptyRowWithinAFilterEndsNoTable() async throws {
        let lines = try await lines(
            [["Event", "Who", "Days"], ["Wedding", "Lead", "two"], [], ["Birth", "Council", "ten"]],
            after: "<autoFilter ref=\"A1:C4\"/>"
        )
        #expect(lines == ["Event: Wedding; Who: Lead; Days: two", "Event: Birth; Who: Council; Days: ten"])
    }

    @Test func aRowOfWordsInBoldTypeAmongWordsNamesNothing() async throws {
        let lines = try await lines([
            ["*Level", "*Approver", "*Deputy"], ["Team", "Lead", "HR"], ["Division", "Director", "CFO"],
            ["*Company", "*Board", "*none"], ["Group", "CEO", "CFO"],
        ])
        #expect(lines.suffix(2) == ["Company; Board; none", "Group; CEO; CFO"])
    }

    @Test func aSumInBoldTypeAboveTheNamesIsNone() async throws {
        let lines = try await lines([
            ["*Overtime 2026"], ["*Total", "", "*30"], ["*Month", "*Reason", "*Hours"], ["January", "Audit", "10"],
            ["February", "Launch", "20"],
        ])
        #expect(
            lines == [
                "Overtime 2026", "Total: 30", "Month: January; Reason: Audit; Hours: 10",
                "Month: February; Reason: Launch; Hours: 20",
            ]
        )
    }

    @Test func anEmptyColumnBetweenWordsDividesNoRows() async throws {
        let lines = try await lines([
            ["*Event", "*Days", "", "*Approver", "*Proof"], ["Wedding", "2", "", "Lead", "certificate"],
            ["Move", "1", "", "HR", "invoice"], ["Birth", "10", "", "Council", "record"],
        ])
        #expect(lines.last == "Event: Birth; Days: 10; Approver: Council; Proof: record")
    }

    @Test func aNameAboveBareFiguresMayStartWithAFigure() async throws {
        func rows(_ name: String, unit: String) -> [[String]] {
            [
                ["Name", "Gross", "Bonus", "Car", name, "Net"], ["Ida", "3000", "100", "50", "210" + unit, "2940"],
                ["Bo", "2000", "50", "0", "140" + unit, "1910"],
            ]
        }
        #expect(
            try await lines(rows("7% tax", unit: "")).last
                == "Name: Bo; Gross: 2000; Bonus: 50; Car: 0; 7% tax: 140; Net: 1910"
        )
        // The first row may also be a record.
        #expect(try await lines(rows("7 days", unit: " days"))[0] == "Name; Gross; Bonus; Car; 7 days; Net")
    }

    @Test func groupsOfColumnsMayBeBesideAWideOneAndDivideIntoWideOnes() async throws {
        let lines = try await lines(
            [
                ["No.", "Hours", "", "", "", "Work", ""], ["", "net of pauses", "", "%", "gross"],
                ["1.", "38", "", "100", "40", "Larch", "hut"], ["2.", "20", "", "50", "22", "Gull", "ferry"],
            ],
            after:
                "<mergeCells><mergeCell ref=\"B1:E1\"/><mergeCell ref=\"F1:G1\"/><mergeCell ref=\"B2:C2\"/></mergeCells>"
        )
        #expect(
            lines.last
                == "No.: 2; Hours net of pauses: 20; Hours %: 50; Hours gross: 22; Work: Gull; Work: ferry"
        )
    }

    @Test func mergedNamesMayBeAYearOrStartWithAFigure() async throws {
        let lines = try await lines(
            [
                ["Rate", "Pay", "Share", "", "", "2023", "", "Net"],
                ["", "", "Staff", "1% care", "Sum", "Refund", "Gap"],
                ["10", "400", "20", "4", "24", "1", "2", "370"], ["11", "440", "22", "5", "27", "3", "4", "410"],
            ],
            after: """
                <mergeCells><mergeCell ref="A1:A2"/><mergeCell ref="B1:B2"/><mergeCell ref="C1:E1"/>
                <mergeCell ref="F1:G1"/><mergeCell ref="H1:H2"/></mergeCells>
                """
        )
        #expect(
            lines.last == """
                Rate: 11; Pay: 440; Share Staff: 22; Share 1% care: 5; Share Sum: 27; 2023 Refund: 3; 2023 Gap: 4; \
                Net: 410
                """
        )
    }

    /// Names above nothing but figures, in the first column as well.
    @Test(arguments: [
        ("Evening\tNight\n14 %\t27 %", ["Evening: 14 %; Night: 27 %"]), ("Evening\tNight\nLate\t27 %", nil),
        ("Payday:\tBonus:\n25\t3", nil),
    ])
    func namesTwoColumnsOfFigures(text: String, rows: [String]?) throws {
        var table = TableBuilder()
        for line in text.split(separator: "\n") {
            table.beginRow()
            for cell in line.split(separator: "\t") { table.addCell(String(cell)) }
        }
        var document = DocumentBuilder()
        try table.append(to: &document)
        #expect((document.blocks.map(\.text) == rows) == (rows != nil))
    }
}
