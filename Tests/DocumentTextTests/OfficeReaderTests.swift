import TestSupport
import Testing

@testable import DocumentText

@Suite struct OfficeReaderTests {
    private static func docx(_ body: String, styles: String = "") -> [UInt8] {
        var zip = ZipFixture()
        zip.add("[Content_Types].xml", "<Types/>")
        zip.add("word/document.xml", "<?xml version=\"1.0\"?><w:document><w:body>\(body)</w:body></w:document>")
        if !styles.isEmpty { zip.add("word/styles.xml", styles) }
        return zip.bytes
    }

    private static func cell(_ text: String, _ properties: String = "") -> String {
        "<w:tc><w:tcPr>\(properties)</w:tcPr><w:p><w:r><w:t>\(text)</w:t></w:r></w:p></w:tc>"
    }

    @Test func readsAWordDocument() async throws {
        let body = """
            <w:p><w:pPr><w:pStyle w:val="berschrift1"/></w:pPr><w:r><w:t>Urlaub &amp; Ferien</w:t></w:r></w:p>
            <w:p><w:pPr><w:pStyle w:val="TOC1"/></w:pPr><w:r><w:t>Contents 3</w:t></w:r></w:p>
            <w:p><w:r><w:t xml:space="preserve">You get </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>27</w:t><w:tab/><w:t>days.</w:t>
            <w:delText>old</w:delText></w:r></w:p>
            <w:p><w:pPr><w:numPr><w:ilvl w:val="0"/></w:numPr></w:pPr><w:r><w:t>an item</w:t></w:r></w:p><w:p/>
            <w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>\(Self.cell("Grade"))\(Self.cell("Days"))</w:tr>
            <w:tr>\(Self.cell("A", "<w:vMerge w:val=\"restart\"/>"))\(Self.cell("27"))</w:tr>
            <w:tr>\(Self.cell("", "<w:vMerge/>"))\(Self.cell("30"))</w:tr></w:tbl>
            """
        let styles = "<w:styles><w:style w:styleId=\"berschrift1\"><w:name w:val=\"heading 1\"/></w:style></w:styles>"
        #expect(
            try await extract(Self.docx(body, styles: styles), named: "a.docx").blocks == [
                .heading(level: 1, text: "Urlaub & Ferien"), .paragraph("You get 27 days."), .listItem("an item"),
                .tableRow("Grade: A; Days: 27"), .tableRow("Grade: A; Days: 30"),
            ]
        )
    }

    @Test func readsSlidesInTheirOrder() async throws {
        var zip = ZipFixture()
        for number in [10, 2] {
            zip.add(
                "ppt/slides/slide\(number).xml",
                """
                <p:sld><p:sp><p:nvPr><p:ph type="title"/></p:nvPr><a:p><a:r><a:t>Title \(number)</a:t></a:r></a:p></p:sp>
                <p:sp><a:p><a:r><a:t>Point </a:t></a:r><a:r><a:t>\(number)</a:t></a:r></a:p></p:sp></p:sld>
                """
            )
        }
        #expect(
            try await extract(zip.bytes, named: "a.pptx").blocks == [
                .heading(level: 2, text: "Title 2"), .listItem("Point 2"), .heading(level: 2, text: "Title 10"),
                .listItem("Point 10"),
            ]
        )
    }

    @Test(arguments: ["a.docx", "a.pptx"])
    func rejectsWhatIsNoArchive(name: String) async throws {
        #expect(try await extractionFailure("PK\u{3}\u{4} but no more".utf8, named: name)?.code == .invalidFile)
    }

    @Test func rejectsAnArchiveWithoutADocument() async throws {
        var zip = ZipFixture()
        zip.add("readme.txt", "hello")
        #expect(try await extractionFailure(zip.bytes, named: "a.docx") == .invalid("The file is not a Word document."))
    }

    @Test func stopsAZipBomb() async throws {
        var zip = ZipFixture()
        zip.addBomb("word/document.xml", megabytes: 512)
        #expect(zip.bytes.count < 8 << 20)
        let failure = try await extractionFailure(
            zip.bytes,
            named: "a.docx",
            limits: ExtractionLimits(textBytes: 1 << 20)
        )
        #expect(failure == .invalid("The file holds more than 1 MB of text."))
    }
}
