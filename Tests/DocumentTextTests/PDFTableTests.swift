import Testing

@testable import DocumentText

@Suite struct PDFTableTests {
    /// The place of a column of text.
    private typealias Text = (text: String, x: Int, y: Int)

    private static let letterWidth = 10

    /// A page with texts at places, as `pdftohtml -xml` writes it, and the boxes of its words.
    private func markup(_ texts: [Text], bold: Set<String> = []) -> PDFMarkup {
        let runs = texts.map { text, x, y in
            let content = bold.contains(text) ? "<b>\(text)</b>" : text
            return
                "<text top='\(y)' left='\(x)' width='\(text.count * Self.letterWidth)' height='23' font='0'>\(content)</text>"
        }
        let page = "<page number='1' height='1200' width='900'><fontspec id='0' size='20'/>\(runs.joined())</page>"
        var markup = PDFMarkup(Array(page.utf8))
        markup.pages[0].rules = PDFRules()
        return markup
    }

    /// Rows of cells at columns, from a height on.
    private func rows(_ rows: [[String]], x: [Int] = [100, 300, 500], y: Int = 400, by pitch: Int = 40) -> [Text] {
        rows.enumerated().flatMap { row, cells in
            zip(cells, x).compactMap { text, x in text.isEmpty ? nil : (text, x, y + row * pitch) }
        }
    }

    private func horizontal(_ positions: [Double], _ range: Range<Double> = 95..<700) -> [PDFRules.Rule] {
        positions.map { PDFRules.Rule(position: $0, range: range) }
    }

    private func texts(_ markup: PDFMarkup) throws -> [String] {
        try PDFDocument.document(of: markup, limits: ExtractionLimits()).blocks.map(\.text)
    }

    private let sites = [
        ["Site", "Parking", "Canteen"], ["Hamburg", "free", "until two"], ["Leipzig", "for a fee", "none"],
        ["Ulm", "on request", "until one"],
    ]

