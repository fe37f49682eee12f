import Testing

@testable import DocumentText

@Suite struct PDFTableHeaderTests {
    private typealias Text = (text: String, x: Int, y: Int)

    /// A page with texts of 10 units a letter at places, as `pdftohtml -xml` writes it.
    private func texts(_ texts: [Text], rules: PDFRules) throws -> [String] {
        let runs = texts.map { text, x, y in
            "<text top='\(y)' left='\(x)' width='\(text.count * 10)' height='23' font='0'>\(text)</text>"
        }
        let page = "<page number='1' height='1200' width='900'><fontspec id='0' size='20'/>\(runs.joined())</page>"
        var markup = PDFMarkup(Array(page.utf8))
        markup.pages[0].rules = rules
        return try PDFDocument.document(of: markup, limits: ExtractionLimits()).blocks.map(\.text)
    }

    private func rows(_ rows: [[String]], y: Int) -> [Text] {
        rows.enumerated().flatMap { row, cells in
            zip(cells, [100, 250, 400, 550, 700]).compactMap { text, x in
                text.isEmpty ? nil : (text, x, y + row * 40)
            }
        }
    }

    private func lines(_ positions: [Double], _ range: Range<Double> = 95..<800) -> [PDFRules.Rule] {
        positions.map { PDFRules.Rule(position: $0, range: range) }
    }

