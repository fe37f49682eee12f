import Testing

@testable import DocumentText

@Suite struct PDFReaderTests {
    @Test func readsPagesWithHeadingsAndTables() async throws {
        let bytes = PDFFixture.bytes(pages: [
            [
                "Acme Ltd                          Page 1", "", "Travel policy", "", "1.1 Meals",
                "The allowance (abroad) is paid",
            ],
            [
                "Acme Ltd                          Page 2", "", "for each day.", "", "Country        Meals     Hotel",
                "Germany        64        150", "Norway         70        180",
            ],
        ])
        #expect(
            try await extract(bytes, named: "travel.pdf").blocks == [
                .heading(level: 1, text: "Travel policy"), .heading(level: 3, text: "1.1 Meals"),
                .paragraph("The allowance (abroad) is paid for each day."),
                .tableRow("Country: Germany; Meals: 64; Hotel: 150"),
                .tableRow("Country: Norway; Meals: 70; Hotel: 180"),
            ]
        )
    }

    @Test func rejectsRandomBytes() async throws {
        var random = SystemRandomNumberGenerator()
        let bytes = (0..<4096).map { _ in UInt8.random(in: 0...255, using: &random) }
        #expect(try await extractionFailure(bytes, named: "a.pdf")?.code == .invalidFile)
    }

    @Test func reportsAFileWithoutText() async throws {
        let failure = try await extractionFailure(PDFFixture.bytes(pages: [[]]), named: "blank.pdf")
        #expect(failure == .invalid("No text could be read from the file: it is damaged, or its pages are blank."))
    }

    @Test func warnsOfAPageWithoutText() async throws {
        let document = try await extract(PDFFixture.bytes(pages: [["Some text."], []]), named: "a.pdf")
        #expect(document.blocks == [.paragraph("Some text.")])
        #expect(document.warnings == ["Page 2 has neither text nor a picture."])
    }

    private func blocks(_ pages: [[PDFFixture.Piece]]) async throws -> [ExtractedDocument.Block] {
        try await extract(PDFFixture.bytes(placing: pages), named: "a.pdf").blocks
    }

    /// Lines from top to bottom.
    private func lines(_ texts: [String], x: Int, y: Int, by pitch: Int = 12) -> [PDFFixture.Piece] {
        texts.enumerated().map { .init(x: x, y: y + $0 * pitch, text: $1) }
    }

    @Test func readsColumnsOneAfterTheOther() async throws {
        let left = [
            "Whoever is ill says so before", "nine in the morning of the day", "and sends a note of a doctor on",
            "the fourth day.",
        ]
        let right = [
            "Trains go before cars and planes", "and the second class is the rule", "but for trips of more than four",
            "hours or at night.",
        ]
        let page =
            [
                PDFFixture.Piece(x: 50, y: 100, text: "Illness", size: 14),
                .init(x: 320, y: 100, text: "Travel", size: 14),
            ]
            + lines(left, x: 50, y: 118) + lines(right, x: 320, y: 118)
        #expect(
            try await blocks([page]) == [
                .heading(level: 1, text: "Illness"), .paragraph(left.joined(separator: " ")),
                .heading(level: 1, text: "Travel"), .paragraph(right.joined(separator: " ")),
            ]
        )
    }

    @Test func keepsCellsOfSeveralLinesWhole() async throws {
        let page =
            [
                PDFFixture.Piece(x: 50, y: 100, text: "Leave"), .init(x: 200, y: 100, text: "Length"),
                .init(x: 400, y: 100, text: "Who"),
            ]
            // The first cell is set in the middle of its row.
            + lines(["Care of a close", "relative at home"], x: 50, y: 132)
            + lines(["Ten days in a row", "or on single days", "in one year"], x: 200, y: 126)
            + lines(["The lead of the", "team or another", "lead of it"], x: 400, y: 126)
            + lines(["Longer stay in", "another country"], x: 50, y: 180)
            + lines(["Nine months after", "three years"], x: 200, y: 180)
            + lines(["The head of the", "department"], x: 400, y: 180)
        #expect(
            try await blocks([page]) == [
                .tableRow(
                    "Leave: Care of a close relative at home; Length: Ten days in a row or on single days in one year; Who: The lead of the team or another lead of it"
                ),
                .tableRow(
                    "Leave: Longer stay in another country; Length: Nine months after three years; Who: The head of the department"
                ),
            ]
        )
    }

    @Test func continuesTablesOverPagesAndEndsThemAtWideGaps() async throws {
        func row(_ y: Int, _ cells: [String]) -> [PDFFixture.Piece] {
            cells.enumerated().map { .init(x: 50 + $0 * 160, y: y, text: $1) }
        }
        let first = row(100, ["City", "Room", "Meals"]) + row(118, ["Oslo", "90 euros", "30 euros"])
        let second =
            row(100, ["Bonn", "80 euros", "28 euros"]) + row(118, ["Graz", "70 euros", "26 euros"])
            + row(170, ["Trip", "Train", "Bus"]) + row(188, ["Short", "9 euros", "4 euros"])
            + row(206, ["Long", "99 euros", "44 euros"])
        let document = try await extract(PDFFixture.bytes(placing: [first, second]), named: "a.pdf")
        #expect(
            document.blocks.map(\.text) == [
                "City: Oslo; Room: 90 euros; Meals: 30 euros", "City: Bonn; Room: 80 euros; Meals: 28 euros",
                "City: Graz; Room: 70 euros; Meals: 26 euros", "Trip: Short; Train: 9 euros; Bus: 4 euros",
                "Trip: Long; Train: 99 euros; Bus: 44 euros",
            ]
        )
        #expect(document.pages == [.init(page: 1, block: 0), .init(page: 2, block: 3)])
    }

    @Test func takesLargeAndBoldLinesForHeadings() async throws {
        let page: [PDFFixture.Piece] = [
            .init(x: 50, y: 100, text: "Handbook", size: 18), .init(x: 50, y: 120, text: "Jury duty", isBold: true),
            .init(x: 50, y: 132, text: "It is paid for ten days."), .init(x: 50, y: 144, text: "Care", isBold: true),
            .init(x: 50, y: 156, text: "It is paid for two days."),
            .init(x: 50, y: 168, text: "Note it well.", isBold: true),
        ]
        #expect(
            try await blocks([page]) == [
                .heading(level: 1, text: "Handbook"), .heading(level: 2, text: "Jury duty"),
                .paragraph("It is paid for ten days."), .heading(level: 2, text: "Care"),
                .paragraph("It is paid for two days."), .paragraph("Note it well."),
            ]
        )
    }

    @Test func dropsOnlyRunningHeadersAndFooters() async throws {
        let pages = (1...4).map { number in
            [
                PDFFixture.Piece(x: 50, y: 26, text: "Acme people team", size: 14),
                .init(x: 300, y: 30, text: number % 2 == 0 ? "Of work" : "Rules of the house"),
                .init(x: 50, y: 44, text: "Printed copies count for nothing"), .init(x: 50, y: 58, text: "Version 12"),
                .init(x: 50, y: 100, text: "From \(number * number) years on: \(20 + number * number) days"),
                .init(x: 50, y: 400, text: "This is said on page \(["one", "two", "three", "four"][number - 1])."),
                .init(x: 50, y: 810, text: "Page \(number) of 4"),
            ]
        }
        let texts = try await blocks(pages).map(\.text)
        #expect(
            texts.prefix(2) == ["Acme people team", "Version 12"],
            "of what is at the edges titles, dates and versions are told, once"
        )
        #expect(
            texts.dropFirst(2).joined(separator: " ")
                == (1...4).map { number in
                    "From \(number * number) years on: \(20 + number * number) days This is said on page \(["one", "two", "three", "four"][number - 1])."
                }.joined(separator: " ")
        )
    }

    /// Two copies of a letter, say.
    @Test func keepsTheTextOfSimilarPages() async throws {
        let lines = [
            "May 5, 2026", "To whom it may concern:",
            "There were 20,000 bottles of water, 10,000 blankets and 200 laptops delivered on January 23,",
            "2026. A total of 3 trucks were used for 15 hours.", "Mallori",
        ]
        let page = lines.enumerated().map { PDFFixture.Piece(x: 50, y: 50 + 14 * $0, text: $1) }
        let texts = try await blocks([page, page]).map(\.text).joined(separator: " ")
        #expect(texts.ranges(of: "laptops delivered on January 23, 2026. A total of 3 trucks").count == 2)
        #expect(texts.ranges(of: "To whom it may concern:").count == 2)
    }

    @Test func readsTextsSideBySideAsText() async throws {
        func column(_ x: Int, _ word: String) -> [PDFFixture.Piece] {
            (10..<22).map { .init(x: x, y: 80 + 12 * $0, text: "\(word)\($0) Is Told Here", size: 8) }
        }
        let sides = zip([50, 200, 330, 460], ["east", "north", "west", "south"]).flatMap { column($0, $1) }
        let blocks = try await blocks([[.init(x: 50, y: 100, text: "Our values")] + sides])
        #expect(!blocks.contains { if case .tableRow = $0 { true } else { false } })
        let text = blocks.map(\.text).joined(separator: " ")
        for word in ["east", "north", "west", "south"] {
            let lines = (10..<22).map { "\(word)\($0) Is Told Here" }.joined(separator: " ")
            #expect(text.contains(lines), "\(text)")
        }
    }

    @Test func separatesAFootnoteMarkFromTheText() async throws {
        let page: [PDFFixture.Piece] = [
            .init(x: 50, y: 100, text: "It costs 7 euros"), .init(x: 147, y: 97, text: "2", size: 6),
            .init(x: 155, y: 100, text: "a day."),
        ]
        #expect(try await blocks([page]) == [.paragraph("It costs 7 euros [2] a day.")])
    }

    @Test(arguments: [
        ("םולש", "שלום"), (".םימי 25-ו 3.5 שי", "יש 3.5 ו-25 ימים."), ("(abc DEF) א", "א (abc DEF)"), ("א(ב", "ב)א"),
    ])
    func putsTextThatIsReadFromTheRightIntoItsOrder(shown: String, read: String) {
        #expect(VisualOrder.logical(shown) == read)
    }

    @Test func readsAPageOfManyRunsInTime() async throws {
        let pieces = (0..<6_000).map { PDFFixture.Piece(x: 20 + $0 % 60 * 9, y: 20 + $0 / 60 * 8, text: "x", size: 5) }
        #expect(try await !blocks([pieces]).isEmpty)
    }

    @Test func stopsAPDFThatTakesTooLong() async throws {
        let lines = Array(repeating: String(repeating: "word ", count: 20), count: 60)
        let bytes = PDFFixture.bytes(pages: Array(repeating: lines, count: 300))
        let limits = ExtractionLimits(helperTime: .milliseconds(1))
        let failure = try await extractionFailure(bytes, named: "a.pdf", limits: limits)
        #expect(failure?.message.hasPrefix("Reading the file took longer than") == true)
    }

    /// The text of the markup of `pdftohtml -xml`.
    private func text(_ text: String, _ x: Int, _ y: Int, height: Int = 27) -> String {
        "<text top='\(y)' left='\(x)' width='\(text.count * 10)' height='\(height)' font='0'>\(text)</text>"
    }

    private func page(_ texts: String) throws -> PDFMarkup {
        let page = "<page number='1' height='1200' width='900'><fontspec id='0' size='20'/>\(texts)</page>"
        return PDFMarkup(Array(page.utf8))
    }

    @Test func keepsTheLinesOfCellsApartBesideATextBetweenThem() throws {
        let rows = [
            ("Room", "40 euros", "60 euros"), ("Meals", "20 euros", "30 euros"), ("Fuel", "10 euros", "12 euros"),
        ]
        let markup =
            text("80 euros one", 361, 425) + text("95 euros two", 360, 449) + text("70 euros one", 541, 425)
            + text("85 euros two", 540, 449) + text("Hotel", 100, 436, height: 28)
            + rows.enumerated().map { place, row in
                let y = 510 + 40 * place
                return text(row.0, 100, y) + text(row.1, 361, y) + text(row.2, 541, y)
            }.joined()
        let document = try PDFDocument.document(of: page(markup), limits: ExtractionLimits())
        #expect(document.blocks.first?.text == "Hotel; 80 euros one 95 euros two; 70 euros one 85 euros two")
    }

    /// The segments of the lines at given places, each from the first to the last of the others.
    private func rules(horizontal: [Double], vertical: [Double]) -> PDFRules {
        func rules(_ positions: [Double], along others: [Double]) -> [PDFRules.Rule] {
            positions.map { PDFRules.Rule(position: $0, range: others[0]..<(others.last ?? 0)) }
        }
        return PDFRules(horizontal: rules(horizontal, along: vertical), vertical: rules(vertical, along: horizontal))
    }

    @Test func readsTheCellsBetweenRulingLines() throws {
        // The lines of the cells are as close to those of the next row as to each other.
        let texts =
            text("Grade", 100, 400) + text("At home", 300, 400) + text("Abroad", 500, 400)
            + text("Staff", 100, 440) + text("Train, second", 300, 427) + text("class", 300, 451)
            + text("Plane if", 500, 427) + text("far away", 500, 451)
            + text("Heads of departments", 100, 480) + text("Train, first class", 300, 480) + text("Plane", 500, 480)
        var markup = try page(texts)
        markup.pages[0].rules = rules(horizontal: [395, 426, 479, 510], vertical: [95, 295, 495, 700])
        let document = try PDFDocument.document(of: markup, limits: ExtractionLimits())
        #expect(
            document.blocks.map(\.text) == [
                "Grade; At home; Abroad", "Staff; Train, second class; Plane if far away",
                "Heads of departments; Train, first class; Plane",
            ]
        )
    }

    @Test(arguments: [(false, "Zone; Trains; Planes"), (true, "Zone: North; Trains: second class; Planes: yes")])
    func aRowOfAnotherColorIsTheHeader(isColored: Bool, expected: String) throws {
        let rows = [("Zone", "Trains", "Planes"), ("North", "second class", "yes"), ("South", "first class", "no")]
        let texts = rows.enumerated().map { place, row in
            let y = 400 + 40 * place
            return text(row.0, 100, y) + text(row.1, 300, y) + text(row.2, 500, y)
        }.joined()
        var markup = try page(texts)
        let lines = rules(horizontal: [395, 430, 470, 510], vertical: [95, 295, 495, 700])
        let fills = [PDFRules.Fill(x: 95..<700, y: 395..<(isColored ? 430 : 510), color: "rgb(80%,80%,80%)")]
        markup.pages[0].rules = PDFRules(horizontal: lines.horizontal, vertical: lines.vertical, fills: fills)
        let document = try PDFDocument.document(of: markup, limits: ExtractionLimits())
        #expect(document.blocks.first?.text == expected)
    }

    @Test func cutsATextAtARulingLine() throws {
        let texts =
            text("Plan", 100, 400) + text("Small", 300, 400) + text("Large", 400, 400) + text("Dentist", 100, 440)
            + text("20 euros  30 euros", 300, 440) + text("Glasses", 100, 480) + text("60 euros  90 euros", 300, 480)
        var markup = try page(texts)
        markup.pages[0].rules = rules(horizontal: [395, 430, 470, 510], vertical: [95, 295, 395, 600])
        let document = try PDFDocument.document(of: markup, limits: ExtractionLimits())
        #expect(
            document.blocks.map(\.text) == [
                "Plan: Dentist; Small: 20 euros; Large: 30 euros", "Plan: Glasses; Small: 60 euros; Large: 90 euros",
            ]
        )
    }

    @Test func readsATableWithoutAllOfItsBordersByItsLayout() throws {
        let rows = [
            ("Country", "Meals", "Hotel"), ("Norway", "70", "180"), ("Spain", "42", "110"), ("Italy", "45", "120"),
        ]
        let texts = rows.enumerated().map { place, row in
            let y = 400 + 40 * place
            return text(row.0, 100, y) + text(row.1, 300, y) + text(row.2, 500, y)
        }.joined()
        var markup = try page(texts)
        markup.pages[0].rules = rules(horizontal: [395, 430, 470, 510, 550], vertical: [295, 495, 700])
        let document = try PDFDocument.document(of: markup, limits: ExtractionLimits())
        #expect(
            document.blocks.map(\.text) == rows.dropFirst().map { "Country: \($0.0); Meals: \($0.1); Hotel: \($0.2)" }
        )
    }

    @Test func findsTheLinesThatPathsDraw() {
        let svg = """
            <svg><defs>
            <path d="M 0 0 L 100 0 "/>
            </defs>
            <path style="fill:none;stroke-width:1;" d="M 10 20 L 110 20 M 10 20 L 10 70 " transform="matrix(1,0,0,-1,0,100)"/>
            <path style=" stroke:none;fill:rgb(0%,0%,0%);" d="M 10 90 L 110 90 L 110 91 L 10 91 Z M 10 90 "/>
            <path style=" stroke:none;fill:rgb(0%,0%,0%);" d="M 10 90 L 110 90 L 110 50 L 10 50 Z M 10 90 "/>
            <path style="fill:none;" d="M 10 20 C 20 20 30 20 40 20 "/>
            </svg>
            """
        let pages = PDFRules.pages(of: PDFDrawing(svg: Array(svg.utf8)), scale: 2)
        #expect(pages.count == 1)
        #expect(pages.first?.horizontal.map(\.position) == [160, 181])
        #expect(pages.first?.vertical.map(\.range) == [60..<160])
        #expect(pages.first?.color(x: 100, y: 140) == "rgb(0%,0%,0%)")
        #expect(pages.first?.color(x: 100, y: 190) == nil)
    }

    @Test func aDrawingHasNoRulingLines() {
        let segments = (0...20_000).map { PDFRules.Rule(position: Double($0 % 900), range: 0..<500) }
        #expect(PDFRules(horizontal: segments, vertical: segments).isEmpty)
        let lines = (0...1_000).map { PDFRules.Rule(position: Double($0 * 10), range: 0..<500) }
        #expect(PDFRules(horizontal: lines, vertical: Array(lines.prefix(9))).isEmpty)
    }

    @Test func leavesOutTheNumbersOfLines() throws {
        let lines = (1...30).map { line in
            text("The members meet on the first day of each month.", 149, 100 + line * 24, height: 20)
                + (line % 5 == 0 ? text("\(line)", 106, 102 + line * 24, height: 12) : "")
        }.joined()
        let document = try PDFDocument.document(of: page(lines), limits: ExtractionLimits())
        #expect(document.blocks.allSatisfy { !$0.text.contains(where: \.isNumber) })
        #expect(document.blocks.map(\.text).joined(separator: " ").contains("first day"))
    }

    @Test(arguments: ["0.1.1.", "2.4.10.", "(b)", "3."])
    func keepsTheNumberOfAParagraphWithItsText(number: String) throws {
        let texts = (0..<4).map { place in
            let y = 100 + place * 90
            return text("\(number)  The office is open every Friday from six to eleven,", 142, y, height: 22)
                + text("and on the first Saturday of a month.", 222, y + 23, height: 22)
        }.joined()
        let document = try PDFDocument.document(of: page(texts), limits: ExtractionLimits())
        let all = document.blocks.map(\.text).joined(separator: "\n")
        #expect(!all.contains("\(number) \(number)"))
        #expect(
            document.blocks.count { $0.text.contains("open every Friday from six to eleven, and on the first") } == 4
        )
    }

    /// Whatever the positions of the texts of a page, reading ends and keeps every word.
    @Test(arguments: 1...40)
    func readsTextsAtAnyPlaces(seed: UInt64) throws {
        var state = seed &* 0x9E37_79B9_7F4A_7C15
        func random(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(state >> 33) % limit
        }
        let texts = [
            "Leave", "27 days  paid", "and so on.", "1.", "a.", "•", "12", "Long  text that  goes on", "2.1 Pay", "(b)",
        ]
        var markup =
            "<page number=\"1\" height=\"1200\" width=\"900\"><fontspec id=\"0\" size=\"12\"/><fontspec id=\"1\" size=\"20\"/>"
        var words = 0
        for _ in 0..<(20 + random(80)) {
            let text = texts[random(texts.count)]
            words += text.wordCount
            let place = (random(12) * 70, 300 + random(30) * 14 + random(3), random(9) * 40)
            markup +=
                "<text top=\"\(place.1)\" left=\"\(place.0)\" width=\"\(place.2)\" height=\"\(10 + random(12))\" font=\"\(random(3))\">\(text)</text>"
        }
        let plain = PDFMarkup(Array((markup + "</page>").utf8))
        var ruled = plain
        ruled.pages[0].rules = rules(
            horizontal: (0...random(12)).map { Double(295 + $0 * (20 + random(20))) },
            vertical: (0...random(6)).map { Double($0 * (60 + random(100))) }
        )
        // A text that is printed twice at one place, a list's mark and a repeated header are told once or not at all.
        for markup in [plain, ruled] {
            let document = try PDFDocument.document(of: markup, limits: ExtractionLimits())
            #expect(document.blocks.reduce(0) { $0 + $1.text.wordCount } * 2 > words)
        }
    }
}
