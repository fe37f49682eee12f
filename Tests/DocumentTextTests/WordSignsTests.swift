import TestSupport
import Testing

@testable import DocumentText

/// Signs, fields and text boxes of a Word document, which stand within its sentences.
@Suite struct WordSignsTests {
    private static func run(_ text: String, _ properties: String = "") -> String {
        "<w:r><w:rPr>\(properties)</w:rPr><w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
    }

    private static func paragraph(_ content: String..., properties: String = "") -> String {
        let runs = content.map { $0.first == "<" ? $0 : run($0) }
        return "<w:p><w:pPr>\(properties)</w:pPr>\(runs.joined())</w:p>"
    }

    private static func sign(_ font: String, _ code: String) -> String {
        "<w:r><w:sym w:font=\"\(font)\" w:char=\"\(code)\"/></w:r>"
    }

    private static func box(_ content: String) -> String {
        "<w:r><w:pict><v:textbox><w:txbxContent>\(content)</w:txbxContent></v:textbox></w:pict></w:r>"
    }

    private static let begin = "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>"
    private static let separate = "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>"
    private static let end = "<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"

    private static func instruction(_ text: String) -> String { "<w:r><w:instrText>\(text)</w:instrText></w:r>" }

    private static func control(_ data: String) -> String {
        """
        <w:r><w:fldChar w:fldCharType="begin"><w:ffData>\(data)</w:ffData></w:fldChar></w:r>\(instruction("FORM"))\(separate)\(end)
        """
    }

    private func blocks(_ body: String) async throws -> [ExtractedDocument.Block] {
        var zip = ZipFixture()
        zip.add("word/document.xml", "<w:document><w:body>\(body)</w:body></w:document>")
        return try await extract(zip.bytes, named: "a.docx").blocks
    }

    @Test func signsOfSymbolFontsAreRead() async throws {
        let body =
            Self.paragraph(Self.sign("Wingdings", "F0FE"), " Flexitime ", Self.sign("Wingdings", "F0A8"), " fixed")
            + Self.paragraph(Self.sign("Symbol", "F0B3"), "2 litres, ", Self.sign("Symbol", "F0B1"), "30 minutes")
            + Self.paragraph("1", Self.sign("Symbol", "F02E"), "5, 30", Self.sign("Unknown", "F041"), "45")
        #expect(
            try await blocks(body) == [
                .paragraph("☑ Flexitime ☐ fixed"), .paragraph("≥2 litres, ±30 minutes"), .paragraph("1.5, 30 45"),
            ]
        )
    }

    @Test func positionedTabsAndFractionsSeparateFigures() async throws {
        let fraction =
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>"
        let body =
            Self.paragraph("Version 3", "<w:r><w:ptab w:alignment=\"right\"/></w:r>", "12 January 2026")
            + Self.paragraph("Leave of 2", fraction, " days.")
        #expect(
            try await blocks(body) == [.paragraph("Version 3 12 January 2026"), .paragraph("Leave of 2 1/2 days.")]
        )
    }

    @Test func aFieldShowsOnlyItsOwnResult() async throws {
        let nested =
            Self.begin + Self.instruction("DOCPROPERTY Grade") + Self.separate + Self.run("Senior 25") + Self.end
        let body =
            Self.paragraph(
                "Leave: ",
                Self.begin + Self.instruction("IF ") + nested + Self.instruction(" = \"Senior 25\" \"30\" \"28\""),
                Self.separate + Self.run("30") + Self.end,
                " days."
            ) + Self.paragraph(Self.begin, Self.run("Unfinished")) + Self.paragraph("Notice: four weeks.")
        #expect(try await blocks(body) == [.paragraph("Leave: 30 days."), .paragraph("Notice: four weeks.")])
    }

    @Test func formControlsShowTheirStates() async throws {
        let body =
            Self.paragraph(Self.control("<w:checkBox><w:default w:val=\"0\"/><w:checked/></w:checkBox>"), " paid")
            + Self.paragraph(Self.control("<w:checkBox><w:default w:val=\"0\"/></w:checkBox>"), " unpaid")
            + Self.paragraph(
                Self.control(
                    "<w:ddList><w:result w:val=\"1\"/><w:listEntry w:val=\"two\"/><w:listEntry w:val=\"four\"/></w:ddList>"
                ),
                " weeks"
            )
        #expect(try await blocks(body) == [.paragraph("☒ paid"), .paragraph("☐ unpaid"), .paragraph("four weeks")])
    }

    @Test func aTextBoxFollowsTheParagraphThatItStandsIn() async throws {
        let box = Self.box(Self.paragraph(Self.run("Hotline 4455", "<w:b/>")))
        let body =
            Self.paragraph(box, "Sick pay", properties: "<w:outlineLvl w:val=\"0\"/>")
            + Self.paragraph("The notice period is ", Self.box(Self.paragraph("Ask HR.")), "four weeks.")
            + "<w:tbl><w:tr><w:tc>\(Self.paragraph("Care"))</w:tc><w:tc>\(Self.paragraph(Self.box(Self.paragraph("was 3")), "5"))</w:tc></w:tr></w:tbl>"
        #expect(
            try await blocks(body) == [
                .heading(level: 1, text: "Sick pay"), .paragraph("Hotline 4455"),
                .paragraph("The notice period is four weeks."), .paragraph("Ask HR."), .tableRow("Care: 5 (was 3)"),
            ]
        )
    }

    @Test func aLargeFirstLetterBelongsToItsWord() async throws {
        let body =
            Self.paragraph("3", properties: "<w:framePr w:dropCap=\"drop\"/>")
            + Self.paragraph("0 days of leave are granted.")
        #expect(try await blocks(body) == [.paragraph("30 days of leave are granted.")])
    }

    @Test func leavesOutDeletedCellsAndTheReadingsOfWords() async throws {
        let reading =
            "<w:r><w:ruby><w:rt>\(Self.run("ねんじ"))</w:rt><w:rubyBase>\(Self.run("年次"))</w:rubyBase></w:ruby></w:r>"
        let deleted = "<w:tc><w:tcPr><w:cellDel/></w:tcPr>\(Self.paragraph("old"))</w:tc>"
        let body =
            "<w:tbl><w:tr><w:tc>\(Self.paragraph("Holiday"))</w:tc>\(deleted)<w:tc>\(Self.paragraph("100 %"))</w:tc></w:tr></w:tbl>"
            + Self.paragraph(reading)
        #expect(try await blocks(body) == [.tableRow("Holiday: 100 %"), .paragraph("年次")])
    }

    @Test func readsTheSignsOfRunsInFontsOfSigns() async throws {
        func font(_ name: String) -> String { "<w:rFonts w:ascii=\"\(name)\" w:hAnsi=\"\(name)\"/>" }
        let body =
            Self.paragraph(
                Self.run("\u{FC}", font("Wingdings")),
                " meals, ",
                Self.run("\u{F0FB}", font("Wingdings")),
                " bikes"
            )
            + Self.paragraph(Self.run("\u{F0B3}", font("Symbol")), " 20 h, ", Self.run("für", font("Arial")))
        #expect(try await blocks(body) == [.paragraph("✓ meals, ✗ bikes"), .paragraph("≥ 20 h, für")])
    }
}
