import TestSupport
import Testing

@testable import DocumentText

/// What the parts of a Word document say together: styles, numbers, headers, and documents in it.
@Suite struct WordStructureTests {
    private static func paragraph(_ text: String, _ properties: String = "", run: String = "") -> String {
        "<w:p><w:pPr>\(properties)</w:pPr><w:r><w:rPr>\(run)</w:rPr><w:t xml:space=\"preserve\">\(text)</w:t></w:r></w:p>"
    }

    private static func relationships(_ targets: [(kind: String, target: String)]) -> String {
        let all = targets.enumerated().map { number, target in
            "<Relationship Id=\"r\(number)\" Type=\"http://example.org/\(target.kind)\" Target=\"\(target.target)\"/>"
        }
        return "<Relationships>\(all.joined())</Relationships>"
    }

    private static func docx(
        _ body: String,
        main: String = "document.xml",
        parts: [(kind: String, target: String, text: String)] = []
    ) -> [UInt8] {
        var zip = ZipFixture()
        zip.add("_rels/.rels", relationships([("officeDocument", "/word/\(main)")]))
        zip.add("word/\(main)", "<w:document><w:body>\(body)</w:body></w:document>")
        zip.add("word/_rels/\(main).rels", relationships(parts.map { ($0.kind, $0.target) }))
        for part in parts { zip.add("word/\(part.target)", part.text) }
        return zip.bytes
    }

