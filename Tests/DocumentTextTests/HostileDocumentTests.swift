import Foundation
import TestSupport
import Testing

@testable import DocumentText

/// Documents that are made to exhaust a reader end at its limits, in a process of its own, with a reason that names the
/// limit.
@Suite struct HostileDocumentTests {
    /// A document, and the outcome of reading it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        /// The document's name.
        let name: String
        let bytes: @Sendable () -> [UInt8]
        /// The reason why it is not read; nil if it is.
        let reason: String?

        init(_ description: String, _ name: String, _ reason: String?, _ bytes: @escaping @Sendable () -> [UInt8]) {
            (testDescription, self.name, self.reason, self.bytes) = (description, name, reason, bytes)
        }

        init(_ description: String, _ name: String, _ reason: String?, text: @escaping @Sendable () -> String) {
            self.init(description, name, reason) { Array(text().utf8) }
        }
    }

    private static let tooMuch = "The file holds more than 32 MB of text."
    private static let comparisons =
        "The page's tags are nested too deeply, and too many end tags end no element: comparing them is limited to 100 "
        + "million steps."
    private static let noText = "No text found in the file."

    private static func times(_ count: Int, _ text: String) -> String { String(repeating: text, count: count) }

    private static func docx(_ body: String, head: String = "") -> [UInt8] {
        var zip = ZipFixture()
        zip.add("word/document.xml", "\(head)<w:document><w:body>\(body)</w:body></w:document>")
        return zip.bytes
    }

    private static func paragraph(_ text: String) -> String { "<w:p><w:r><w:t>\(text)</w:t></w:r></w:p>" }

    private static func xlsx(_ rows: String, strings: String = "") -> [UInt8] {
        let names = "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
        var zip = ZipFixture()
        zip.add("xl/workbook.xml", "<workbook \(names)><sheets><sheet name='a' r:id='s'/></sheets></workbook>")
        zip.add(
            "xl/_rels/workbook.xml.rels",
            """
            <Relationships><Relationship Id='s' Type='worksheet' Target='s.xml'/>\
            <Relationship Id='t' Type='sharedStrings' Target='t.xml'/></Relationships>
            """
        )
        zip.add("xl/s.xml", "<worksheet>\(rows)</worksheet>")
        zip.add("xl/t.xml", "<sst>\(strings)</sst>")
        return zip.bytes
    }

    /// A PDF of objects without a table that says where they are.
    private static func pdf(_ objects: [String]) -> [UInt8] {
        let numbered = objects.enumerated().map { "\($0 + 1) 0 obj\n\($1)\nendobj\n" }
        return Array("%PDF-1.4\n\(numbered.joined())trailer\n<< /Root 1 0 R >>\n%%EOF\n".utf8)
    }

    /// Parts that refer to each other in a circle, each also as its own slide, style and note.
    private static func circle() -> [UInt8] {
        var zip = ZipFixture()
        zip.add(
            "_rels/.rels",
            "<Relationships><Relationship Id='1' Type='officeDocument' Target='ppt/a.xml'/></Relationships>"
        )
        for (name, next) in [("a", "b"), ("b", "a")] {
            zip.add("ppt/\(name).xml", "<p:sld><p:sldId r:id='1'/><p:sldId r:id='2'/>\(Self.slide)</p:sld>")
            zip.add(
                "ppt/_rels/\(name).xml.rels",
                ["slide", "notesSlide"].enumerated().map {
                    "<Relationship Id='\($0 + 1)' Type='\($1)' Target='\(next).xml'/>"
                }.joined()
            )
        }
        return zip.bytes
    }

    private static let slide = "<p:sp><a:p><a:r><a:t>text</a:t></a:r></a:p></p:sp>"

    private static let archives: [Case] = [
        Case("a member of many zeros", "a.docx", tooMuch) {
            var zip = ZipFixture()
            zip.addBomb("word/document.xml", megabytes: 40, claim: 100)
            return zip.bytes
        },
        Case("an archive in an archive", "a.docx", "The file is not a Word document.") {
            var zip = ZipFixture()
            zip.add("a.docx", "PK\u{3}\u{4}")
            return zip.bytes
        },
        Case("many members", "a.pptx", "The file is an archive of more than 10000 parts.") {
            var zip = ZipFixture()
            for number in 0...10_000 { zip.add("ppt/slides/slide\(number).xml", "") }
            return zip.bytes
        },
        Case("parts that refer to each other", "a.pptx", nil) { circle() },
        Case("entities of entities", "a.docx", nil) {
            let entities = (1...20).map { "<!ENTITY e\($0) '&e\($0 - 1);&e\($0 - 1);'>" }.joined()
            return docx(paragraph("text &e20;"), head: "<!DOCTYPE d [<!ENTITY e0 'lol'>\(entities)]>")
        },
        Case("empty paragraphs", "a.docx", nil) { docx(times(50_000, "<w:p/>") + paragraph("text")) },
        Case("nested elements of a .docx", "a.docx", nil) { docx(times(10_000, "<w:p><w:r>") + "<w:t>text") },
        Case("nested tables of a .docx", "a.docx", noText) {
            docx(times(10_000, "<w:tbl><w:tr><w:tc>") + paragraph("text"))
        },
        Case("numbers beyond all bounds", "a.docx", nil) {
            var zip = ZipFixture()
            let list = "<w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='1'/></w:numPr></w:pPr>"
            zip.add("word/document.xml", "<w:document><w:p>\(list)<w:r><w:t>text</w:t></w:r></w:p></w:document>")
            zip.add(
                "word/_rels/document.xml.rels",
                "<Relationships><Relationship Id='1' Type='numbering' Target='numbering.xml'/></Relationships>"
            )
            let levels = [Int.min, 0, 1, Int.max].map {
                "<w:lvl w:ilvl='\($0)'><w:start w:val='\($0 == 1 ? Int.max : .min)'/><w:lvlText w:val='%2'/></w:lvl>"
            }
            zip.add(
                "word/numbering.xml",
                """
                <w:numbering><w:abstractNum w:abstractNumId='0'>\(levels.joined())</w:abstractNum><w:num w:numId='1'>\
                <w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='-1'><w:startOverride w:val='\(Int.min)'/></w:lvlOverride>\
                <w:lvlOverride w:ilvl='1'><w:startOverride w:val='\(Int.min)'/></w:lvlOverride></w:num></w:numbering>
                """
            )
            return zip.bytes
        },
        Case("columns of a workbook", "a.xlsx", nil) { xlsx("<row>\(times(20_000, "<c><v>1</v></c>"))</row>") },
        Case(
            "a long text in many cells",
            "a.xlsx",
            "The file becomes more than 16 MB of text: its cells repeat long texts."
        ) {
            xlsx(
                times(400, "<row><c t='s'><v>0</v></c><c><v>1</v></c></row>"),
                strings: "<si><t>\(times(12_000, "text "))</t></si>"
            )
        },
        Case("rows and columns beyond all bounds", "a.xlsx", nil) {
            let columns = "<col min='\(Int.min)' max='0' hidden='1'/><col min='2' max='\(Int.max)' hidden='1'/>"
            let rows = ["\(Int.max)", "\(Int.min)", ""].map { "<row r='\($0)'><c s='\(Int.max)'><v>1</v></c></row>" }
            return xlsx(columns + rows.joined())
        },
    ]

    private static let texts: [Case] = [
        Case("columns of a .csv", "a.csv", nil) { times(20_000, "1,") + "\n" + times(20_000, "1,") },
        Case("columns of a .html", "a.html", nil) {
            "<table><tr>" + times(20_000, "<th>c") + "<tr>" + times(20_000, "<td>1")
        },
        Case("columns of a .md", "a.md", nil) {
            times(10_000, "|c") + "\n" + times(10_000, "|-") + "\n" + times(10_000, "|1")
        },
        Case("nested tags", "a.html", nil) { times(2_000, "<div><ul><li><table><tr><td>") + "text" },
        Case("attributes of a tag", "a.html", "A tag of the page has more than 1000 attributes.") {
            "<p " + (0..<50_000).map { "a\($0)='\($0)'" }.joined(separator: " ") + ">text"
        },
        Case("attributes of a whole tag", "a.html", "A tag of the page has more than 1000 attributes.") {
            "<p>text<p " + (0..<1_001).map { "a\($0)" }.joined(separator: " ") + ">text"
        },
        Case("as many attributes as a tag may have", "a.html", nil) {
            "<p " + (0..<1_000).map { "a\($0)" }.joined(separator: " ") + ">text"
        },
        Case("equal attributes", "a.html", nil) { "<p " + times(100_000, "a ") + ">text" },
        Case("wrong end tags of nested elements", "a.html", comparisons) {
            times(50_000, "<div>") + "text" + times(50_000, "</b>")
        },
        Case("end tags of outer elements", "a.html", comparisons) {
            "<b>" + times(50_000, "<div>") + "text" + times(50_000, "</b>")
        },
        Case("wrong end tags", "a.html", nil) { times(50, "<div>") + "text" + times(500_000, "</b>") },
        Case("nested lists", "a.md", nil) { (0..<3_000).map { times(min($0, 100), "  ") + "- item\n" }.joined() },
        Case("nested arrays", "a.json", "The JSON is nested too deeply.") { times(10_000, "[") + times(10_000, "]") },
        Case("code that nothing closes", "a.md", nil) { (0..<1_000).map { "a" + times($0, "`") }.joined() },
        Case("a long line", "a.txt", nil) { times(200_000, "word ") },
        Case("more text than is read", "a.txt", tooMuch) { times(33 << 20, "a") },
        Case("an external entity", "a.html", nil) {
            "<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><p>text &e;</p>"
        },
    ]

    private static let pdfs: [Case] = [
        Case(
            "a circle of pages",
            "a.pdf",
            "The file is damaged: it is not a whole PDF."
        ) {
            pdf([
                "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1000000 >>",
                "<< /Type /Pages /Parent 2 0 R /Kids [2 0 R 3 0 R] /Count 1000000 >>",
            ])
        },
        Case(
            "a stream whose length is itself",
            "a.pdf",
            "No text could be read from the file: it is damaged, or its pages are blank."
        ) {
            pdf([
                "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
                "<< /Type /ObjStm /Length 4 0 R /N 100 /First 4 0 R /Extends 4 0 R >>\nstream\n4 0 4 0\nendstream",
            ])
        },
    ]

    /// The program whose command reads a document, built beside the tests.
    private static let program = HelperProgram(
        name: URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "policy-assistant")
            .path,
        package: nil
    )

    @Test(arguments: archives + texts + pdfs)
    func endsInItsLimits(_ document: Case) async throws {
        let folder = WorkingFolder()
        defer { folder.remove() }
        let path = "\(try folder.path())/file"
        try Data(document.bytes()).write(to: URL(filePath: path))
        let limits = ExtractionLimits(textBytes: 256 << 20, helperTime: .seconds(60))
        let outcome = try await Self.program.run(
            ["read-document", "--", path, document.name],
            within: limits,
            writingIn: folder
        )
        #expect(outcome.exitCode == 0, "ended by signal \(outcome.signal ?? 0)")
        // A frame with an error is a tag, four bytes of length, the code and the reason.
        let isError = outcome.output.first == UInt8(ascii: "E")
        let content = String(decoding: outcome.output.dropFirst(5), as: UTF8.self)
        let reason = isError ? content.split(separator: "\n", maxSplits: 1).last.map { String($0) } : nil
        #expect(reason == document.reason)
        #expect(!content.contains("root:"))
    }
}
