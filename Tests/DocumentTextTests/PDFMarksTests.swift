import Testing

@testable import DocumentText

/// Raised, struck out and hidden text of PDFs.
@Suite struct PDFMarksTests {
    private func document(_ pieces: [PDFFixture.Piece], marks: String = "") async throws -> ExtractedDocument {
        var content = PDFFixture.Content(pieces: pieces)
        content.marks += marks
        return try await extract(PDFFixture.bytes(of: [content]), named: "a.pdf")
    }

    private let warning = "Text that is hidden or struck out was left out."

    @Test func aRaisedMarkIsNoDigitOfAFigure() async throws {
        let pieces: [PDFFixture.Piece] = [
            .init(x: 50, y: 100, text: "Staff have 30"), .init(x: 128, y: 96, text: "1", size: 8),
            .init(x: 133, y: 100, text: " days a year."),
            // The mark at the start of a footnote.
            .init(x: 50, y: 142, text: "1", size: 8), .init(x: 55, y: 146, text: "6 days in the first year."),
        ]
        // `pdftohtml` does not tell how far the operator raises the text.
        let raised = """
            BT /F1 10 Tf 50 720 Td (Managers have 32) Tj /F1 8 Tf 4 Ts (2) Tj 0 Ts /F1 10 Tf ( days a year.) Tj ET

            """
        #expect(
            try await document(pieces, marks: raised).blocks.map(\.text).joined(separator: " ")
                == "Staff have 30¹ days a year. Managers have 32² days a year. [1] 6 days in the first year."
        )
    }

    @Test func leavesOutStruckOutText() async throws {
        let pieces: [PDFFixture.Piece] = [
            .init(x: 50, y: 100, text: "Parking costs 20 euros a month."),
            .init(x: 50, y: 130, text: "Lunch costs 4.50 5.20 euros a day."),
            .init(x: 50, y: 160, text: "Dinner costs 9 euros."),
            .init(x: 50, y: 190, text: "Rest"), .init(x: 300, y: 190, text: "Play"),
        ]
        // The third line is below a text, and the fourth one goes on beside the texts.
        let lines = """
            0.8 w 50 744.5 m 236 744.5 l S
            122 714.5 m 146 714.5 l S
            50 680 m 176 680 l S
            20 654.5 m 570 654.5 l S

            """
        let document = try await document(pieces, marks: lines)
        #expect(
            document.blocks.map(\.text) == ["Lunch costs 5.20 euros a day.", "Dinner costs 9 euros.", "Rest Play"]
        )
        #expect(document.warnings == [warning])
    }

    @Test func leavesOutHiddenTextBesideOther() async throws {
        let hidden = "BT 3 Tr /F1 10 Tf 50 712 Td (Leave is 24 days a year.) Tj ET\n"
        let document = try await document([.init(x: 50, y: 100, text: "Leave is 28 days a year.")], marks: hidden)
        #expect(document.blocks == [.paragraph("Leave is 28 days a year.")])
        #expect(document.warnings == [warning])
    }

    @Test func leavesOutAWatermarkAcrossThePage() throws {
        func text(_ text: String, _ left: Int, _ top: Int, _ width: Int, _ height: Int, font: Int) -> String {
            "<text top='\(top)' left='\(left)' width='\(width)' height='\(height)' font='\(font)'>\(text)</text>"
        }
        let texts =
            text("DR", 268, 696, 140, 157, font: 1) + text("AF", 405, 560, 120, 157, font: 1)
            + text("T", 523, 441, 58, 157, font: 1)
            + text("Leave is 28 days a year, and", 95, 560, 300, 19, font: 0)
            + text("a day more for each child.", 95, 583, 290, 19, font: 0)
        let fonts = "<fontspec id='0' size='16'/><fontspec id='1' size='135'/>"
        let page = "<page number='1' height='1262' width='892'>\(fonts)\(texts)</page>"
        let document = try PDFReader.document(ofMarkup: Array(page.utf8), limits: ExtractionLimits())
        #expect(document.blocks == [.paragraph("Leave is 28 days a year, and a day more for each child.")])
    }
}
