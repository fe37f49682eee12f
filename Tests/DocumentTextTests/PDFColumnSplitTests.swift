import Testing

@testable import DocumentText

/// Tables of PDFs beside other tables and in columns of text.
@Suite struct PDFColumnSplitTests {
    private func texts(_ pieces: [PDFFixture.Piece], ruled tables: [(x: [Int], y: [Int])]) async throws -> [String] {
        var content = PDFFixture.Content(pieces: pieces)
        for (x, y) in tables { content.marks += Self.lines(x: x, y: y) }
        return try await extract(PDFFixture.bytes(of: [content]), named: "a.pdf").blocks.map(\.text)
    }

    /// The lines of the cells between places, from the top of the page.
    private static func lines(x: [Int], y: [Int]) -> String {
        guard let left = x.first, let right = x.last, let top = y.first, let bottom = y.last else { return "" }
        let rows = y.map { "\(left) \(842 - $0) m \(right) \(842 - $0) l S\n" }
        let columns = x.map { "\($0) \(842 - top) m \($0) \(842 - bottom) l S\n" }
        return (rows + columns).joined()
    }

    /// The texts of cells between lines.
    private func cells(_ rows: [[String]], x: [Int], y: [Int]) -> [PDFFixture.Piece] {
        zip(rows, y).flatMap { row, top in
            zip(row, x).map { PDFFixture.Piece(x: $1 + 4, y: top + 13, text: $0, isBold: top == y[0]) }
        }
    }

    /// Lines of a paragraph.
    private func paragraph(_ lines: [String], x: Int, y: Int) -> [PDFFixture.Piece] {
        lines.enumerated().map { .init(x: x, y: y + $0 * 12, text: $1) }
    }

    private let heights = [100, 118, 136, 154]

    @Test func tablesWithAGapBetweenThemAreRowsOfTheirOwn() async throws {
        let names = [("Meals", 50), ("Cars", 240)].map { PDFFixture.Piece(x: $1, y: 90, text: $0, isBold: true) }
        let pieces =
            names + cells([["Site", "Meal"], ["Rome", "28 euros"], ["Oslo", "41 euros"]], x: [50, 110], y: heights)
            + cells([["Car", "Per km"], ["Van", "0.38 euros"], ["Bike", "0.10 euros"]], x: [240, 310], y: heights)
        let texts = try await texts(pieces, ruled: [([50, 110, 190], heights), ([240, 310, 400], heights)])
        #expect(
            texts == [
                "Meals", "Site: Rome; Meal: 28 euros", "Site: Oslo; Meal: 41 euros", "Cars",
                "Car: Van; Per km: 0.38 euros", "Car: Bike; Per km: 0.10 euros",
            ]
        )
    }

    @Test func partsOfATableHaveTheNamesOfItsRows() async throws {
        let pieces =
            cells([["Site", "Meal"], ["Rome", "28 euros"], ["Oslo", "41 euros"]], x: [50, 110], y: heights)
            + cells([["2025", "2026"], ["12 %", "14 %"], ["22 %", "24 %"]], x: [200, 260], y: heights)
        let texts = try await texts(pieces, ruled: [([50, 110, 190], heights), ([200, 260, 320], heights)])
        #expect(
            texts == [
                "Site: Rome; Meal: 28 euros; 2025: 12 %; 2026: 14 %",
                "Site: Oslo; Meal: 41 euros; 2025: 22 %; 2026: 24 %",
            ]
        )
    }

    @Test func aTableInAColumnOfTextStaysThere() async throws {
        let left = [
            "Dogs are allowed on Tuesdays and on Fri-", "days if all colleagues in the room agree",
            "to it. Owners keep the dog on a lead and", "are liable for damage. The loss of a key",
            "is told within a day to the head of the", "house, who orders a new one and notes it",
            "in the list of keys. The key costs what", "the table on this page says for it, net.",
            "All of it is due at the end of a month.",
        ]
        let right = [
            "Visitors sign in at the desk and wear a", "badge all the time. The host takes them",
            "back to the door at the end of a visit.",
        ]
        let below = [
            "In case of fire all leave by the stairs", "and meet at the car park in front of the", "third building.",
        ]
        let table = [150, 168, 186]
        let pieces =
            paragraph(left, x: 50, y: 100) + paragraph(right, x: 320, y: 100)
            + cells([["Key", "Cost"], ["Office", "35 euros"]], x: [320, 400], y: table)
            + paragraph(below, x: 320, y: 210)
        let texts = try await texts(pieces, ruled: [([320, 400, 500], table)])
        #expect(texts.count == 4)
        #expect(texts[0].hasPrefix("Dogs are allowed") && texts[0].hasSuffix("at the end of a month."))
        #expect(texts[1].hasPrefix("Visitors sign in") && texts[1].hasSuffix("at the end of a visit."))
        #expect(texts[2] == "Key: Office; Cost: 35 euros")
        #expect(texts.last?.hasPrefix("In case of fire") == true)
    }
}