    @Test func takesHeadingsFromStylesThatAreBasedOnThemAndFromOutlineLevels() async throws {
        let styles = """
            <w:styles><w:style w:styleId="Heading2"><w:name w:val="heading 2"/></w:style>
            <w:style w:styleId="Own"><w:name w:val="Company head"/><w:basedOn w:val="Heading2"/></w:style>
            <w:style w:styleId="Outlined"><w:name w:val="Part"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
            <w:style w:styleId="Plain"><w:name w:val="Plain"/><w:basedOn w:val="Own"/><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style></w:styles>
            """
        let body = [
            ("One", "<w:pStyle w:val=\"Outlined\"/>"), ("Two", "<w:pStyle w:val=\"Own\"/>"),
            ("Text.", "<w:pStyle w:val=\"Plain\"/>"), ("Three", "<w:outlineLvl w:val=\"2\"/>"),
        ].map { Self.paragraph($0, $1) }.joined()
        let document = try await extract(
            Self.docx(body, main: "other.xml", parts: [("styles", "looks.xml", styles)]),
            named: "a.docx"
        )
        #expect(
            document.blocks == [
                .heading(level: 1, text: "One"), .heading(level: 2, text: "Two"), .paragraph("Text."),
                .heading(level: 3, text: "Three"),
            ]
        )
    }

    @Test func takesBoldLinesAboveTextForHeadings() async throws {
        let body =
            Self.paragraph("Big", run: "<w:b/><w:sz w:val=\"32\"/>") + Self.paragraph("Small:", run: "<w:b/>")
            + Self.paragraph("Text.") + Self.paragraph("A sentence in bold type.", run: "<w:b/>")
            + Self.paragraph("Not bold", run: "<w:b w:val=\"0\"/>") + Self.paragraph("Signed", run: "<w:b/>")
        #expect(
            try await extract(Self.docx(body), named: "a.docx").blocks == [
                .heading(level: 1, text: "Big"), .heading(level: 2, text: "Small"), .paragraph("Text."),
                .paragraph("A sentence in bold type."), .paragraph("Not bold"), .paragraph("Signed"),
            ]
        )
    }

    @Test func countsAutomaticNumbers() async throws {
        let numbering = """
            <w:numbering><w:abstractNum w:abstractNumId="7">
            <w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="Part %1"/></w:lvl>
            <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>
            <w:abstractNum w:abstractNumId="8"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl></w:abstractNum>
            <w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num></w:numbering>
            """
        func list(_ id: Int, _ level: Int) -> String {
            "<w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"\(id)\"/></w:numPr>"
        }
        let heading = "<w:outlineLvl w:val=\"0\"/>"
        let body =
            Self.paragraph("Scope", heading + list(1, 0)) + Self.paragraph("All staff are covered.", list(1, 1))
            + Self.paragraph("Guests are not.", list(1, 1)) + Self.paragraph("Pay", heading + list(1, 0))
            + Self.paragraph("Monthly.", list(1, 1)) + Self.paragraph("ask", list(2, 0))
        let document = try await extract(
            Self.docx(body, parts: [("numbering", "numbering.xml", numbering)]),
            named: "a.docx"
        )
        #expect(
            document.blocks == [
                .heading(level: 1, text: "Part III Scope"), .listItem("III.1 All staff are covered."),
                .listItem("III.2 Guests are not."), .heading(level: 1, text: "Part IV Pay"),
                .listItem("IV.1 Monthly."), .listItem("ask"),
            ]
        )
    }

    @Test func tellsHeadersOnceAndEmbeddedDocumentsInTheirPlace() async throws {
        let header = """
            <w:hdr>\(Self.paragraph("Valid from 3 May 2026"))<w:p><w:r><w:t>Page </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>4</w:t></w:r></w:fldSimple></w:p></w:hdr>
            """
        let body = Self.paragraph("Before.") + "<w:altChunk r:id=\"r2\"/>" + Self.paragraph("After.")
        let bytes = Self.docx(
            body,
            parts: [
                ("header", "header1.xml", header), ("header", "header2.xml", header),
                ("aFChunk", "part.html", "<p>Inside.</p>"),
            ]
        )
        #expect(
            try await extract(bytes, named: "a.docx").blocks.map(\.text) == [
                "Valid from 3 May 2026", "Before.", "Inside.", "After.",
            ]
        )
    }

    @Test func takesNeighbouringParagraphsWithTabsForATable() async throws {
        func row(_ first: String, _ second: String) -> String {
            "<w:p><w:r><w:t>\(first)</w:t></w:r><w:r><w:tab/><w:t>\(second)</w:t></w:r></w:p>"
        }
        let body =
            row("Years", "Days off") + row("1 - 2", "20") + row("3", "25") + Self.paragraph("End.")
            + row("Date:", "May")
        #expect(
            try await extract(Self.docx(body), named: "a.docx").blocks == [
                .tableRow("Years: 1 - 2; Days off: 20"), .tableRow("Years: 3; Days off: 25"), .paragraph("End."),
                .paragraph("Date: May"),
            ]
        )
    }

    @Test func keepsTheColumnsOfTabbedRowsWithEmptyCells() async throws {
        func row(_ cells: String..., look: String = "") -> String {
            let runs = cells.map { $0.isEmpty ? "" : "<w:r><w:rPr>\(look)</w:rPr><w:t>\($0)</w:t></w:r>" }
            return "<w:p>\(runs.joined(separator: "<w:r><w:tab/></w:r>"))</w:p>"
        }
        let body =
            row("Grade", "Leave", "Bonus", look: "<w:b/>") + row("A", "28", "5 %") + row("B", "", "6 %")
            + Self.paragraph("Contacts are:") + row("Payroll", "", "ext. 311") + row("Travel", "", "ext. 333")
        #expect(
            try await extract(Self.docx(body), named: "a.docx").blocks == [
                .tableRow("Grade: A; Leave: 28; Bonus: 5 %"), .tableRow("Grade: B; Bonus: 6 %"),
                .paragraph("Contacts are:"), .paragraph("Payroll ext. 311"), .paragraph("Travel ext. 333"),
            ]
        )
    }

    @Test func readsWhateverPrefixTheFileHas() async throws {
        var zip = ZipFixture()
        zip.add(
            "word/document.xml",
            """
            <x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"><x:body><x:p><x:pPr><x:pStyle x:val="Heading1"/></x:pPr>
            <x:r><x:t>Pay</x:t></x:r></x:p><x:p><x:del><x:r><x:t>Old.</x:t></x:r></x:del><x:r><x:t>New.</x:t></x:r></x:p></x:body></x:document>
            """
        )
        let document = try await extract(zip.bytes, named: "a.docx")
        #expect(document.blocks == [.heading(level: 1, text: "Pay"), .paragraph("New.")])
        #expect(document.warnings.count == 1)
    }

    @Test func leavesOutWhatOnlyAsksForContent() async throws {
        let control =
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>\(Self.paragraph("Click here."))</w:sdtContent></w:sdt>"
        let filled = "<w:sdt><w:sdtPr/><w:sdtContent>\(Self.paragraph("Filled in."))</w:sdtContent></w:sdt>"
        #expect(
            try await extract(Self.docx(control + filled), named: "a.docx").blocks == [.paragraph("Filled in.")]
        )
    }

    @Test func readsSlidesInTheOrderOfThePresentationWithTablesAndNotes() async throws {
        func shape(_ text: String, _ kind: String) -> String {
            "<p:sp><p:nvPr><p:ph type=\"\(kind)\"/></p:nvPr><a:p><a:r><a:t>\(text)</a:t></a:r></a:p></p:sp>"
        }
        func cell(_ text: String) -> String { "<a:tc><a:p><a:r><a:t>\(text)</a:t></a:r></a:p></a:tc>" }
        var zip = ZipFixture()
        zip.add("ppt/presentation.xml", "<p:presentation><p:sldId r:id=\"r1\"/><p:sldId r:id=\"r0\"/></p:presentation>")
        zip.add(
            "ppt/_rels/presentation.xml.rels",
            Self.relationships([("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml")])
        )
        zip.add("ppt/slides/slide1.xml", "<p:sld>\(shape("Last", "title"))\(shape("7", "sldNum"))</p:sld>")
        zip.add(
            "ppt/slides/slide2.xml",
            """
            <p:sld>\(shape("First", "title"))<p:graphicFrame><a:tbl><a:tblPr firstRow="1"/><a:tr>\(cell("Day"))\(cell("Room"))</a:tr>
            <a:tr>\(cell("Monday"))\(cell("Hall"))</a:tr></a:tbl></p:graphicFrame></p:sld>
            """
        )
        zip.add("ppt/slides/_rels/slide2.xml.rels", Self.relationships([("notesSlide", "../notesSlides/n.xml")]))
        zip.add("ppt/notesSlides/n.xml", "<p:notes>\(shape("Said aloud.", "body"))\(shape("2", "sldNum"))</p:notes>")
        let document = try await extract(zip.bytes, named: "a.pptx")
        #expect(
            document.blocks == [
                .heading(level: 2, text: "First"), .tableRow("Day: Monday; Room: Hall"), .paragraph("Said aloud."),
                .heading(level: 2, text: "Last"),
            ]
        )
        #expect(document.pages.map(\.page) == [1, 2])
    }

    @Test(arguments: ["docx", "pptx"])
    func saysWhetherAFileIsProtectedOrDamaged(type: String) async throws {
        let wrapped = CompoundFixture.bytes(["Root Entry", "EncryptedPackage"])
        #expect(
            try await extractionFailure(wrapped, named: "a.\(type)")
                == .invalid("The file is protected with a password: save it without one.")
        )
        #expect(
            try await extractionFailure(Self.docx("").prefix(90), named: "a.\(type)")
                == .invalid("The file is damaged: it is not a whole Office document.")
        )
    }
}
