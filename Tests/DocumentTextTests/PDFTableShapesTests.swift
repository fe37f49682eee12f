import Testing

@testable import DocumentText

/// Names, empty rows, lists and cards of tables of PDFs.
@Suite struct PDFTableShapesTests {
    private func texts(_ pieces: [PDFFixture.Piece], lines: String = "") async throws -> [String] {
        var content = PDFFixture.Content(pieces: pieces)
        content.marks += lines
        return try await extract(PDFFixture.bytes(of: [content]), named: "a.pdf").blocks.map(\.text)
    }

    /// Horizontal lines at heights, and vertical ones between the first and the last of them.
    private func lines(x: ClosedRange<Int>, y: [Int], columns: [Int] = []) -> String {
        let rows = y.map { "\(x.lowerBound) \(842 - $0) m \(x.upperBound) \(842 - $0) l S\n" }
        return (rows + columns.map { "\($0) \(842 - y[0]) m \($0) \(842 - y[y.count - 1]) l S\n" }).joined()
    }

    /// Rows of texts that begin, or end at places, with letters that are 6 points wide.
    private func rows(_ rows: [[String]], x: [Int], y: Int, by pitch: Int = 18, isRight: Bool = false)
        -> [PDFFixture.Piece]
    {
        rows.enumerated().flatMap { row, cells in
            zip(cells, x).enumerated().compactMap { column, cell in
                let start = isRight && column > 0 ? cell.1 - cell.0.count * 6 : cell.1
                return cell.0.isEmpty ? nil : .init(x: start, y: y + row * pitch, text: cell.0)
            }
        }
    }

