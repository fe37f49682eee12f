import Testing

@testable import DocumentText

/// Raised, struck out and hidden text of PDFs.
@Suite struct PDFMarksTests {
    private func document(_ pieces: [PDFFixture.Piece], marks: String = "") async throws -> ExtractedDocument {
        var content = PDFFixture.Content(pieces: pieces)
        content.marks += marks
        return try await extract(PDFFixture.bytes(of: [content]), named: "a.pdf")
    }

    private let warning = "Text that is hidden or struck out was left out."

    @Test func aRaisedMarkIsNoDigitOfAFigure() async throws {
        let pieces: [PDFFixture.Piece] = [
            .init(x: 50, y: 100, text: "Staff have 30"), .init(x: 128, y: 96, text: "1", size: 8),
            .init(x: 133, y: 100, text: " days a year."),
            // The mark at the start of a footnote.
            .init(x: 50, y: 142, text: "1", size: 8), .init(x: 55, y: 146, text: "6 days in the first year."),
        ]
        // `pdftohtml` does not tell how far the operator raises the text.
        let raised = """
            BT /F1 10 Tf 50 720 Td (Managers have 32) Tj /F1 8 Tf 4 Ts (2) Tj 0 Ts /F1 10 Tf ( days a year.) Tj ET

            """
        #expect(
            try await document(pieces, marks: raised).blocks.map(\.text).joined(separator: " ")
                == "Staff have 30¹ days a year. Managers have 32² days a year. [1] 6 days in the first year."
        )
    }

    @Test func leavesOutStruckOutText() async throws {
        let pieces: [PDFFixture.Piece] = [
            .init(x: 50, y: 100, text: "Parking costs 20 euros a month."),
            .init(x: 50, y: 130, text: "Lunch costs 4.50 5.20 euros a day."),
            .init(x: 50, y: 160, text: "Dinner costs 9 euros."),
            .init(x: 50, y: 190, text: "Rest"), .init(x: 300, y: 190, text: "Play"),
        ]
        // The third line is below a text, and the fourth one goes on beside the texts.
        let lines = """
            0.8 w 50 744.5 m 236 744.5 l S
            122 714.5 m 146 714.5 l S
            50 680 m 176 680 l S
            20 654.5 m 570 654.5 l S

            """
        let document = try await document(pieces, marks: lines)
        #expect(
            document.blocks.map(\.text) == ["Lunch costs 5.20 euros a day.", "Dinner costs 9 euros.", "Rest Play"]
        )
        #expect(document.warnings == [warning])
    }

    @Test func leavesOutStruckOutPartsOfWords() async throws {
        let pieces: [PDFFixture.Piece] = [
            .init(x: 50, y: 100, text: "The allowance is 2530 euros."),
            .init(x: 50, y: 130, text: "It takes 14days21 days, or 1000EUR."),
            .init(x: 50, y: 160, text: "The rate is 125-150 percent."),
            .init(x: 50, y: 190, text: "Room 2512 is free."),
        ]
        // The line in the third text ends within a letter, and that in the fourth one is inside the word.
        let lines = """
            0.8 w 152 744.5 m 164 744.5 l S
            104 714.5 m 140 714.5 l S 212 714.5 m 236 714.5 l S
            122 684.5 m 127 684.5 l S
            86 654.5 m 98 654.5 l S

            """
        let document = try await document(pieces, marks: lines)
        #expect(
            document.blocks.map(\.text) == [
                "The allowance is 30 euros.", "It takes 21 days, or EUR.", "The rate is 125-150 percent.",
                "Room 2512 is free.",
            ]
        )
        #expect(document.warnings == [warning])
    }

    /// Annotations, such as one that strikes out text, are drawn as groups.
    @Test func readsThePathsOfGroups() {
        let svg = """
            <svg>
            <defs>
            <clipPath id="clip2">
              <path d="M 0 0 L 5 0 "/>
            </clipPath>
            <g id="surface5" clip-path="url(#clip2)">
            <g clip-path="url(#clip3)" clip-rule="nonzero">
            <path style="fill:none;stroke-width:1;" d="M 0 0 L 90 0 "/>
            </g>
            </g>
            <g id="surface7">
            <use xlink:href="#surface5" transform="matrix(1,0,0,1,10,20)"/>
            <use xlink:href="#surface7" transform="matrix(1,0,0,1,1,1)"/>
            </g>
            </defs>
            <g id="surface1">
            <use xlink:href="#surface5" transform="matrix(1,0,0,1,71,119)"/>
            <use xlink:href="#surface5" transform="matrix(2,0,0,1,71,119)"/>
            <use xlink:href="#surface7" transform="matrix(1,0,0,1,100,200)"/>
            <path style="fill:none;stroke-width:1;" d="M 0 0 L 90 0 "/>
            </g>
            </svg>
            """
        let drawing = PDFDrawing(svg: Array(svg.utf8))
        #expect(drawing.pages.map { $0.map(\.offset.x) } == [[71, 110, 111, 112, 0]])
        let rules = PDFRules.pages(of: drawing, scale: 1)
        #expect(rules.first?.horizontal.contains { $0.position == 119 } == true)
    }

    @Test func leavesOutHiddenTextBesideOther() async throws {
        let hidden = "BT 3 Tr /F1 10 Tf 50 712 Td (Leave is 24 days a year.) Tj ET\n"
        let document = try await document([.init(x: 50, y: 100, text: "Leave is 28 days a year.")], marks: hidden)
        #expect(document.blocks == [.paragraph("Leave is 28 days a year.")])
        #expect(document.warnings == [warning])
    }

    @Test func leavesOutAWatermarkAcrossThePage() throws {
        func text(_ text: String, _ left: Int, _ top: Int, _ width: Int, _ height: Int, font: Int) -> String {
            "<text top='\(top)' left='\(left)' width='\(width)' height='\(height)' font='\(font)'>\(text)</text>"
        }
        let texts =
            text("DR", 268, 696, 140, 157, font: 1) + text("AF", 405, 560, 120, 157, font: 1)
            + text("T", 523, 441, 58, 157, font: 1)
            + text("Leave is 28 days a year, and", 95, 560, 300, 19, font: 0)
            + text("a day more for each child.", 95, 583, 290, 19, font: 0)
        let fonts = "<fontspec id='0' size='16'/><fontspec id='1' size='135'/>"
        let page = "<page number='1' height='1262' width='892'>\(fonts)\(texts)</page>"
        let document = try PDFReader.document(ofMarkup: Array(page.utf8), limits: ExtractionLimits())
        #expect(document.blocks == [.paragraph("Leave is 28 days a year, and a day more for each child.")])
    }

    /// A watermark of one piece: under the text, or pale in the middle of the page.
    ///
    /// `pdftohtml` gives the place of a turned one as that of its start.
    @Test(arguments: [
        ("DRAFT", "top='560' left='320' width='260' height='100' font='1'", true),
        ("DRAFT", "top='530' left='440' width='0' height='100' font='1'", true),
        ("DRAFT", "top='800' left='320' width='260' height='100' font='2'", true),
        ("Leave policy", "top='100' left='95' width='500' height='100' font='2'", false),
        ("Leave policy", "top='800' left='320' width='260' height='100' font='1'", false),
    ])
    func leavesOutAWatermarkOfOnePiece(text: String, place: String, isLeftOut: Bool) throws {
        let lines = (0..<8).map { line in
            "<text top='\(560 + 23 * line)' left='95' width='700' height='19' font='0'>"
                + "Line \(line) says that each member of staff has days of leave,</text>"
        }
        let fonts = """
            <fontspec id='0' size='16' color='#000000'/><fontspec id='1' size='108' color='#000000'/>\
            <fontspec id='2' size='108' color='#cccccc'/>
            """
        let page = """
            <page number='1' height='1262' width='892'>\(fonts)<text \(place)>\(text)</text>\(lines.joined())</page>
            """
        let markup = PDFMarkup(Array(page.utf8))
        #expect(markup.watermarks == (isLeftOut ? [text] : []))
        #expect(markup.pages[0].runs.contains { $0.text == text } != isLeftOut)
    }
}
