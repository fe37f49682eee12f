import Testing

@testable import DocumentText

/// Tables of PDFs one below the other, and on the next page.
@Suite struct PDFTableStartsTests {
    private let x = [50, 200, 300, 400]
    private let salaries = [
        ["Band", "Minimum", "Midpoint", "Maximum"], ["Analyst", "41,000", "48,500", "56,000"],
        ["Manager", "66,000", "78,000", "91,000"], ["Director", "88,000", "104,000", "121,000"],
    ]
    private let allowances = [
        ["Country", "Full", "Half", "Night"], ["Austria", "50", "33", "117"],
        ["Belgium", "59", "40", "141"], ["Denmark", "75", "50", "183"],
    ]
    private let told = [
        "Band: Analyst; Minimum: 41,000; Midpoint: 48,500; Maximum: 56,000",
        "Band: Manager; Minimum: 66,000; Midpoint: 78,000; Maximum: 91,000",
        "Band: Director; Minimum: 88,000; Midpoint: 104,000; Maximum: 121,000",
        "Country: Austria; Full: 50; Half: 33; Night: 117",
        "Country: Belgium; Full: 59; Half: 40; Night: 141",
        "Country: Denmark; Full: 75; Half: 50; Night: 183",
    ]

    /// Rows of a table, of which the first is in bold type or not.
    private func rows(_ rows: [[String]], y: Int, isBold: Bool = false) -> [PDFFixture.Piece] {
        rows.enumerated().flatMap { row, cells in
            zip(cells, x).filter { !$0.0.isEmpty }.map { text, x in
                .init(x: x, y: y + row * 18, text: text, isBold: isBold && row == 0)
            }
        }
    }

    /// Lines across the page.
    private func lines(_ heights: [Int]) -> String { heights.map { "46 \(842 - $0) m 480 \(842 - $0) l S\n" }.joined() }

    private func texts(_ pieces: [PDFFixture.Piece], lines: String = "") async throws -> [String] {
        var content = PDFFixture.Content(pieces: pieces)
        content.marks += lines
        return try await extract(PDFFixture.bytes(of: [content]), named: "a.pdf").blocks.map(\.text)
    }

    @Test(arguments: [false, true]) func aGapBeforeOtherNamesEndsATableWithLines(isBold: Bool) async throws {
        let pieces = rows(salaries, y: 100, isBold: isBold) + rows(allowances, y: 190, isBold: isBold)
        let heights = [88, 106, 124, 142, 160, 178, 196, 214, 232, 250].filter { $0 != 178 }
        #expect(try await texts(pieces, lines: lines(heights)) == told)
    }

    @Test func linesThatEndAndStartAgainPartTables() async throws {
        let pieces = rows(salaries, y: 100) + rows(allowances, y: 182)
        #expect(try await texts(pieces, lines: lines([88, 105, 160, 169, 187, 242])) == told)
    }

    @Test func aTitleInPlainTypeBeginsAnotherTable() async throws {
        let pieces =
            rows(salaries, y: 100) + [.init(x: 50, y: 178, text: "Allowances")] + rows(allowances, y: 196)
        let whole = told[..<3] + ["Allowances"] + told[3...]
        #expect(try await texts(pieces, lines: lines([88, 106, 160, 184, 202, 256])) == Array(whole))
    }

    @Test func aTextAboveOtherNamesIsNoRow() async throws {
        let title = PDFFixture.Piece(x: 50, y: 172, text: "The allowances of the table below are paid for journeys")
        let pieces = rows(salaries, y: 100) + [title] + rows(allowances, y: 190)
        let whole = told[..<3] + [title.text] + told[3...]
        #expect(try await texts(pieces, lines: lines([88, 106, 124, 142, 160, 196, 214, 232, 250])) == Array(whole))
    }

