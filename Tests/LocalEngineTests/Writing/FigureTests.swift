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

    @Test(arguments: [
        (TextLanguage.english, "hundred euros", 100.0), (.english, "nine hundred ninety-nine days", 999),
        (.english, "three thousand and five", 3_005), (.english, "two dozen", 24),
        (.german, "einundzwanzig", 21), (.german, "zweihundertfünfzig", 250), (.german, "dreitausendzwölf", 3_012),
        (.french, "dix-sept jours", 17), (.french, "vingt et un jours", 21), (.french, "vingt-cinq", 25),
        (.french, "soixante-dix", 70), (.french, "soixante et onze", 71), (.french, "soixante-dix-neuf", 79),
        (.french, "quatre-vingts", 80), (.french, "quatre-vingt-un", 81), (.french, "quatre-vingt-quatorze", 94),
        (.french, "quatre-vingt-dix-sept", 97), (.french, "septante-deux", 72), (.french, "nonante", 90),
        (.french, "cent vingt euros", 120), (.french, "deux cents", 200), (.french, "deux cent quatre-vingts", 280),
        (.french, "mille neuf cents", 1_900), (.spanish, "dieciséis días", 16), (.spanish, "veintiún días", 21),
        (.spanish, "veintiséis", 26), (.spanish, "treinta y un días", 31), (.spanish, "noventa y nueve", 99),
        (.spanish, "cien euros", 100), (.spanish, "ciento veinte", 120), (.spanish, "doscientas horas", 200),
        (.spanish, "quinientos", 500), (.spanish, "novecientos treinta y dos", 932), (.spanish, "dos mil", 2_000),
        (.italian, "diciassette", 17), (.italian, "ventuno", 21), (.italian, "ventitré", 23),
        (.italian, "ventotto", 28),
        (.italian, "trentadue", 32), (.italian, "novantanove", 99), (.italian, "cento", 100),
        (.italian, "centoventi", 120), (.italian, "duecentocinquanta", 250), (.italian, "tremila", 3_000),
        (.dutch, "zeventien", 17), (.dutch, "eenentwintig", 21), (.dutch, "tweeëntwintig", 22),
        (.dutch, "zevenenveertig", 47), (.dutch, "negenennegentig", 99), (.dutch, "honderdtwintig", 120),
        (.dutch, "tweehonderdvijftig", 250), (.dutch, "drieduizend", 3_000), (.portuguese, "dezesseis", 16),
        (.portuguese, "dezasseis", 16), (.portuguese, "vinte e um dias", 21), (.portuguese, "noventa e nove", 99),
        (.portuguese, "cem euros", 100), (.portuguese, "cento e vinte e cinco", 125),
        (.portuguese, "duzentas horas", 200),
        (.portuguese, "quinhentos", 500), (.portuguese, "dois mil e duzentos", 2_200),
    ])
    func readsNumbersInWords(language: TextLanguage, text: String, value: Double) {
        #expect(Figure.all(in: text, language: language).map(\.value) == ["\(Int(value))"])
    }

    /// Numbers from 1 to 99 in words, in the languages that have rules of their own.
    @Test func eachNumberBelowAHundredIsItself() {
        let french =
            "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf"
            .split(separator: " ")
        for tens in [60, 80] {
            for (place, ones) in french.enumerated() {
                let text = (tens == 60 ? "soixante-" : "quatre-vingt-") + ones + " jours"
                #expect(Figure.all(in: text, language: .french).map(\.value) == ["\(tens + place + 1)"], "\(text)")
            }
        }
        let dutch = "een twee drie vier vijf zes zeven acht negen".split(separator: " ")
        let dutchTens = "twintig dertig veertig vijftig zestig zeventig tachtig negentig".split(separator: " ")
        let italian = "uno due tre quattro cinque sei sette otto nove".split(separator: " ")
        let italianTens = "venti trenta quaranta cinquanta sessanta settanta ottanta novanta".split(separator: " ")
        for tens in 0..<8 {
            for ones in 0..<9 {
                let value = "\(20 + 10 * tens + ones + 1)"
                let inDutch = "\(dutch[ones])en\(dutchTens[tens])"
                #expect(Figure.all(in: inDutch, language: .dutch).map(\.value) == [value], "\(inDutch)")
                let stem = "ou".contains(italian[ones].prefix(1)) ? italianTens[tens].dropLast() : italianTens[tens]
                let inItalian = "\(stem)\(italian[ones])"
                #expect(Figure.all(in: inItalian, language: .italian).map(\.value) == [value], "\(inItalian)")
            }
        }
    }

    @Test(arguments: [
        (TextLanguage.french, "vingt pour cent"), (.spanish, "veinte por ciento"), (.italian, "venti per cento"),
        (.portuguese, "vinte por cento"), (.english, "twenty per cent"),
    ])
    func percentIsNoHundred(language: TextLanguage, text: String) throws {
        let figures = Figure.all(in: text, language: language)
        #expect(figures.map(\.value) == ["20"])
        #expect(try #require(figures.first).unit == Unit("%"))
    }

    @Test(arguments: [
        (TextLanguage.english, "two and three days", ["2", "3"]), (.english, "ten or twenty", ["10", "20"]),
        (.french, "entre dix et vingt jours", ["10", "20"]), (.spanish, "de dos y tres días", ["2", "3"]),
        (.portuguese, "dois e três dias", ["2", "3"]),
    ])
    func twoNumbersAreNotOne(language: TextLanguage, text: String, values: [String]) {
        #expect(Figure.all(in: text, language: language).map(\.value) == values)
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
