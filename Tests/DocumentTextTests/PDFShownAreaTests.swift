import Testing

@testable import DocumentText

/// Text that is outside of the part of a page that is shown.
@Suite struct PDFShownAreaTests {
    @Test func leavesOutTextBesideThePage() async throws {
        let content = PDFFixture.Content(pieces: [
            .init(x: 50, y: 100, text: "Leave is 28 days a year."), .init(x: 50, y: 130, text: "Sick pay is 6 weeks."),
            .init(x: 700, y: 100, text: "Leave is 10 days."), .init(x: 50, y: 900, text: "Old footer"),
        ])
        let document = try await extract(PDFFixture.bytes(of: [content]), named: "a.pdf")
        #expect(document.blocks.map(\.text) == ["Leave is 28 days a year.", "Sick pay is 6 weeks."])
        #expect(document.warnings == ["Text that is hidden or struck out was left out."])
    }

    @Test(arguments: [
        (0, 75.0..<750.0, 138.0..<663.0), (90, 600.0..<1125.0, 75.0..<750.0), (180, 142.5..<817.5, 600.0..<1125.0),
        (270, 138.0..<663.0, 142.5..<817.5),
    ])
    func readsTheShownAreaOfATurnedPage(turn: Int, x: Range<Double>, y: Range<Double>) {
        let list = """
            Form:            none
            Pages:           1
            Page    1 size:  450 x 350 pts
            Page    1 rot:   \(turn)
            Page    1 MediaBox:      0.00     0.00   595.00   842.00
            Page    1 CropBox:      50.00   400.00   500.00   750.00
            Page    1 TrimBox:      50.00   400.00   500.00   750.00
            """
        let information = PDFInformation(list: Array(list.utf8))
        #expect(information.shownAreas == [1: PDFInformation.Area(x: x, y: y)])
        #expect(!information.isXFA)
    }

    @Test func readsNoAreaOfAWholePage() {
        let list = """
            Form:            XFA
            Page    2 MediaBox:      0.00     0.00   595.28   841.89
            Page    2 CropBox:       0.00     0.00   595.00   842.00
            Page    3 MediaBox:      0.00     0.00   595.28
            Page    3 CropBox:     nan        0.00   inf      842.00
            """
        let information = PDFInformation(list: Array(list.utf8))
        #expect(information.shownAreas.isEmpty && information.isXFA)
    }

    @Test func leavesOutTextOutsideOfTheShownArea() {
        let texts = [(100, "Leave is 28 days a year."), (900, "Leave is 20 days a year.")].map { top, text in
            "<text top='\(top)' left='108' width='240' height='18' font='0'>\(text)</text>"
        }
        let page = "<page number='1' height='1263' width='892'>\(texts.joined())</page>"
        let markup = PDFMarkup(Array(page.utf8), showing: [1: .init(x: 0..<892, y: 0..<663)])
        #expect(markup.pages[0].runs.map(\.text) == ["Leave is 28 days a year."])
        #expect(markup.hasTextOutside)
    }

    @Test func rejectsTheNoteOfAnXFAForm() {
        func markup(_ text: String) -> PDFMarkup {
            let text = "<text top='100' left='108' width='240' height='18' font='0'>\(text)</text>"
            return PDFMarkup(Array("<page number='1' height='1263' width='892'>\(text)</page>".utf8))
        }
        #expect(markup("You can upgrade by visiting http://www.adobe.com/go/reader_download.").isNoteOfXFA)
        #expect(!markup("Parental leave is applied for with this form.").isNoteOfXFA)
    }
}