    @Test func aRowOfWordsAmongFiguresIsNoHeader() async throws {
        var table = salaries
        table.insert(["Trainee", "By law", "None", "By law"], at: 2)
        #expect(
            try await texts(rows(table, y: 100), lines: lines([88, 106, 124, 142, 160, 178])) == [
                told[0], "Band: Trainee; Minimum: By law; Midpoint: None; Maximum: By law", told[1], told[2],
            ]
        )
    }

    @Test(arguments: [false, true]) func otherNamesBeginAnotherTableOnTheNextPage(isBold: Bool) async throws {
        let pages = [rows(salaries, y: 740, isBold: isBold), rows(allowances, y: 60, isBold: isBold)]
        #expect(try await extract(PDFFixture.bytes(placing: pages), named: "a.pdf").blocks.map(\.text) == told)
    }

    @Test func namesThatAPageRepeatsAreNoRow() async throws {
        let names = ["Leave", "For", "Days", "Paid"]
        let pages = [
            rows(
                [names, ["Wedding", "Staff", "Two", "Yes"], ["Moving", "Staff", "One", "Yes"]],
                y: 740,
                isBold: true
            ),
            rows(
                [names, ["Exams", "Trainees", "Five", "No"], ["Jury duty", "Staff", "Any", "Yes"]],
                y: 60,
                isBold: true
            ),
        ]
        #expect(
            try await extract(PDFFixture.bytes(placing: pages), named: "a.pdf").blocks.map(\.text) == [
                "Leave: Wedding; For: Staff; Days: Two; Paid: Yes", "Leave: Moving; For: Staff; Days: One; Paid: Yes",
                "Leave: Exams; For: Trainees; Days: Five; Paid: No",
                "Leave: Jury duty; For: Staff; Days: Any; Paid: Yes",
            ]
        )
    }

    @Test func theEndOfALastNameIsPartOfIt() async throws {
        let table = [
            ["Years of service", "Days", "Notice"], ["Less than 2", "24", "4"], ["2 to 5", "26", "6"],
            ["6 to 10", "28", "8"], ["More than", "30", "12"],
        ]
        let pieces = rows(table, y: 100) + [.init(x: 50, y: 184, text: "10"), .init(x: 50, y: 214, text: "Ask HR.")]
        #expect(
            try await texts(pieces).suffix(2) == ["Years of service: More than 10; Days: 30; Notice: 12", "Ask HR."]
        )
    }

    @Test func theEndOfANameIsNoRow() async throws {
        var pieces = rows(salaries, y: 100)
        for index in pieces.indices where pieces[index].y > 130 { pieces[index].y += 12 }
        pieces.append(.init(x: 50, y: 130, text: "of data"))
        #expect(
            try await texts(pieces) == [
                "Band: Analyst of data; Minimum: 41,000; Midpoint: 48,500; Maximum: 56,000", told[1], told[2],
            ]
        )
    }

    @Test func theRestOfARowOnTheNextPageIsPartOfIt() async throws {
        let names = [["Leave", "Days", "Needs"], ["Wedding", "2 days", "A copy of the certificate of the"]]
        let rest = [
            ["", "", "registry office"], ["Moving", "1 day", "Nothing"], ["Exams", "5 days", "A letter of the school"],
        ]
        let pages = [rows(names, y: 740), rows(rest, y: 60)].map { PDFFixture.Content(pieces: $0) }
        var (first, second) = (pages[0], pages[1])
        let columns = [46, 190, 290, 590]
        first.marks += grid(columns, y: [728, 746, 764])
        second.marks += grid(columns, y: [48, 66, 84, 102])
        #expect(
            try await extract(PDFFixture.bytes(of: [first, second]), named: "a.pdf").blocks.map(\.text) == [
                "Leave: Wedding; Days: 2 days; Needs: A copy of the certificate of the registry office",
                "Leave: Moving; Days: 1 day; Needs: Nothing",
                "Leave: Exams; Days: 5 days; Needs: A letter of the school",
            ]
        )
    }

    /// Lines around all cells.
    private func grid(_ x: [Int], y: [Int]) -> String {
        y.map { "\(x[0]) \(842 - $0) m \(x[x.count - 1]) \(842 - $0) l S\n" }.joined()
            + x.map { "\($0) \(842 - y[0]) m \($0) \(842 - y[y.count - 1]) l S\n" }.joined()
    }

    @Test func namesAtTheRightSidesOfTheirGroupsNameAllColumnsThere() async throws {
        let table = [
            ["Grade", "", "Office", "", "Field"], ["", "Days", "Pay", "Days", "Pay"],
            ["A", "25", "1,900", "27", "2,050"],
            ["B", "26", "2,200", "28", "2,410"], ["C", "28", "2,600", "30", "2,870"],
        ]
        let ends = [80, 180, 260, 340, 420]
        let pieces = table.enumerated().flatMap { row, cells in
            zip(cells, ends).filter { !$0.0.isEmpty }.map { text, end in
                PDFFixture.Piece(
                    x: end == 80 ? 50 : end - text.count * 6,
                    y: 100 + row * 18,
                    text: text,
                    isBold: row < 2
                )
            }
        }
        #expect(
            try await texts(pieces).first
                == "Grade: A; Office Days: 25; Office Pay: 1,900; Field Days: 27; Field Pay: 2,050"
        )
    }

    @Test func tellsThePagesWhoseLinesAreUnknown() async throws {
        let page = """
            <page number="3" width="900" height="1200"><text top="10" left="10" width="50" height="12">Band</text>\
            <text top="10" left="200" width="50" height="12">Pay</text><text top="40" left="10" width="50" height="12">A\
            </text><text top="40" left="200" width="50" height="12">100</text></page>
            """
        var markup = PDFMarkup(Array(page.utf8))
        let (_, unknown) = await RuledPages(limits: .standard, scans: []).addRules(to: &markup, at: "/nowhere/a.pdf")
        #expect("\(unknown)" == "Page 3")
    }

    @Test func namesAboveFewFiguresBeginAnotherTableBelowAGap() async throws {
        let contacts = [
            ["Topic", "Contact", "Phone", "Office"], ["Payroll", "Anna", "4411", "B2"], ["Leave", "Tom", "4412", "B3"],
        ]
        let pieces = rows(salaries, y: 100) + rows(contacts, y: 190)
        let all = try await texts(pieces, lines: lines([88, 106, 124, 142, 160, 196, 214, 232]))
        #expect(Array(all.prefix(3)) == Array(told[..<3]) && !all.contains { $0.contains("Midpoint: 4411") })
    }

    @Test func yearsBelowAGapAreNoRow() async throws {
        let years = [
            ["Rate", "2024", "2025", "2026"], ["Pension", "18.6", "18.6", "18.7"], ["Care", "3.4", "3.6", "3.6"],
        ]
        let all = try await texts(rows(salaries, y: 100) + rows(years, y: 178))
        #expect(Array(all.prefix(3)) == Array(told[..<3]) && !all.contains { $0.contains("Minimum: 18.6") })
    }

    @Test(arguments: [false, true]) func wordsBelowTheNameOfAGroupAreNoNames(isBold: Bool) async throws {
        let table = [
            ["Benefit", "Office", "Field", "Home"], ["Leave"], ["Annual", "30", "18", "25"], ["Study", "5", "3", "4"],
            ["Money"], ["Car", "Request", "Always", "Never"], ["Bonus", "800", "400", "600"],
            ["Meal", "75", "45", "60"],
        ]
        let all = try await texts(
            rows(table, y: 100, isBold: isBold),
            lines: lines(Array(stride(from: 88, to: 240, by: 18)))
        )
        #expect(all.contains { $0.contains("Bonus; Office: 800; Field: 400; Home: 600") || $0.hasSuffix("Home: 600") })
        #expect(!all.contains { $0.contains("Request: 800") })
    }

    /// Words below an empty row are names only if they are marked as the names above are, or if other figures are below them.
    @Test(arguments: [false, true]) func wordsBelowAnEmptyRowAreNoNames(isBold: Bool) async throws {
        let grades = [
            ["Grade", "Pay", "Bonus", "Car"], ["A", "2,100", "2 %", "None"], ["B", "2,400", "3 %", "None"], [],
            ["Trainee", "By law", "Not paid", "Never"], ["Intern", "900", "1 %", "None"],
            ["Student", "1,000", "1 %", "None"],
        ]
        #expect(
            try await texts(rows(grades, y: 100, isBold: isBold)) == [
                "Grade: A; Pay: 2,100; Bonus: 2 %; Car: None", "Grade: B; Pay: 2,400; Bonus: 3 %; Car: None",
                "Grade: Trainee; Pay: By law; Bonus: Not paid; Car: Never",
                "Grade: Intern; Pay: 900; Bonus: 1 %; Car: None", "Grade: Student; Pay: 1,000; Bonus: 1 %; Car: None",
            ]
        )
    }

    /// The figures of the second table are of the same units and sizes.
    @Test func someOfTheNamesAboveBelowAnEmptyRowAreNames() async throws {
        let plans = [
            ["Basic plan", "Near", "Abroad", "Limit"], ["Glasses", "50", "75", "900"],
            ["Braces", "1,000", "800", "1,400"], [],
            ["Full plan", "Near", "Abroad", "Share"], ["Glasses", "60", "90", "990"],
            ["Braces", "1,400", "1,100", "1,500"],
        ]
        #expect(
            try await texts(rows(plans, y: 100)).suffix(2) == [
                "Full plan: Glasses; Near: 60; Abroad: 90; Share: 990",
                "Full plan: Braces; Near: 1,400; Abroad: 1,100; Share: 1,500",
            ]
        )
    }

    @Test func yearsBelowAnEmptyRowAreNames() async throws {
        let years = [
            ["Rate", "2021", "2022", "2023"], ["Pension", "18.6", "18.5", "18.4"], ["Care", "3.1", "3.1", "3.4"], [],
            ["Rate", "2024", "2025", "2026"], ["Pension", "18.3", "18.2", "18.7"], ["Care", "3.4", "3.6", "3.6"],
        ]
        let all = try await texts(rows(years, y: 100))
        #expect(!all.contains { $0.contains("2021: 18.3") || $0.contains("2021: 2024") })
    }

    @Test(arguments: [false, true]) func linesInSmallerTypeAreOfTheNamesAboveThem(isHeaded: Bool) async throws {
        let benefits = [
            ("Leave", "for staff, each year", "30 days"), ("Sick pay", "after four weeks of work", "42 days"),
            ("Bonus", "paid with the pay of April", "8 % of pay"), ("Pension", "staff pay 2 %", "4 % of pay"),
        ]
        var pieces: [PDFFixture.Piece] = []
        if isHeaded {
            pieces += [
                .init(x: 50, y: 82, text: "Benefit", isBold: true), .init(x: 300, y: 82, text: "Worth", isBold: true),
            ]
        }
        for (row, (name, note, value)) in benefits.enumerated() {
            let y = 100 + row * 26
            pieces += [
                .init(x: 50, y: y, text: name), .init(x: 300, y: y, text: value),
                .init(x: 50, y: y + 10, text: note, size: 7),
            ]
        }
        pieces.append(.init(x: 50, y: 230, text: "Ask the service desk."))
        let told = benefits.map { isHeaded ? "Benefit: \($0) \($1); Worth: \($2)" : "\($0) \($1): \($2)" }
        #expect(try await texts(pieces) == told + ["Ask the service desk."])
    }

    /// A note below each of two tables is not the second line of a name.
    @Test func notesInSmallerTypeBelowTablesAreNoNames() async throws {
        let note = PDFFixture.Piece(x: 50, y: 166, text: "1) Paid before tax", size: 7)
        var other = note
        other.y += 120
        let pieces = rows(salaries, y: 100, isBold: true) + [note] + rows(allowances, y: 220, isBold: true) + [other]
        let all = try await texts(pieces)
        #expect(all.filter { $0.hasPrefix("Band") || $0.hasPrefix("Country") } == told)
        #expect(all.count { $0.hasSuffix("Paid before tax") } == 2)
    }

    @Test(arguments: [false, true]) func figuresBelowAnEmptyRowAreARow(isBold: Bool) async throws {
        var pieces = rows(salaries, y: 100, isBold: true)
        pieces += rows([["Total", "195,000", "230,500", "268,000"]], y: 190, isBold: isBold)
        pieces.append(.init(x: 50, y: 230, text: "Ask the service desk."))
        let total = "Band: Total; Minimum: 195,000; Midpoint: 230,500; Maximum: 268,000"
        #expect(try await texts(pieces) == told[..<3] + [total, "Ask the service desk."])
    }

    /// A line below each row, of which the first one has three lines of text.
    @Test func theLinesOfACellAreNoTableAboveTheNextRow() async throws {
        let cells: [(y: Int, [String])] = [
            (100, ["Case", "First time", "Then"]), (120, ["Coming late", "A talk on", "A reminder"]),
            (132, ["without a", "the same", "on paper"]), (144, ["message", "day", ""]),
            (164, ["Leaving work", "A reminder", "A warning"]), (176, ["without leave", "on paper", "on paper"]),
            (196, ["Misuse", "Repayment", "A warning"]), (208, ["of the car", "of the costs", "on paper"]),
        ]
        let pieces = cells.flatMap { y, texts in
            zip(texts, x).filter { !$0.0.isEmpty }.map { PDFFixture.Piece(x: $1, y: y, text: $0) }
        }
        #expect(
            try await texts(pieces, lines: lines([107, 151, 183, 215])) == [
                "Case: Coming late without a message; First time: A talk on the same day; Then: A reminder on paper",
                "Case: Leaving work without leave; First time: A reminder on paper; Then: A warning on paper",
                "Case: Misuse of the car; First time: Repayment of the costs; Then: A warning on paper",
            ]
        )
    }
}
