import TestSupport
import Testing

@testable import DocumentText

/// The letters of lists, to which sentences refer.
@Suite struct LabelReferencesTests {
    @Test(arguments: [
        ("In the cases of a) and c) two days are granted.", true), ("The amount in (b), (c) is paid.", true),
        ("It applies to number 2 (iii).", true), ("a) Wedding", false),
        ("The employee(s) (m/f) get two (2) days.", false),
        ("Pay (gross) is due.", false),
    ])
    func findsReferences(line: String, isReference: Bool) {
        #expect(LabelReferences.areIn([line]) == isReference)
    }

    @Test(arguments: [
        ("In the case of b) one day is granted.", ["a) Wedding", "b) Birth"]),
        ("One day is granted for each.", ["Wedding", "Birth"]),
    ])
    func keepsTheLettersThatAreReferredTo(sentence: String, items: [String]) async throws {
        let pages = [["Special leave is for", "a) Wedding", "b) Birth", "", sentence]]
        let document = try await extract(PDFFixture.bytes(pages: pages), named: "a.pdf")
        #expect(document.blocks.suffix(3) == [.listItem(items[0]), .listItem(items[1]), .paragraph(sentence)])
    }

    @Test(arguments: [
        ("In the case of (b) one day is granted.", ["(a) Wedding", "(b) Birth"]),
        ("One day is granted for each.", ["Wedding", "Birth"]),
    ])
    func keepsTheLettersOfPlainTextThatAreReferredTo(sentence: String, items: [String]) throws {
        let document = try LayoutReader.document(from: "Special leave is for\n(a) Wedding\n(b) Birth\n\n\(sentence)")
        #expect(document.blocks.suffix(3) == [.listItem(items[0]), .listItem(items[1]), .paragraph(sentence)])
    }

    @Test(arguments: [
        ("lowerLetter", "In the case of (b) one day is granted.", ["(a) Wedding", "Wedding: (b) own"]),
        ("decimal", "By § 4 (2), one day is granted.", ["(1) Wedding", "Wedding: (2) own"]),
        ("decimal", "In the case of (b) one day is granted.", ["Wedding", "Wedding: own"]),
        ("lowerLetter", "One day is granted.", ["Wedding", "Wedding: own"]),
    ])
    func keepsTheLabelsOfWordThatAreReferredTo(format: String, sentence: String, items: [String]) async throws {
        func paragraph(_ text: String, _ level: Int? = nil) -> String {
            let list = level.map { "<w:numPr><w:ilvl w:val=\"\($0)\"/><w:numId w:val=\"1\"/></w:numPr>" } ?? ""
            return "<w:p><w:pPr>\(list)</w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
        }
        let levels = (0...1).map {
            "<w:lvl w:ilvl=\"\($0)\"><w:start w:val=\"\($0 + 1)\"/><w:numFmt w:val=\"\(format)\"/><w:lvlText w:val=\"(%\($0 + 1))\"/></w:lvl>"
        }
        let body = paragraph("Wedding", 0) + paragraph("own", 1) + paragraph(sentence)
        var zip = ZipFixture()
        zip.add("word/document.xml", "<w:document><w:body>\(body)</w:body></w:document>")
        let target = "Type=\"http://example.org/numbering\" Target=\"numbering.xml\""
        zip.add("word/_rels/document.xml.rels", "<Relationships><Relationship Id=\"r1\" \(target)/></Relationships>")
        zip.add(
            "word/numbering.xml",
            "<w:numbering><w:abstractNum w:abstractNumId=\"0\">\(levels.joined())</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>"
        )
        let document = try await extract(zip.bytes, named: "a.docx")
        #expect(document.blocks == [.listItem(items[0]), .listItem(items[1]), .paragraph(sentence)])
    }
}
