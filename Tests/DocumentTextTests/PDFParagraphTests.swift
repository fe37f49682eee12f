import Testing

@testable import DocumentText

/// Numbered paragraphs and divided words of PDFs.
@Suite struct PDFParagraphTests {
    private func texts(_ pieces: [PDFFixture.Piece]) async throws -> [String] {
        try await extract(PDFFixture.bytes(placing: [pieces]), named: "a.pdf").blocks.map(\.text)
    }

    /// Numbers at the left, each with a text of two lines beside it.
    private func paragraphs(_ texts: [(number: String, first: String, second: String)]) -> [PDFFixture.Piece] {
        texts.enumerated().flatMap { place, text in
            let y = 100 + place * 40
            return [
                PDFFixture.Piece(x: 50, y: y, text: text.number), .init(x: 90, y: y, text: text.first),
                .init(x: 90, y: y + 12, text: text.second),
            ]
        }
    }

    @Test func hangingNumbersStayWithTheirParagraphs() async throws {
        let page = paragraphs([
            ("1.1", "Each of us has a leave of 28 days in a year, and on top of it", "all public holidays."),
            ("1.2", "In the first year it is less by one day for each month or part", "of it without work."),
            ("2.1", "Notice is due by the end of a week and is two weeks in all for", "the first half a year."),
        ])
        let text = try await texts(page).joined(separator: "\n")
        #expect(text.contains("1.1 Each of us has a leave of 28 days in a year, and on top of it all public holidays."))
        #expect(text.contains("1.2 In the first year it is less by one day for each month or part of it without work."))
        #expect(text.contains("2.1 Notice is due by the end of a week and is two weeks in all for the first half a"))
    }

    @Test func numbersThatDoNotCountUpAreCells() async throws {
        let rows = [("Rate", "Grade"), ("1.2", "Assistants"), ("1.1", "Drivers"), ("1.5", "Nurses")]
        let page = rows.enumerated().flatMap { place, row in
            [
                PDFFixture.Piece(x: 50, y: 100 + place * 18, text: row.0),
                .init(x: 90, y: 100 + place * 18, text: row.1),
            ]
        }
        #expect(try await texts(page) == ["Rate: Grade", "1.2: Assistants", "1.1: Drivers", "1.5: Nurses"])
    }

    @Test(arguments: ["Über\u{2010}", "Über \u{2010}"])
    func theHyphenOfUnicodeDividesWords(end: String) throws {
        let lines = [
            "Mehr Arbeit gilt als \(end)", "stunde und wird vergütet.", "Das gilt im 100\u{2010}Tage\u{2010}Plan.",
        ]
        let runs = lines.enumerated().map { place, line in
            "<text top='\(100 + place * 24)' left='100' width='300' height='20' font='0'>\(line)</text>"
        }
        let page = "<page number='1' height='1200' width='900'><fontspec id='0' size='18'/>\(runs.joined())</page>"
        let document = try PDFReader.document(ofMarkup: Array(page.utf8), limits: ExtractionLimits())
        #expect(
            document.blocks.map(\.text) == [
                "Mehr Arbeit gilt als Überstunde und wird vergütet. Das gilt im 100-Tage-Plan."
            ]
        )
    }
}