    @Test func aNameThatBeginsLeftOfItsFiguresIsThatOfTheirColumn() async throws {
        let names = rows(
            [["", "Basic plan", "Plus plan", "Top plan"], ["", "(all staff)", "(from grade 5)", "(managers)"]],
            x: [50, 170, 255, 380],
            y: 100,
            by: 12
        )
        let figures = rows(
            [["Deductible", "500", "250", "0"], ["Implants", "50", "70", "90"], ["Glasses", "10", "150", "300"]],
            x: [50, 240, 360, 460],
            y: 134,
            isRight: true
        )
        #expect(
            try await texts(names + figures, lines: lines(x: 46...470, y: [88, 120, 180])) == [
                "Deductible; Basic plan (all staff): 500; Plus plan (from grade 5): 250; Top plan (managers): 0",
                "Implants; Basic plan (all staff): 50; Plus plan (from grade 5): 70; Top plan (managers): 90",
                "Glasses; Basic plan (all staff): 10; Plus plan (from grade 5): 150; Top plan (managers): 300",
            ]
        )
    }

    @Test func anEmptyRowDoesNotEndATable() async throws {
        let x = [50, 250, 350, 450]
        let page =
            rows(
                [
                    ["", "Employee", "Employer", "Total"], ["Pension", "9.30 %", "9.30 %", "18.60 %"],
                    ["Health", "7.30 %", "7.30 %", "14.60 %"],
                ],
                x: x,
                y: 100
            )
            + rows([["Care", "1.70 %", "1.70 %", "3.40 %"], ["Sum", "18.30 %", "18.30 %", "36.60 %"]], x: x, y: 172)
        #expect(
            try await texts(page) == [
                "Pension; Employee: 9.30 %; Employer: 9.30 %; Total: 18.60 %",
                "Health; Employee: 7.30 %; Employer: 7.30 %; Total: 14.60 %",
                "Care; Employee: 1.70 %; Employer: 1.70 %; Total: 3.40 %",
                "Sum; Employee: 18.30 %; Employer: 18.30 %; Total: 36.60 %",
            ]
        )
    }

    @Test func aNameInTheMiddleBetweenTwoLinesIsThatOfAllRowsThere() async throws {
        let page = rows(
            [
                ["Region", "Grade", "Bonus"], ["", "A", "5 %"], ["North", "B", "7 %"], ["", "C", "9 %"],
                ["", "A", "4 %"], ["South", "B", "6 %"], ["", "C", "8 %"],
            ],
            x: [50, 200, 300],
            y: 113
        )
        #expect(
            try await texts(page, lines: lines(x: 46...360, y: [100, 118, 172, 226])) == [
                "Region: North; Grade: A; Bonus: 5 %", "Region: North; Grade: B; Bonus: 7 %",
                "Region: North; Grade: C; Bonus: 9 %", "Region: South; Grade: A; Bonus: 4 %",
                "Region: South; Grade: B; Bonus: 6 %", "Region: South; Grade: C; Bonus: 8 %",
            ]
        )
    }

    @Test func listsBesideEachOtherAreRows() async throws {
        let page =
            rows([["Site", "Shift", "Hours", "Bonus"]], x: [54, 154, 254, 354], y: 113)
            + rows(
                [["Kiel", "Early", "6-14", "0 %"], ["", "Late", "14-22", "5 %"], ["", "Night", "22-6", "25 %"]],
                x: [54, 154, 254, 354],
                y: 131,
                by: 12
            )
            + rows(
                [["Ulm", "Early", "5-13", "2 %"], ["", "Night", "21-5", "30 %"]],
                x: [54, 154, 254, 354],
                y: 173,
                by: 12
            )
        let lines = lines(x: 50...450, y: [100, 118, 160, 190], columns: [50, 150, 250, 350, 450])
        #expect(
            try await texts(page, lines: lines) == [
                "Site: Kiel; Shift: Early; Hours: 6-14; Bonus: 0 %",
                "Site: Kiel; Shift: Late; Hours: 14-22; Bonus: 5 %",
                "Site: Kiel; Shift: Night; Hours: 22-6; Bonus: 25 %",
                "Site: Ulm; Shift: Early; Hours: 5-13; Bonus: 2 %",
                "Site: Ulm; Shift: Night; Hours: 21-5; Bonus: 30 %",
            ]
        )
    }

    @Test func wrappedTextsBesideEachOtherAreCells() async throws {
        let page =
            rows([["Site", "Rule", "Amount"]], x: [54, 154, 304], y: 113)
            + rows(
                [["Kiel", "Parking is free for", "10 euros or"], ["", "Whoever drives", "12 euros"]],
                x: [54, 154, 304],
                y: 131,
                by: 12
            )
            + rows([["Ulm", "None", "0 euros"]], x: [54, 154, 304], y: 161)
        let lines = lines(x: 50...400, y: [100, 118, 148, 166], columns: [50, 150, 300, 400])
        #expect(
            try await texts(page, lines: lines).first
                == "Site: Kiel; Rule: Parking is free for Whoever drives; Amount: 10 euros or 12 euros"
        )
    }

    @Test func labelsInSmallTypeAreThoseOfTheValuesBelowThem() async throws {
        let cards = [
            [("Position", "Nurse"), ("Grade", "P8"), ("Weekly hours", "38.5")],
            [("Start", "1 May 2026"), ("Notice", "6 weeks"), ("Leave", "31 days")],
        ]
        let page = cards.enumerated().flatMap { row, cards in
            cards.enumerated().flatMap { column, card in
                [
                    PDFFixture.Piece(x: 50 + column * 160, y: 100 + row * 45, text: card.0, size: 7),
                    .init(x: 50 + column * 160, y: 113 + row * 45, text: card.1, size: 11),
                ]
            }
        }
        #expect(
            try await texts(page) == [
                "Position: Nurse; Grade: P8; Weekly hours: 38.5", "Start: 1 May 2026; Notice: 6 weeks; Leave: 31 days",
            ]
        )
    }

    @Test func columnsWithHeightsOfTheirOwnAreReadOneAfterTheOther() async throws {
        func column(_ texts: [(String, String)], x: Int, y: Int) -> [PDFFixture.Piece] {
            texts.enumerated().flatMap { place, text in
                [
                    PDFFixture.Piece(x: x, y: y + place * 34, text: text.0, isBold: true),
                    .init(x: x, y: y + 12 + place * 34, text: text.1),
                ]
            }
        }
        let left = [
            ("How long is the notice?", "Four weeks."), ("When is pay day?", "On the 25th."),
            ("Who signs?", "The lead."),
        ]
        let right = [
            ("What about dogs?", "On Fridays only."), ("How much is lunch?", "4.60 euros."),
            ("Is parking free?", "Yes, in B."),
        ]
        let texts = try await texts(column(left, x: 50, y: 103) + column(right, x: 320, y: 97))
        #expect(texts == (left + right).flatMap { [$0.0, $0.1] })
    }

    /// Two pages below each other, and two with the columns beside theirs.
    @Test func columnsOnPagesOfTheirOwnHaveTheNamesOfTheirRows() async throws {
        typealias Piece = PDFFixture.Piece
        func pieces(_ rows: [[String]]) -> [Piece] {
            rows.enumerated().flatMap { number, row in
                zip(row, [60, 200, 300]).map { Piece(x: $1, y: 100 + 14 * number, text: $0) }
            }
        }
        let names = [["Clover", "Heather", "Linden"], ["Acacia", "Chestnut", "Willow"]]
        let pages = names.enumerated().map { page, names in
            pieces(
                [["Hive", "Frames", "Honey"]]
                    + names.enumerated().map { [$1, "\(10 + page * 3 + $0)", "\(40 + page * 3 + $0)"] }
            )
        }
        let others = (0..<2).map { number in
            pieces(
                [["Queens", "Boxes", "Visits"]]
                    + (0..<3).map { ["\(70 + number * 3 + $0)", "\(5 + $0)", "\(8 + $0)"] }
            )
        }
        let read = try await extract(PDFFixture.bytes(placing: pages + others), named: "a.pdf")
        let texts = read.blocks.map(\.text)
        #expect(texts.contains("Hive: Heather; Queens: 71; Boxes: 6; Visits: 9"))
        #expect(texts.contains("Hive: Willow; Queens: 75; Boxes: 7; Visits: 10"))
    }

    @Test(arguments: [false, true])
    func aTitleInBoldTypeBeginsAnotherTable(isRuled: Bool) async throws {
        typealias Piece = PDFFixture.Piece
        func pieces(_ rows: [[String]], y: Int) -> [Piece] {
            rows.enumerated().flatMap { number, row in
                zip(row, [60, 200, 300]).map { Piece(x: $1, y: y + 16 * number, text: $0, isBold: number == 0) }
            }
        }
        let ponds = [
            ["Pond", "Depth", "Fish"], ["Quarry", "181", "908"], ["Willow", "332", "651"], ["Upper", "214", "220"],
        ]
        let rooms = [
            ["Room", "Guests", "Guard"], ["Amber", "611", "Jaro"], ["Coin", "14", "Xenia"], ["Map", "62", "Fabio"],
        ]
        let title = Piece(x: 60, y: 164, text: "Museums", isBold: true)
        var page = PDFFixture.Content(pieces: pieces(ponds, y: 100) + [title] + pieces(rooms, y: 180))
        if isRuled {
            let heights = [104, 120, 136, 152, 184, 200, 216, 232]
            page.marks += heights.map { "55 \(842 - $0) 330 0.5 re f\n" }.joined()
        }
        let read = try await extract(PDFFixture.bytes(of: [page]), named: "a.pdf")
        let texts = read.blocks.map(\.text)
        #expect(texts.contains("Pond: Upper; Depth: 214; Fish: 220"))
        #expect(texts.contains("Museums"))
        #expect(texts.contains("Room: Amber; Guests: 611; Guard: Jaro"))
    }

    /// The rows have more lines than those of most tables.
    @Test func aNameOfTwoLinesIsOneBetweenLines() async throws {
        typealias Piece = PDFFixture.Piece
        let names = [("Titan", "A", 37), ("Bison", "C", 53), ("Falcon", "D", 96), ("Mule", "E", 35)]
        var pieces = [("Lathe", 60), ("Noise", 120), ("Care", 180)].map {
            Piece(x: $0.1, y: 100, text: $0.0, isBold: true)
        }
        for (row, (first, second, days)) in names.enumerated() {
            let y = 116 + row * 66
            let care = [
                "Clean it every", "\(days) days. Use the", "brush of the lower", "store, and leave it", "for one hour.",
            ]
            pieces += [Piece(x: 60, y: y, text: first), Piece(x: 60, y: y + 12, text: second)]
            pieces += [Piece(x: 120, y: y, text: "\(days + 400)")]
            pieces += care.enumerated().map { Piece(x: 180, y: y + 12 * $0, text: $1) }
        }
        var page = PDFFixture.Content(pieces: pieces)
        page.marks += (0..<5).map { "55 \(842 - 104 - $0 * 66) 300 0.5 re f\n" }.joined()
        let read = try await extract(PDFFixture.bytes(of: [page]), named: "a.pdf")
        let told = names.map { first, second, days in
            """
            Lathe: \(first) \(second); Noise: \(days + 400); Care: Clean it every \(days) days. \
            Use the brush of the lower store, and leave it for one hour.
            """
        }
        #expect(read.blocks.map(\.text) == told)
    }

    /// Some values hold for two rows.
    @Test func rowsWithFiguresBesideTheNameOfAllOfThemAreNotOneRow() async throws {
        let table = [
            ["Region", "City", "Hotel", "Meals", "Car"], ["Europe", "Paris", "190", "55", "B"],
            ["", "Lyon", "140", "", "B"], ["", "Madrid", "150", "48", "A"], ["Asia", "Tokyo", "230", "70", ""],
            ["", "Osaka", "180", "66", "C"],
        ]
        let pieces = table.enumerated().flatMap { row, cells in
            zip(cells, [50, 140, 230, 320, 410]).filter { !$0.0.isEmpty }.map { text, x in
                PDFFixture.Piece(x: x, y: 100 + row * 16, text: text, isBold: row == 0)
            }
        }
        let all = try await extract(PDFFixture.bytes(placing: [pieces]), named: "a.pdf").blocks.map(\.text)
        #expect(all.contains { $0.hasSuffix("City: Lyon; Hotel: 140; Car: B") })
        #expect(all.contains { $0.hasSuffix("City: Madrid; Hotel: 150; Meals: 48; Car: A") })
        #expect(all.contains { $0.hasSuffix("City: Osaka; Hotel: 180; Meals: 66; Car: C") })
    }
}