    @Test func aLineBelowTheFirstRowMarksTheHeader() throws {
        var markup = markup(rows(sites))
        markup.pages[0].rules = PDFRules(horizontal: horizontal([395, 431, 556]))
        #expect(
            try texts(markup) == [
                "Site: Hamburg; Parking: free; Canteen: until two",
                "Site: Leipzig; Parking: for a fee; Canteen: none",
                "Site: Ulm; Parking: on request; Canteen: until one",
            ]
        )
    }

    @Test func theRowsBetweenLinesHaveCellsOfSeveralLines() throws {
        let cells =
            rows([["Leave", "Length", "Who"]]) + rows([["Care", "Ten days in", "The lead"]], y: 440)
            + rows([["", "one year", "of the team"]], y: 464) + rows([["Moving", "One day", "Nobody"]], y: 500)
            + rows([["Study", "Five days", "The head"]], y: 540)
        var markup = markup(cells, bold: ["Leave", "Length", "Who"])
        markup.pages[0].rules = PDFRules(horizontal: horizontal([432, 494, 532, 572]))
        #expect(
            try texts(markup) == [
                "Leave: Care; Length: Ten days in one year; Who: The lead of the team",
                "Leave: Moving; Length: One day; Who: Nobody", "Leave: Study; Length: Five days; Who: The head",
            ]
        )
    }

    @Test func verticalLinesSeparateColumns() throws {
        var markup = markup(rows(sites), bold: ["Site", "Parking", "Canteen"])
        let vertical = [290.0, 490].map { PDFRules.Rule(position: $0, range: 395..<560) }
        markup.pages[0].rules = PDFRules(vertical: vertical)
        #expect(try texts(markup).first == "Site: Hamburg; Parking: free; Canteen: until two")
        #expect(try texts(markup).count == 3)
    }

    @Test func aColorMarksTheHeaderOfATableWithoutLines() throws {
        var markup = markup(rows(sites))
        let fill = PDFRules.Fill(x: 95..<700, y: 395..<430, color: "rgb(20%,20%,60%)")
        markup.pages[0].rules = PDFRules(fills: [fill])
        #expect(try texts(markup).last == "Site: Ulm; Parking: on request; Canteen: until one")
    }

    @Test func theNamesOfGroupsOfColumnsAreAboveTheirColumns() throws {
        let header = [["Zone", "Staff", "", "Managers", ""], ["", "Meals", "Hotel", "Meals", "Hotel"]]
        let body = [["North", "31", "101", "41", "151"], ["South", "32", "102", "42", "152"]]
        var markup = markup(rows(header + body, x: [100, 250, 350, 450, 600]))
        markup.pages[0].rules = PDFRules(horizontal: horizontal([395, 470, 555]))
        #expect(
            try texts(markup).first
                == "Zone: North; Staff Meals: 31; Staff Hotel: 101; Managers Meals: 41; Managers Hotel: 151"
        )
    }

    @Test func textAroundATableIsNotARow() throws {
        let above: [Text] = [("Table 1: Values in force in all offices", 100, 365)]
        let below: [Text] = [("Note: the values are those of this year", 100, 556)]
        var markup = markup(above + rows(sites) + below, bold: ["Site", "Parking", "Canteen"])
        markup.pages[0].rules = PDFRules(horizontal: horizontal([431]))
        let texts = try texts(markup)
        #expect(texts.count == 5)
        #expect(texts.first == "Table 1: Values in force in all offices")
        #expect(texts.last == "Note: the values are those of this year")
    }

    @Test func columnsOfTextBetweenLinesAreNotATable() throws {
        let left = [
            "Whoever is ill says so before", "nine in the morning of the day", "and sends a note of a doctor",
            "on the fourth day of it.",
        ]
        let right = [
            "Trains go before the cars and", "the second class is the rule", "but for trips of more than four",
            "hours or for those at night.",
        ]
        var markup = markup(rows(zip(left, right).map { [$0, $1] }, x: [100, 500], by: 25))
        markup.pages[0].rules = PDFRules(horizontal: horizontal([390, 510], 95..<850))
        #expect(try texts(markup) == [left.joined(separator: " "), right.joined(separator: " ")])
    }

    @Test func theBoxesOfWordsTellCellsWithANarrowGap() throws {
        // The figures are written with their labels, as the gaps between them are narrow.
        let lines = [["Years Days Notice"], ["1 to 3  25  4 weeks"], ["4 to 8  27  6 weeks"], ["9 to 12 30  8 weeks"]]
        var markup = markup(rows(lines, x: [100]))
        let words: [[(String, Double)]] = [
            [("Years", 100), ("Days", 180), ("Notice", 220)],
            [("1", 100), ("to", 110), ("3", 125), ("25", 180), ("4", 220), ("weeks", 230)],
            [("4", 100), ("to", 110), ("8", 125), ("27", 180), ("6", 220), ("weeks", 230)],
            [("9", 100), ("to", 110), ("12", 125), ("30", 180), ("8", 220), ("weeks", 230)],
        ]
        let boxes = words.enumerated().flatMap { row, words in
            words.map { word, x in
                let y = 400 + row * 40
                return
                    "    <word xMin=\"\(x)\" yMin=\"\(y)\" xMax=\"\(x + Double(word.count) * 5)\" yMax=\"\(y + 23)\">\(word)</word>"
            }
        }
        let output = (["  <page width=\"900\" height=\"1200\">"] + boxes + ["  </page>"]).joined(separator: "\n")
        markup.pages[0].words = PDFWordBoxes.pages(ofMarkup: Array(output.utf8), scale: 1).first
        markup.pages[0].rules = PDFRules(horizontal: horizontal([395, 431, 556], 95..<320))
        #expect(
            try texts(markup) == [
                "Years: 1 to 3; Days: 25; Notice: 4 weeks", "Years: 4 to 8; Days: 27; Notice: 6 weeks",
                "Years: 9 to 12; Days: 30; Notice: 8 weeks",
            ]
        )
    }

    @Test func aPageOfManyEdgesIsReadInTime() throws {
        let grid = (0..<60).flatMap { row in (0..<20).map { ("x", 20 + $0 * 40, 20 + row * 19) } }
        var markup = markup(grid)
        markup.pages[0].rules = PDFRules(
            horizontal: (0..<900).map {
                PDFRules.Rule(position: Double($0) * 1.3, range: Double($0 % 40)..<Double(400 + $0 % 300))
            }
        )
        #expect(try !texts(markup).isEmpty)
    }
}
