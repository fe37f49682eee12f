import Testing

@testable import LocalEngine

@Suite struct FigureTests {
    @Test(arguments: [
        ("25 days", ["25"]), ("twenty-five days", ["25"]), ("twenty five days", ["25"]),
        ("one hundred and twenty euros", ["120"]), ("two thousand five hundred", ["2500"]), ("1,200 euros", ["1200"]),
        ("1.5 hours", ["1.5"]), ("12,345.60", ["12345.6"]), ("a dozen eggs", ["12"]), ("one of them", []),
        ("one day", ["1"]), ("the 3rd of May", ["3", "month 5"]), ("You may ask", []),
        ("on 2026-05-01", ["2026", "month 5", "1"]),
        ("1/5/2026", ["2026", "month 5", "1"]), ("every Monday", ["weekday 1"]), ("room A38", []), ("€80", ["80"]),
        ("5 to 10 days", ["5", "10"]), ("½ day", ["½"]),
    ])
    func readsEnglishFigures(text: String, values: [String]) {
        #expect(Figure.all(in: text, language: .english).map(\.value) == values)
    }

    @Test(arguments: [
        ("fünfundzwanzig Tage", ["25"]), ("1.200 Euro", ["1200"]), ("2,5 Stunden", ["2.5"]),
        ("hundertzwanzig Euro", ["120"]),
        ("zweitausend Euro", ["2000"]), ("am 1.5.2026", ["2026", "month 5", "1"]), ("31. März", ["31", "month 3"]),
        ("eine Regel", []), ("eine Woche", ["1"]), ("dreißig Tage", ["30"]),
    ])
    func readsGermanFigures(text: String, values: [String]) {
        #expect(Figure.all(in: text, language: .german).map(\.value) == values)
    }

    @Test func anUnclearNumberIsComparedAsItIsWritten() {
        #expect(Figure.all(in: "1.200", language: nil).map(\.value) == ["1.200"])
        #expect(Figure.all(in: "1.200", language: .english).map(\.value) == ["1.2"])
        #expect(Figure.all(in: "vingt jours", language: .french).map(\.value) == ["20"])
    }

    @Test func figuresOfDifferentUnitsDiffer() throws {
        func figure(_ text: String) throws -> Figure {
            try #require(Figure.all(in: text, language: .english).first)
        }
        #expect(try figure("27 working days").matches(figure("Days: 27")))
        #expect(try !figure("27 weeks").matches(figure("27 days")))
        #expect(try !figure("€27").matches(figure("27 days")))
        #expect(try figure("27").matches(figure("27 days")))
        #expect(try figure("80 euros").matches(figure("€80")))
    }
}
