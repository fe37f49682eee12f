import Testing

@testable import DocumentText

/// The texts of a workbook's cells, without what is not valid or not shown.
@Suite struct WorkbookTextTests {
    private let hiddenText = "Text that is hidden or struck out was left out."

    @Test func superscriptFiguresAreApartFromTheFigureBefore() async throws {
        let raised = "<si><r><t>22</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>1</t></r></si>"
        let rows = """
            <row r="1"><c t="s"><v>0</v></c><c t="inlineStr"><is><r><t>40 m</t></r><r><rPr><vertAlign val="superscript"/></rPr>
            <t>2</t></r></is></c></row>
            """
        let document = try await extract(WorkbookFixture.bytes(rows, strings: raised), named: "a.xlsx")
        #expect(document.blocks.map(\.text) == ["S", "22¹: 40 m²"])
    }

    @Test func readsNoStruckOutCells() async throws {
        let rows = WorkbookFixture.rows([
            ["*Leave", "*Days", "*Who"], ["Wedding", "2", "HR"], ["~Move", "~1", "~HR"], ["Birth", "~10", "HR"],
        ])
        let document = try await extract(WorkbookFixture.bytes(rows), named: "a.xlsx")
        #expect(
            document.blocks.map(\.text).dropFirst() == [
                "Leave: Wedding; Days: 2; Who: HR", "Leave: Birth; Who: HR",
            ]
        )
        #expect(document.warnings == [hiddenText])
    }

    @Test func readsNoStruckOutRuns() async throws {
        let struck = "<r><rPr><strike/></rPr><t xml:space=\"preserve\">10 </t></r>"
        let rows = """
            <row r="1"><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>
            <row r="2"><c t="inlineStr"><is>\(struck)<r><t>16 days</t></r></is></c><c s="2" t="s"><v>1</v></c></row>
            """
        let strings = """
            <si>\(struck)<r><rPr><b/></rPr><t>14 days</t></r></si>
            <si><r><t xml:space="preserve">3 </t></r><r><rPr><b/></rPr><t>now 5</t></r></si>
            """
        let document = try await extract(WorkbookFixture.bytes(rows, strings: strings), named: "a.xlsx")
        #expect(document.blocks.map(\.text).dropFirst() == ["14 days: 3 now 5", "16 days: now 5"])
        #expect(document.warnings == [hiddenText])
    }

    @Test func readsNoTextThatItsFormatHides() async throws {
        let rows = """
            <row r="1"><c t="str"><v>Bonus</v></c><c t="str"><v>5 %</v></c><c t="str" s="3"><v>9 %</v></c></row>
            """
        let document = try await extract(WorkbookFixture.bytes(rows), named: "a.xlsx")
        #expect(document.blocks.map(\.text).last == "Bonus: 5 %")
        #expect(document.warnings == [hiddenText])
    }

    @Test func mergedCellsKeepTheTextOfAHiddenRow() async throws {
        let rows = WorkbookFixture.rows(
            [
                ["*Region", "*City", "*Limit"], ["East", "Wien", "110"], ["North", "Oslo", "180"],
                ["", "Bergen", "150"], ["", "Moss", "140"], ["South", "Rome", "160"],
            ],
            hidden: [3]
        )
        let merges = "<mergeCells><mergeCell ref=\"A3:A5\"/></mergeCells>"
        let document = try await extract(WorkbookFixture.bytes(rows, after: merges), named: "a.xlsx")
        #expect(
            document.blocks.map(\.text).dropFirst() == [
                "Region: East; City: Wien; Limit: 110", "Region: North; City: Bergen; Limit: 150",
                "Region: North; City: Moss; Limit: 140", "Region: South; City: Rome; Limit: 160",
            ]
        )
    }

    @Test func mergedCellsKeepTheTextOfAHiddenColumn() async throws {
        let rows = WorkbookFixture.rows([
            ["*Grade", "*Full time", "", "", "*Part time", ""], ["", "*Old", "*Days", "*Study", "*Days", "*Study"],
            ["Junior", "20", "25", "2", "20", "1"], ["Senior", "22", "30", "5", "24", "3"],
        ])
        let bytes = WorkbookFixture.bytes(
            rows,
            before: "<cols><col min=\"2\" max=\"2\" hidden=\"1\"/></cols>",
            after:
                "<mergeCells><mergeCell ref=\"A1:A2\"/><mergeCell ref=\"B1:D1\"/><mergeCell ref=\"E1:F1\"/></mergeCells>"
        )
        let document = try await extract(bytes, named: "a.xlsx")
        #expect(
            document.blocks.map(\.text).dropFirst() == [
                "Grade: Junior; Full time Days: 25; Full time Study: 2; Part time Days: 20; Part time Study: 1",
                "Grade: Senior; Full time Days: 30; Full time Study: 5; Part time Days: 24; Part time Study: 3",
            ]
        )
        #expect(document.warnings == ["Hidden columns were left out."])
    }

    @Test func warnsOfFormulasWithoutResults() async throws {
        let rows = """
            <row r="1"><c t="str"><v>Base</v></c><c><v>3000</v></c></row>
            <row r="2"><c t="str"><v>Total</v></c><c><f>SUM(B1:B1)</f><v></v></c></row>
            <row r="3"><c t="str"><v>None</v></c><c t="str"><f>""</f><v></v></c></row>
            """
        let document = try await extract(WorkbookFixture.bytes(rows), named: "a.xlsx")
        #expect(document.warnings == ["Formulas were left out whose results are not in the file."])
    }

    @Test func readsTheShapesThatAreShownInTheOrderOfTheirRows() async throws {
        func shape(_ text: String, row: Int, properties: String = "", look: String = "") -> String {
            """
            <xdr:twoCellAnchor><xdr:from><xdr:col>2</xdr:col><xdr:row>\(row)</xdr:row></xdr:from><xdr:sp><xdr:nvSpPr>\
            <xdr:cNvPr id="1" name="a" \(properties)/></xdr:nvSpPr><xdr:txBody><a:p><a:r><a:rPr \(look)/><a:t>\(text)\
            </a:t></a:r></a:p></xdr:txBody></xdr:sp></xdr:twoCellAnchor>
            """
        }
        let drawing =
            shape("The second half is granted in June.", row: 9) + shape("From 1 June: 3 days", row: 1)
            + shape("From 1 May: 2 days", row: 2, properties: "hidden=\"1\"")
            + shape("From 1 April: 1 day", row: 3, look: "strike=\"sngStrike\"")
        let rows = WorkbookFixture.rows([["Base", "3000"]])
        let document = try await extract(WorkbookFixture.bytes(rows, drawing: drawing), named: "a.xlsx")
        #expect(
            document.blocks.map(\.text) == [
                "S", "Base: 3000", "From 1 June: 3 days", "The second half is granted in June.",
            ]
        )
        #expect(document.warnings == ["Text that is hidden or struck out was left out."])
    }

    @Test(arguments: [("5 h_x000D_&#10;closed", "5 h closed"), ("_x005F_x000D_", "_x000D_"), ("a_x00e9", "a_x00e9")])
    func readsEscapedControlCharacters(source: String, text: String) async throws {
        let row =
            "<row r='1'><c r='A1' t='inlineStr'><is><t>Open</t></is></c><c r='B1' t='inlineStr'><is><t>\(source)</t></is></c></row>"
        let document = try await extract(WorkbookFixture.bytes(row), named: "a.xlsx")
        #expect(document.blocks.last?.text == "Open: \(text)")
    }
}
