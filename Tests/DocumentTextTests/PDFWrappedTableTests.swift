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

    /// The figures are as long as each other and far shorter than their columns are wide.
    @Test func namesThatWrapBesideFiguresAreOfOneRow() async throws {
        typealias Piece = PDFFixture.Piece
        let names = [("Lathe", 60, 100), ("Spindle", 190, 100), ("speed", 190, 112), ("Operator", 300, 100)]
        var pieces = names.map { Piece(x: $0.1, y: $0.2, text: $0.0, isBold: true) }
        let rows = [
            ("Titan A", "737 rpm", "Dario"), ("Colt B", "105 rpm", "Tilda"), ("Bison C", "491 rpm", "Yannick"),
            ("Crane", "855 rpm", "Olga"),
        ]
        for (number, row) in rows.enumerated() {
            let y = 124 + 24 * number
            pieces += zip(["\(row.0) of the lower", row.1, row.2], [60, 190, 300]).map { Piece(x: $1, y: y, text: $0) }
            pieces.append(Piece(x: 60, y: y + 12, text: "Western Yard, Hall 2"))
        }
        pieces += zip(["Mule", "814 rpm", "Berit"], [60, 190, 300]).map { Piece(x: $1, y: 220, text: $0) }
        let read = try await extract(PDFFixture.bytes(placing: [pieces]), named: "a.pdf")
        let told = rows.map {
            "Lathe: \($0.0) of the lower Western Yard, Hall 2; Spindle speed: \($0.1); Operator: \($0.2)"
        }
        #expect(read.blocks.map(\.text) == told + ["Lathe: Mule; Spindle speed: 814 rpm; Operator: Berit"])
    }
}