    @Test func aLineBelowANameTellsItsColumns() throws {
        let cells: [Text] =
            [("Inland", 310, 400), ("Abroad", 610, 400)] + rows([["Site", "Meals", "Hotel", "Lunch", "Room"]], y: 436)
            + rows([["Kiel", "28", "150", "41", "160"], ["Ulm", "27", "140", "42", "170"]], y: 480)
        let rules = PDFRules(
            horizontal: lines([396, 472, 560]) + lines([430], 245..<500) + lines([430], 545..<780)
        )
        #expect(
            try texts(cells, rules: rules) == [
                "Site: Kiel; Inland Meals: 28; Inland Hotel: 150; Abroad Lunch: 41; Abroad Room: 160",
                "Site: Ulm; Inland Meals: 27; Inland Hotel: 140; Abroad Lunch: 42; Abroad Room: 170",
            ]
        )
    }

    @Test func aNameInTheMiddleAboveItsColumnsCoversThem() throws {
        let cells: [Text] =
            [("Inland", 320, 400), ("Abroad", 620, 400)] + rows([["Site", "Meals", "Hotel", "Lunch", "Room"]], y: 440)
            + rows([["Kiel", "28", "150", "41", "160"], ["Ulm", "27", "140", "42", "170"]], y: 480)
        #expect(
            try texts(cells, rules: PDFRules(horizontal: lines([396, 472, 560]))) == [
                "Site: Kiel; Inland Meals: 28; Inland Hotel: 150; Abroad Lunch: 41; Abroad Room: 160",
                "Site: Ulm; Inland Meals: 27; Inland Hotel: 140; Abroad Lunch: 42; Abroad Room: 170",
            ]
        )
    }

    @Test func namesThatEndOnTheSameLineAreWhole() throws {
        let cells =
            rows([["", "Hours", "", "Pay"]], y: 400) + rows([["", "of a whole", "", "in a"]], y: 426)
            + rows([["Site", "week", "Breaks", "month"]], y: 452)
            + rows([["Kiel", "38", "45", "2,100"], ["Ulm", "40", "30", "2,300"]], y: 490)
        #expect(
            try texts(cells, rules: PDFRules(horizontal: lines([396, 482, 566]))) == [
                "Site: Kiel; Hours of a whole week: 38; Breaks: 45; Pay in a month: 2,100",
                "Site: Ulm; Hours of a whole week: 40; Breaks: 30; Pay in a month: 2,300",
            ]
        )
    }

    @Test func cellsInTheMiddleOfTheirRowsAreOfOneRow() throws {
        let cells: [Text] =
            rows([["Leave", "Length"]], y: 400)
            + [("Ten days in", 250, 450), ("Care", 100, 463), ("one year", 250, 476)]
            + [("Nine months", 250, 520), ("Study", 100, 533), ("after a year", 250, 546), ("Move", 100, 590)]
            + [("One day", 250, 590)]
        #expect(
            try texts(cells, rules: PDFRules(horizontal: lines([396, 440, 630], 95..<400))) == [
                "Leave: Care; Length: Ten days in one year", "Leave: Study; Length: Nine months after a year",
                "Leave: Move; Length: One day",
            ]
        )
    }

    /// The lines of a name begin above and end below those of the other names.
    @Test func namesInTheMiddleOfTheirCellsAreOfOneRow() async throws {
        typealias Piece = PDFFixture.Piece
        let names = [
            ("Guitar", 60, 106), ("String", 140, 101), ("gauge", 140, 111), ("Care", 220, 106), ("Remarks", 400, 106),
        ]
        var pieces = names.map { Piece(x: $0.1, y: $0.2, text: $0.0, isBold: true) }
        let guitars = [("Parlour", "376"), ("Archtop", "288"), ("Dobro", "545"), ("Banjo", "614")]
        for (row, (name, gauge)) in guitars.enumerated() {
            let y = 130 + row * 36
            pieces += [
                Piece(x: 60, y: y, text: name), Piece(x: 140, y: y, text: gauge),
                Piece(x: 220, y: y, text: "Clean it every 4\(row)"),
                Piece(x: 220, y: y + 12, text: "days with a brush."),
                Piece(x: 400, y: y, text: "Only trained staff"), Piece(x: 400, y: y + 12, text: "may move it."),
            ]
        }
        var page = PDFFixture.Content(pieces: pieces)
        page.marks += [118, 154, 190, 226, 262].map { "55 \(842 - $0) 480 0.5 re f\n" }.joined()
        let read = try await extract(PDFFixture.bytes(of: [page]), named: "a.pdf")
        #expect(read.blocks.count == 4)
        #expect(
            read.blocks.last?.text == """
                Guitar: Banjo; String gauge: 614; Care: Clean it every 43 days with a brush.; \
                Remarks: Only trained staff may move it.
                """
        )
    }

    /// The gap between the longest label and its figure is as narrow as a blank.
    @Test func aWordAtTheSideOfAColumnBeginsIt() async throws {
        let pairs = [
            ("Capacity", "551 Ah"), ("Charging time", "372 hours"), ("Cycles", "711"), ("Terminal", "Walnut"),
            ("Colour", "Red"),
        ]
        let text = PDFFixture.Piece(x: 60, y: 80, text: "Batteries are charged in the yard by the staff of the day.")
        let pieces = pairs.enumerated().flatMap { row, pair in
            [
                PDFFixture.Piece(x: 60, y: 110 + row * 16, text: pair.0, isBold: true),
                PDFFixture.Piece(x: 141, y: 110 + row * 16, text: pair.1),
            ]
        }
        let read = try await extract(PDFFixture.bytes(placing: [[text] + pieces]), named: "a.pdf")
        #expect(read.blocks.dropFirst().map(\.text) == pairs.map { "\($0.0): \($0.1)" })
    }

    /// The prints of spreadsheets have figures on the right of their cells, close to the texts beside them.
    @Test func columnsAsCloseAsWordsAreFoundByTheirNames() async throws {
        typealias Piece = PDFFixture.Piece
        var pieces = [Piece(x: 60, y: 80, text: "Apples are kept in the cellar below the hall until the winter.")]
        let names = [("Variety", 60), ("Harvest week", 120), ("Yield", 198), ("Storage cellar", 300)]
        pieces += names.map { Piece(x: $0.1, y: 110, text: $0.0) }
        let rows = [
            ["Boskoop", "878", "528 kg", "Vellum"], ["Elstar", "40", "722 kg", "Falcon"],
            ["Topaz", "586", "68 kg", "Elm"], ["Rubin", "9", "225 kg", "Drift"],
        ]
        for (number, row) in rows.enumerated() {
            let places = [60, 192 - 6 * row[1].count, 198, 300]
            pieces += zip(row, places).map { Piece(x: $1, y: 124 + 14 * number, text: $0) }
        }
        let read = try await extract(PDFFixture.bytes(placing: [pieces]), named: "a.pdf")
        let told = rows.map {
            "Variety: \($0[0]); Harvest week: \($0[1]); Yield: \($0[2]); Storage cellar: \($0[3])"
        }
        #expect(read.blocks.dropFirst().map(\.text) == told)
    }

    /// No width between the names is free in all rows.
    @Test func namesAboveRowsOfFiguresAreThoseOfTheirColumns() async throws {
        typealias Piece = PDFFixture.Piece
        var pieces = [Piece(x: 60, y: 80, text: "Bees are kept behind the hall, and their honey is sold in the yard.")]
        let names = [("Hive", 60), ("Spring count", 108), ("Spring weight", 186), ("Spring price", 270)]
        pieces += names.map { Piece(x: $0.1, y: 110, text: $0.0) }
        let rows = [
            ["Clover", "739", "57", "857"], ["Heather", "845", "92", "580"], ["Linden", "563", "335", "933"],
            ["Acacia", "548", "379", "856"],
        ]
        for (number, row) in rows.enumerated() {
            let places = [60] + zip([180, 264, 342], row.dropFirst()).map { $0 - 6 * $1.count }
            pieces += zip(row, places).map { Piece(x: $1, y: 124 + 14 * number, text: $0) }
        }
        let read = try await extract(PDFFixture.bytes(placing: [pieces]), named: "a.pdf")
        let told = rows.map {
            "Hive: \($0[0]); Spring count: \($0[1]); Spring weight: \($0[2]); Spring price: \($0[3])"
        }
        #expect(read.blocks.dropFirst().map(\.text) == told)
    }

    /// Names of groups at the left, in the middle or at the right of the columns whose names they have in common.
    @Test(arguments: [0, 64, 128]) func namesOfGroupsAreThoseOfAllColumnsOfRepeatedNames(shift: Int) async throws {
        typealias Piece = PDFFixture.Piece
        let names = ["Service", "Base", "Bonus", "Car", "Base", "Bonus", "Car"]
        let starts = [40, 120, 190, 260, 330, 400, 470]
        var pieces = [
            Piece(x: 40, y: 100, text: "Service", isBold: true),
            Piece(x: 120 + shift, y: 100, text: "Office", isBold: true),
            Piece(x: 330 + shift, y: 100, text: "Field", isBold: true),
        ]
        pieces += zip(names, starts).dropFirst().map { Piece(x: $1, y: 118, text: $0, isBold: true) }
        let rows = [
            ["Junior", "2,100", "3", "40", "2,200", "4", "45"], ["Senior", "2,300", "5", "50", "2,500", "6", "55"],
            ["Lead", "2,800", "7", "60", "2,900", "8", "65"],
        ]
        for (number, row) in rows.enumerated() {
            pieces += zip(row, starts).map { Piece(x: $1, y: 136 + 18 * number, text: $0) }
        }
        let read = try await extract(PDFFixture.bytes(placing: [pieces]), named: "a.pdf")
        #expect(
            read.blocks.map(\.text)
                == rows.map {
                    """
                    Service: \($0[0]); Office Base: \($0[1]); Office Bonus: \($0[2]); Office Car: \($0[3]); \
                    Field Base: \($0[4]); Field Bonus: \($0[5]); Field Car: \($0[6])
                    """
                }
        )
    }

    @Test func namesOfGroupsAtTheLeftOfFiguresAtTheRightAreThoseOfAllTheirColumns() async throws {
        typealias Piece = PDFFixture.Piece
        let names = ["Grade", "Annual", "Study", "Base", "Bonus", "Car"]
        let ends = [100, 190, 280, 370, 460, 550]
        var pieces = zip([40, 108, 288], ["Grade", "Leave", "Money"]).map {
            Piece(x: $0, y: 100, text: $1, isBold: true)
        }
        func add(_ row: [String], y: Int, isBold: Bool) {
            pieces += zip(row, ends).dropFirst().map {
                Piece(x: $1 - $0.count * 6, y: y, text: $0, isBold: isBold)
            }
        }
        add(names, y: 116, isBold: true)
        let rows = [["A", "20", "10", "2,000", "61", "24"], ["B", "23", "11", "3,000", "98", "27"]]
        for (number, row) in rows.enumerated() {
            pieces.append(Piece(x: 40, y: 134 + number * 16, text: row[0]))
            add(row, y: 134 + number * 16, isBold: false)
        }
        let all = try await extract(PDFFixture.bytes(placing: [pieces]), named: "a.pdf").blocks.map(\.text)
        #expect(
            all
                == rows.map {
                    """
                    Grade: \($0[0]); Leave Annual: \($0[1]); Leave Study: \($0[2]); Money Base: \($0[3]); \
                    Money Bonus: \($0[4]); Money Car: \($0[5])
                    """
                }
        )
    }

    /// No name is above the figures of its column.
    @Test func namesOfTwoLinesAtTheLeftOfFiguresAtTheRightAreThoseOfTheirColumns() async throws {
        typealias Piece = PDFFixture.Piece
        let starts = [40, 140, 250, 360]
        let names = [["Country", "Meals", "Hotel", "Trip"], ["", "(EUR)", "(EUR)", "(EUR)"]]
        let rows = [
            ["Austria", "8.00", "117", "30"], ["Italy", "9.60", "158", "45"], ["Norway", "15.00", "139", "60"],
        ]
        var pieces = names.enumerated().flatMap { line, texts in
            zip(texts, starts).filter { !$0.0.isEmpty }.map {
                Piece(x: $1, y: 100 + line * 12, text: $0, isBold: true)
            }
        }
        for (number, row) in rows.enumerated() {
            pieces += zip(row, [0, 240, 350, 460]).map { text, end in
                Piece(x: end == 0 ? 40 : end - text.count * 6, y: 132 + number * 18, text: text)
            }
        }
        let all = try await extract(PDFFixture.bytes(placing: [pieces]), named: "a.pdf").blocks.map(\.text)
        #expect(
            all == rows.map { "Country: \($0[0]); Meals (EUR): \($0[1]); Hotel (EUR): \($0[2]); Trip (EUR): \($0[3])" }
        )
    }

    /// The first line is between the names, so that the names of the groups are above all lines.
    @Test func namesOfGroupsAboveTheFirstLineAreOfTheTable() async throws {
        typealias Piece = PDFFixture.Piece
        let starts = [40, 120, 195, 270, 345, 420, 495]
        var pieces = [Piece(x: 40, y: 100, text: "Service")]
        pieces += zip([147, 297, 447], ["Full time", "Part time", "Mini jobs"]).map { Piece(x: $0, y: 100, text: $1) }
        pieces += starts.dropFirst().enumerated().map { Piece(x: $1, y: 118, text: $0 % 2 == 0 ? "Leave" : "Notice") }
        for row in 0..<4 {
            pieces += starts.enumerated().map { column, x in
                Piece(x: x, y: 136 + 18 * row, text: column == 0 ? "\(row + 1) years" : "\(row + 1)\(column)")
            }
        }
        var page = PDFFixture.Content(pieces: pieces)
        page.marks += (0...5).map { "36 \(842 - 105 - 18 * $0) m 550 \(842 - 105 - 18 * $0) l S\n" }.joined()
        let read = try await extract(PDFFixture.bytes(of: [page]), named: "a.pdf")
        #expect(
            read.blocks.first?.text == """
                Service: 1 years; Full time Leave: 11; Full time Notice: 12; Part time Leave: 13; \
                Part time Notice: 14; Mini jobs Leave: 15; Mini jobs Notice: 16
                """
        )
    }
}
