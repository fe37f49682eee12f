import Testing

@testable import DocumentText

/// Tables of PDFs without lines, whose cells have several lines.
@Suite struct PDFWrappedTableTests {
    private func texts(_ pieces: [PDFFixture.Piece]) async throws -> [String] {
        try await extract(PDFFixture.bytes(placing: [pieces]), named: "a.pdf").blocks.map(\.text)
    }

    /// Lines of texts at columns, 12 points below each other and some points further below an empty line.
    private func lines(_ lines: [[String]], x: [Int], gap: Int = 6, areLabelsBold: Bool = false) -> [PDFFixture.Piece] {
        var y = 100
        return lines.flatMap { line -> [PDFFixture.Piece] in
            guard !line.isEmpty else {
                y += gap
                return []
            }
            defer { y += 12 }
            return zip(line, x).enumerated().compactMap { column, cell in
                cell.0.isEmpty
                    ? nil : .init(x: cell.1, y: y, text: cell.0, isBold: areLabelsBold && column == 0)
            }
        }
    }

    @Test func labelsStayWithTheTextsBesideThem() async throws {
        let page = lines(
            [
                ["Sick leave", "Report to the team lead before nine in the morning"],
                ["", "and send the certificate to the office within three"], ["", "days of absence."], [],
                ["Travel", "Book in the portal; questions to Ms Roe, ext. 333,"], ["", "from Monday to Thursday."], [],
                ["Payroll", "Ext. 311"],
            ],
            x: [50, 200]
        )
        #expect(
            try await texts(page) == [
                "Sick leave: Report to the team lead before nine in the morning and send the certificate to the office "
                    + "within three days of absence.",
                "Travel: Book in the portal; questions to Ms Roe, ext. 333, from Monday to Thursday.",
                "Payroll: Ext. 311",
            ]
        )
    }

    @Test func boldLabelsBeginRowsWithoutSpaceBetweenThem() async throws {
        let page = lines(
            [
                ["Employee", "anyone with a contract of more than ten hours a week"],
                ["", "and at least three months who is not in notice"],
                ["Child", "a child under 12 years who lives with the employee or"],
                ["", "under 18 years with a disability"],
            ],
            x: [50, 160],
            areLabelsBold: true
        )
        #expect(
            try await texts(page) == [
                "Employee: anyone with a contract of more than ten hours a week and at least three months who is not in "
                    + "notice",
                "Child: a child under 12 years who lives with the employee or under 18 years with a disability",
            ]
        )
    }

    @Test func aColumnOfTextsOfOneLineTellsTheRows() async throws {
        let page = lines(
            [
                ["Occasion", "Days", "Proof"], ["Wedding of the", "2 days", "Marriage certificate is"],
                ["employee", "", "handed in within four"], ["", "", "weeks"],
                ["Birth of a child, also", "3 days", "Birth certificate"], ["adoption of a child"],
                ["below six years"], ["Death of a spouse,", "4 days", "None"], ["parent or child"],
                ["25 years of service", "1 day", "None"],
            ],
            x: [50, 210, 300]
        )
        #expect(
            try await texts(page) == [
                "Occasion: Wedding of the employee; Days: 2 days; Proof: Marriage certificate is handed in within four weeks",
                "Occasion: Birth of a child, also adoption of a child below six years; Days: 3 days; Proof: Birth certificate",
                "Occasion: Death of a spouse, parent or child; Days: 4 days; Proof: None",
                "Occasion: 25 years of service; Days: 1 day; Proof: None",
            ]
        )
    }

    @Test func numbersOfNotesAreNoLabels() async throws {
        let page = lines(
            [
                ["[1]", "The figures are those of the year before and change with the"],
                ["", "index of prices of the office for statistics."],
                ["[2]", "The office is closed between the years and on the days that"],
                ["", "the board sets."],
            ],
            x: [50, 80]
        )
        let text = try await texts(page).joined(separator: "\n")
        #expect(!text.contains("[1]:"))
        #expect(text.contains("change with the index of prices"))
    }
}
