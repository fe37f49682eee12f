import Testing

@testable import DocumentText

/// Tables within the columns of text of a PDF's page, and across them.
@Suite struct PDFTextColumnsTests {
    private static let leave = [
        "Employees may ask for leave at any time of", "the year, provided that the work of the",
        "team can go on without them. The manager", "answers within five working days.",
    ]
    private static let receipts = [
        "Receipts are handed in within four weeks", "of the journey. Later claims are paid",
        "only with the consent of the head of the", "finance department, who records it.",
    ]
    private static let travel = [
        "Staff who travel on a working day that", "is longer than ten hours receive the",
        "allowance of the full day, others that", "of the half day, without any receipt.",
    ]

    /// Lines of paragraphs.
    private func paragraphs(_ paragraphs: [(lines: [String], y: Int)], x: Int) -> [PDFFixture.Piece] {
        paragraphs.flatMap { lines, y in
            lines.enumerated().map { .init(x: x, y: y + $0 * 12, text: $1) }
        }
    }

    /// The cells of rows.
    private func cells(_ rows: [[String]], x: [Int], y: Int) -> [PDFFixture.Piece] {
        rows.enumerated().flatMap { row, texts in
            zip(texts, x).map { PDFFixture.Piece(x: $1, y: y + row * 18, text: $0) }
        }
    }

    private func document(of pieces: [PDFFixture.Piece]) async throws -> ExtractedDocument {
        try await extract(PDFFixture.bytes(placing: [pieces]), named: "a.pdf")
    }

    @Test func readsATableWithinAColumnWithoutTheTextBesideIt() async throws {
        let table = [
            ["Service", "Days", "Notice"], ["2 years", "25", "4 weeks"], ["5 years", "27", "6 weeks"],
            ["9 years", "29", "8 weeks"],
        ]
        let document = try await document(
            of: paragraphs([(Self.leave, 100), (Self.travel, 162), (Self.receipts, 306)], x: 50)
                + cells(table, x: [50, 140, 200], y: 228)
                + paragraphs(
                    [(Self.receipts, 106), (Self.leave, 170), (Self.travel, 234), (Self.receipts, 298)],
                    x: 320
                )
        )
        let (leave, receipts, travel) = (
            Self.leave.joined(separator: " "), Self.receipts.joined(separator: " "),
            Self.travel.joined(separator: " ")
        )
        let rows = [
            "Service: 2 years; Days: 25; Notice: 4 weeks", "Service: 5 years; Days: 27; Notice: 6 weeks",
            "Service: 9 years; Days: 29; Notice: 8 weeks",
        ]
        let texts = [leave, travel] + rows + [receipts, receipts, leave, travel, receipts]
        #expect(document.blocks.map(\.text) == texts)
    }

    @Test func readsATableAcrossBothColumnsWhole() async throws {
        let table = [
            ["Band", "Minimum", "Midpoint", "Maximum"], ["Analyst", "41,000", "48,500", "56,000"],
            ["Manager", "66,000", "78,000", "91,000"], ["Director", "88,000", "104,000", "121,000"],
        ]
        let document = try await document(
            of: cells(table, x: [50, 150, 330, 430], y: 100)
                + paragraphs([(Self.leave, 190), (Self.travel, 252), (Self.receipts, 314)], x: 50)
                + paragraphs([(Self.receipts, 196), (Self.leave, 260), (Self.travel, 324)], x: 320)
        )
        let rows = [
            "Band: Analyst; Minimum: 41,000; Midpoint: 48,500; Maximum: 56,000",
            "Band: Manager; Minimum: 66,000; Midpoint: 78,000; Maximum: 91,000",
            "Band: Director; Minimum: 88,000; Midpoint: 104,000; Maximum: 121,000",
        ]
        #expect(Array(document.blocks.map(\.text).prefix(3)) == rows)
        #expect(document.blocks.count == 9)
    }
}
