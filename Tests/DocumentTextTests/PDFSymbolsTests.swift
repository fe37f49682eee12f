import Testing

@testable import DocumentText

/// The signs of PDFs whose fonts have them in the places of letters.
@Suite struct PDFSymbolsTests {
    private func blocks(_ texts: [(left: Int, top: Int, text: String, font: Int)]) throws -> [String] {
        let fonts = ["Arial", "ABCDEF+Wingdings-Regular", "SymbolMT", "OpenSymbol", "Wingdings2"].enumerated().map {
            "<fontspec id='\($0.offset)' size='16' family='\($0.element)' color='#000000'/>"
        }
        let runs = texts.map { run in
            let width = run.text.count * 8
            let place = "top='\(run.top)' left='\(run.left)' width='\(width)' height='19' font='\(run.font)'"
            return "<text \(place)>\(run.text)</text>"
        }
        let page = "<page number='1' height='1262' width='892'>\(fonts.joined())\(runs.joined())</page>"
        return try PDFReader.document(ofMarkup: Array(page.utf8), limits: ExtractionLimits()).blocks.map(\.text)
    }

    @Test func readsSignsByTheirFonts() throws {
        let texts = [
            (100, 100, "Workers get ", 0), (196, 100, "\u{F0B3}", 2), (204, 100, "2 litres at 26 ", 0),
            (324, 100, "\u{F0B0}", 3), (332, 100, "C, or 1", 0), (388, 100, "\u{F02E}", 3), (396, 100, "5 litres.", 0),
        ]
        #expect(try blocks(texts) == ["Workers get ≥2 litres at 26 °C, or 1.5 litres."])
    }

    /// A font without a table of its letters has the signs as those letters.
    @Test func readsCheckBoxes() throws {
        let texts = [
            (100, 100, "\u{F0FE}", 1), (116, 100, "Full time", 0), (300, 100, "\u{F0A8}", 1),
            (316, 100, "part time", 0),
            (100, 160, "\u{A8}", 1), (116, 160, "Office", 0), (172, 160, "þ", 1), (188, 160, "home", 0),
            (100, 220, "y", 4), (116, 220, "Þór may stay.", 0),
        ]
        let text = try blocks(texts).joined(separator: "\n")
        #expect(text == "☑ Full time ☐ part time\n☐ Office ☑ home\nÞór may stay.")
    }

    @Test func readsFiguresAndCapitalsOfPrivatePlaces() throws {
        let texts = [(100, 100, "Leave is \u{F732}\u{F738} days, \u{F761}\u{F762}.", 0)]
        #expect(try blocks(texts) == ["Leave is 28 days, AB."])
    }

    @Test func takesCheckMarksBeforeAllTextsForBullets() throws {
        func list(_ signs: [String]) -> [(left: Int, top: Int, text: String, font: Int)] {
            signs.enumerated().flatMap { row, sign in
                [(100, 100 + 23 * row, sign, 1), (120, 100 + 23 * row, "Book train \(row) early", 0)]
            }
        }
        #expect(try blocks(list(["\u{F0FC}", "\u{F0FC}"])) == ["Book train 0 early", "Book train 1 early"])
        let choices = try blocks(list(["\u{F0FC}", "\u{F0FB}"])).joined(separator: " ")
        #expect(choices == "✓ Book train 0 early ✗ Book train 1 early")
    }

    @Test(arguments: [
        ("H O L I D A Y S", "HOLIDAYS"), ("P A R E N T A L   L E A V E ", "PARENTAL LEAVE "),
        ("2 0 2 6   A N N UA L   R E P O R T", "2026 ANNUAL REPORT"), ("Grades A B C", "Grades A B C"),
        ("A B C D E", "A B C D E"), ("M T W T F S S", "M T W T F S S"), ("1 2 3 4 5 6", "1 2 3 4 5 6"),
        ("A   B   U   E", "A   B   U   E"), ("J F M A M J J A S O N D", "J F M A M J J A S O N D"),
        ("x or y or z", "x or y or z"),
    ])
    func joinsTheLettersOfWordsThatArePrintedApart(text: String, joined: String) {
        #expect(PDFLetterSpacing.joined(text) == joined)
    }
}
