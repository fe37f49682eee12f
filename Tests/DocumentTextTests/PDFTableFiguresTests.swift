import Testing

@testable import DocumentText

/// Tables of PDFs whose figures have signs and groups of digits, and whose first rows or cells are no names and no lists.
@Suite struct PDFTableFiguresTests {
    /// The width of a letter, in points.
    private static let letter = 6

    /// The cells of rows, of which those but the first of each end at a place.
    private func rightCells(_ rows: [[String]], x: [Int], y: Int, by pitch: Int) -> [PDFFixture.Piece] {
        rows.enumerated().flatMap { row, texts in
            texts.indices.map { column in
                let width = column == 0 ? 0 : texts[column].count * Self.letter
                return PDFFixture.Piece(x: x[column] - width, y: y + row * pitch, text: texts[column])
            }
        }
    }

    /// The cells of rows, without those that are empty.
    private func cells(_ rows: [[String]], x: [Int], y: Int, by pitch: Int) -> [PDFFixture.Piece] {
        rows.enumerated().flatMap { row, texts in
            zip(texts, x).compactMap { text, x in
                text.isEmpty ? nil : PDFFixture.Piece(x: x, y: y + row * pitch, text: text)
            }
        }
    }

    private func texts(_ pieces: [PDFFixture.Piece], marks: String = "") async throws -> [String] {
        var content = PDFFixture.Content(pieces: pieces)
        content.marks += marks
        return try await extract(PDFFixture.bytes(of: [content]), named: "a.pdf").blocks.map(\.text)
    }

    @Test func keepsGroupsOfDigitsInOneCell() async throws {
        let rows = [
            ["Site", "Change", "Sum", "Share"], ["Bern", "(120.50)", "12 400 000", "45"],
            ["Genf", "(85.00)", "9 850 000", "30"], ["Chur", "15.25", "1 120 500", "24"],
            ["Total", "(190.25)", "23 370 500", "99"],
        ]
        let expected = [
            "Site: Bern; Change: (120.50); Sum: 12 400 000; Share: 45",
            "Site: Genf; Change: (85.00); Sum: 9 850 000; Share: 30",
            "Site: Chur; Change: 15.25; Sum: 1 120 500; Share: 24",
            "Site: Total; Change: (190.25); Sum: 23 370 500; Share: 99",
        ]
        let texts = try await texts(rightCells(rows, x: [50, 180, 252, 300], y: 100, by: 18))
        #expect(texts == expected)
    }

    @Test func readsNegativeFiguresAsFigures() async throws {
        let text = ["Employees may ask for leave at any time of", "the year, provided that the work of the team"]
        let rows = [
            ["Position", "2024", "2025", "Change"], ["Wages", "1 204 300", "1 310 450", "+106 150"],
            ["Travel", "- 45 200", "- 39 900", "+5 300"], ["Training", "(12 050)", "(14 300)", "(2 250)"],
            ["Result", "1 147 050", "1 256 250", "+109 200"],
        ]
        let above = text.enumerated().map { PDFFixture.Piece(x: 50, y: 76 + $0 * 12, text: $1) }
        let below = text.enumerated().map { PDFFixture.Piece(x: 50, y: 192 + $0 * 12, text: $1) }
        let expected = [
            "Position: Wages; 2024: 1 204 300; 2025: 1 310 450; Change: +106 150",
            "Position: Travel; 2024: - 45 200; 2025: - 39 900; Change: +5 300",
            "Position: Training; 2024: (12 050); 2025: (14 300); Change: (2 250)",
            "Position: Result; 2024: 1 147 050; 2025: 1 256 250; Change: +109 200",
        ]
        let texts = try await texts(above + rightCells(rows, x: [50, 250, 350, 450], y: 112, by: 16) + below)
        #expect(Array(texts.dropFirst().prefix(4)) == expected)
    }

    @Test func readsListsBesideTheNamesOfRowsAsCells() async throws {
        let rows = [
            ["Benefit", "What is covered", "Limit"], ["Mobility", "- Public transport", "60 euros"],
            ["", "- Bicycle leasing"], ["Health", "- Glasses", "300 euros"], ["", "- Fitness courses"],
            ["Family", "- Child care", "150 euros"], ["", "- Holiday camps"],
        ]
        let expected = [
            "Benefit: Mobility; What is covered: - Public transport - Bicycle leasing; Limit: 60 euros",
            "Benefit: Health; What is covered: - Glasses - Fitness courses; Limit: 300 euros",
            "Benefit: Family; What is covered: - Child care - Holiday camps; Limit: 150 euros",
        ]
        let texts = try await texts(cells(rows, x: [50, 200, 350], y: 100, by: 12))
        #expect(texts == expected)
    }

    @Test func takesNoRowWithFiguresLikeTheOthersForNamesByTheLineBelowIt() async throws {
        let rows = [
            ["Payroll", "Anna Berg", "4411"], ["Leave", "Tom Reiter", "4412"], ["Travel", "Paul Sand", "4431"],
        ]
        let lines = [105, 123, 141].map { "46 \(842 - $0) m 450 \(842 - $0) l S\n" }
        let texts = try await texts(cells(rows, x: [50, 200, 350], y: 100, by: 18), marks: lines.joined())
        #expect(texts == rows.map { $0.joined(separator: "; ") })
    }

    @Test func joinsTheLinesOfNamesThatNothingMarks() async throws {
        let rows = [
            ["Type of leave", "Entitlement per", "Carry-over to"], ["", "calendar year", "the following"],
            ["", "(days)", "year"], ["Annual leave", "30", "5"], ["Sick leave", "42", "0"], ["Study leave", "5", "2"],
        ]
        let names = [
            "Type of leave: ", "; Entitlement per calendar year (days): ", "; Carry-over to the following year: ",
        ]
        let expected = rows.dropFirst(3).map { row in zip(names, row).map { $0 + $1 }.joined() }
        let texts = try await texts(cells(rows, x: [50, 180, 320], y: 100, by: 13))
        #expect(texts == expected)
    }

    @Test func readsAValueInTheMiddleOfTwoColumnsAsThatOfBoth() async throws {
        let rows = [
            ["Leave", "Year 1", "Year 2", "Year 3"], ["Annual", "24 days", "26 days", "28 days"], ["Study"],
            ["Care", "10 days", "12 days", "14 days"], ["Moving", "1 day"],
        ]
        let values = [
            PDFFixture.Piece(x: 203, y: 136, text: "5 days"), .init(x: 353, y: 136, text: "8 days"),
            .init(x: 303, y: 172, text: "2 days"),
        ]
        let expected = [
            "Leave: Annual; Year 1: 24 days; Year 2: 26 days; Year 3: 28 days",
            "Leave: Study; Year 1, Year 2: 5 days; Year 3: 8 days",
            "Leave: Care; Year 1: 10 days; Year 2: 12 days; Year 3: 14 days",
            "Leave: Moving; Year 1: 1 day; Year 2, Year 3: 2 days",
        ]
        let texts = try await texts(cells(rows, x: [50, 150, 250, 350], y: 100, by: 18) + values)
        #expect(texts == expected)
    }
}
