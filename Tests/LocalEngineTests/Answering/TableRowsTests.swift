import Testing

@testable import LocalEngine

/// Which rows of a table a question names.
@Suite struct TableRowsTests {
    private static func tables(_ text: String) -> [[TableRows.Row]] {
        TableRows(of: Statement.statements(of: text)).tablesOfSeveralRows
    }

    private static func named(_ question: String, in text: String) -> [String] {
        let table = tables(text)[0]
        return TableRows.named(by: TableRows.stems(of: question), in: table).sorted().map { table[$0].key }
    }

    @Test(arguments: [
        ("Office: Bern; Notice: 1 month\nOffice: Lyon; Notice: 2 months", ["Bern", "Lyon"]),
        // A column of headers, and a group that all rows are in.
        ("Gym; Open: 06:00; Closed: 22:00\nPool; Open: 07:00; Closed: 20:00", ["Gym", "Pool"]),
        ("Full time; Office: Bern; Hours: 40\nFull time; Office: Lyon; Hours: 35", ["Bern", "Lyon"]),
        // A row told cell by cell.
        ("Grade: A; Task: leads projects\nGrade: A; Pay: 90", ["leads projects", "90"]),
        ("Payroll records: 10 years\nTime records: 3 years", ["Payroll records", "Time records"]),
        ("Public; website; everyone\nSecret; salaries; few", ["Public", "Secret"]),
        (
            "Value: above 100; Rule: not allowed; return it\nValue: up to 100; Rule: allowed",
            ["above 100", "up to 100"]
        ),
    ])
    func areFoundByTheLinesThatDescribeThem(text: String, keys: [String]) {
        #expect(Self.tables("Before it.\n\(text)\nAfter it.").map { $0.map(\.key) } == [keys])
    }

    @Test(arguments: [
        "One sentence. And another; it goes on.\nA third: it ends.", "- first: one\n- second: two",
        "Office: Bern; Notice: 1 month\nA sentence between.\nName: Ida; Age: 40",
    ])
    func areNoSentencesAndNoSingleLines(text: String) {
        #expect(Self.tables(text).isEmpty)
    }

    private static let offices = """
        Office: Bern; Service: up to 2 years; Notice: 1 month
        Office: Bern; Service: more than 2 years; Notice: 3 months
        Office: Lyon; Service: any; Notice: 2 months
        """

    @Test func areNamedByTheirOwnWords() {
        #expect(Self.named("How long is my notice in Lyon?", in: Self.offices) == ["Lyon"])
        #expect(Self.named("How long is my notice in Bern?", in: Self.offices) == ["Bern", "Bern"])
        #expect(Self.named("Is it longer in Bern or in Lyon?", in: Self.offices).isEmpty)
        #expect(Self.named("How long is my notice?", in: Self.offices).isEmpty)
    }

    /// The other line of the row has a word of the question as well.
    @Test func areNamedByTheHeadersOfTheirOwnCells() {
        let text = """
            Lamp: Abbe; Burning hours: 883
            Lamp: Abbe; Care: It rests for 55 hours.
            Lamp: Hooke; Burning hours: 540
            Lamp: Hooke; Care: It rests for 23 hours.
            """
        let table = Self.tables(text)[0]
        let named = TableRows.named(by: TableRows.stems(of: "What are the burning hours of Abbe?"), in: table)
        #expect(named.map { table[$0].cells[1].text } == ["883"])
    }

    @Test(arguments: [
        ("What is the notice in Lyon?", "Office: Lyon; Service: any; Notice: 2 months"),
        ("What is the opening time of the pool?", nil), ("What is the notice for interns in Lyon?", nil),
        ("What about Lyon?", nil), ("What is the notice?", nil),
    ])
    func haveACellThatAQuestionNames(question: String, row: String?) {
        let statements = Statement.statements(of: Self.offices)
        let asked = Set(Words.content(of: question).map { WordStem.of($0) })
        let places = TableRows(of: statements).places(ofCellsNamedBy: asked, below: ["office"])
        #expect(places.map { statements[$0].text } == (row.map { [$0] } ?? []))
    }

    @Test(arguments: [
        ("What is the pay of Ida?", ["Name: Ida; Pay: 90"]), ("What is the pay of Bo?", ["Name: Bo; Pay: 70"]),
        ("What is the pay of Eva?", []), ("What is the age of Ida?", []),
    ])
    func haveACellThatAQuestionNamesWhenTheyAreToldByCells(question: String, rows: [String]) {
        let text = "Name: Ida; Task: leads projects\nName: Ida; Pay: 90\nName: Bo; Task: draws\nName: Bo; Pay: 70"
        for text in [text, text.split(separator: "\n").prefix(2).joined(separator: "\n")] {
            let statements = Statement.statements(of: text)
            let asked = Set(Words.content(of: question).map { WordStem.of($0) })
            let places = TableRows(of: statements).places(ofCellsNamedBy: asked, below: [])
            #expect(places.map { statements[$0].text } == rows.filter { text.contains($0) })
        }
    }

    /// A capital letter names a row, also one that is an article at the beginning of a sentence.
    @Test func areNamedByLetters() {
        let rows = "Grade: Grade A; Leave: 4 days\nGrade: Grade B; Leave: 5 days\nGrade: Grade C; Leave: 6 days"
        #expect(Self.named("What is the leave for Grade A?", in: rows) == ["Grade A"])
        #expect(Self.named("A colleague asks for the leave of Grade C.", in: rows) == ["Grade C"])
        let letters = "Band: A; Fee: 1 euro\nBand: B; Fee: 2 euros"
        #expect(Self.named("Which fee has band A?", in: letters) == ["A"])
    }

    /// The `3` of `3 days a week` is in another row's value.
    @Test func areNamedByTheCellThatDistinguishesThem() {
        let rows = "Days per week: 5 days; At home: 3 days\nDays per week: 3 days; At home: 2 days"
        #expect(Self.named("I work three days a week. How many at home?", in: rows) == ["3 days"])
        #expect(Self.named("Ich arbeite an drei Tagen.", in: rows) == ["3 days"])
    }

    @Test(arguments: [
        ("I have been here for five years", ["up to 2 years", "first year"]), ("after one year", ["more than 2 years"]),
        ("with more than 2 years of service", ["up to 2 years"]), ("less than 2 years", ["more than 2 years"]),
        ("for 5 weeks", ["more than 2 years"]), ("for 25 months", ["up to 2 years"]), ("for years", []),
        ("I am 30 years old", []), ("for 5 kilometres", []),
    ])
    func areExcludedByTheirRanges(question: String, keys: [String]) throws {
        let text = "Service: up to 2 years; Notice: a\nService: more than 2 years; Notice: b\nService: any; Notice: c"
        let table = Self.tables(text)[0]
        let excluded = TableRows.excluded(by: Quantity.all(in: question), in: table).map { table[$0].key }
        #expect(Set(excluded) == Set(keys).intersection(table.map(\.key)))
    }

    @Test(arguments: [
        ("What is the notice for band 5?", ["5 and 6"]), ("I'm band 7, how long is it?", ["7"]),
        ("band 2 notice?", ["1 to 4"]), ("I am a band 6 nurse", ["5 and 6"]),
        ("I have 7 days of leave", ["1 to 4", "5 and 6", "7"]), ("after 5 years", ["1 to 4", "5 and 6", "7"]),
        ("band 12", ["1 to 4", "5 and 6", "7"]),
    ])
    func areChosenByTheNumbersOfWhatTheirHeaderNames(question: String, keys: [String]) {
        let table = Self.tables("Band: 1 to 4; Notice: 4 weeks\nBand: 5 and 6; Notice: 8\nBand: 7; Notice: 9")[0]
        let quantities = Quantity.all(in: question) + Quantity.numbered(in: question)
        let excluded = TableRows.excluded(by: quantities, in: table)
        #expect(table.indices.filter { !excluded.contains($0) }.map { table[$0].key } == keys)
    }

    @Test(arguments: [
        ("Grade: 1; Pay: 90\nGrade: 2; Pay: 95", "What does grade 3 get?", true),
        ("Grade: 1; Pay: 90\nGrade: 2; Pay: 95", "What does grade 2 get?", false),
        ("Grade: 1; Pay: 90\nGrade: 2; Pay: 95", "What do I get after 3 years?", false),
        ("Name: Grade 1; Pay: 90\nName: Grade 2; Pay: 95", "and grade 3?", true),
        ("Name: Grade 1; Pay: 90\nName: Grade 2; Pay: 95", "and grade 1?", false),
        ("Band: 1 to 4; Pay: 90\nBand: 5; Pay: 95", "band 6", true),
        ("Band: 1 to 4; Pay: 90\nBand: 5; Pay: 95", "band 3", false),
        ("Grade: G1; Pay: 90\nGrade: G2; Pay: 95", "What does grade G3 get?", true),
        ("Grade: G1; Pay: 90\nGrade: G2; Pay: 95", "What does a G2 get?", false),
        ("Grade: A; Step 1: 90; Step 2: 92\nGrade: B; Step 1: 95; Step 2: 97", "grade A in step 3", true),
        ("Grade: A; Step 1: 90; Step 2: 92\nGrade: B; Step 1: 95; Step 2: 97", "grade A in step 2", false),
        ("Band: 1; Pay: 90\nBand: other; Pay: 95", "band 6", false),
    ])
    func areLackingForOtherNumbers(rows: String, question: String, isLacking: Bool) {
        #expect(TableRows.lacks(Quantity.numbered(in: question), in: Self.tables(rows)[0]) == isLacking)
    }

    @Test(arguments: [
        ("Version: 3.0; Date: 4 March; Author: Ida; Change: 5 days more", true),
        ("Fassung: 2; Datum: 4.3.2026", true), ("Version: Basic; Price: 4 euros", false),
        ("Date: 4 March; Change: 5 days more", false), ("3.0; 4 March; Ida", false),
    ])
    func areOfVersionsByTheirHeaders(row: String, areVersions: Bool) {
        let table = TableRows(of: Statement.statements(of: row)).tables[0]
        #expect(TableRows.areVersions(table) == areVersions)
    }

    /// A word of a header or a heading names no row, and a figure names none of the rows that hold for ranges.
    @Test func areNotNamedByWordsForAllRowsOrByFiguresOfValues() {
        let support = "Age: under 3; Support: 90\nAge: 3 or older; Support: no support"
        #expect(Self.named("How much support do I get?", in: support) == [])
        let notice = "Service: up to 5 years; Notice: 6 weeks\nService: more than 5 years; Notice: 3 months"
        #expect(Self.named("I started 3 months ago.", in: notice) == [])
        let table = Self.tables("Home: Single; Amount: 90\nHome: With parents; Amount: no rent support")[0]
        let asked = TableRows.stems(of: "How much rent support do I get?")
        #expect(TableRows.named(by: asked, in: table) == [1])
        #expect(TableRows.named(by: asked, in: table, below: TableRows.stems(of: "Rent support")) == [])
    }

    /// Each place is a row and a column.
    @Test(arguments: [
        ("How long is the way from Bern to Lyon?", "Bern"), ("How long is the way from Lyon to Bern?", "Lyon"),
        ("How long does it take to Lyon, if I come from Bern?", "Bern"), ("What is the time Lyon – Bern?", "Lyon"),
    ])
    func areThoseThatAQuestionNamesAsRows(question: String, row: String) throws {
        let text = """
            From / To: Bern; Lyon: 40; Turin: 90
            From / To: Lyon; Bern: 50; Turin: 80
            From / To: Turin; Bern: 95; Lyon: 85
            """
        let table = try #require(Self.tables(text).first)
        let named = TableRows.named(wordForWordBy: AskedWords(question), in: table)
        #expect(named.map { table[$0].key } == [row])
    }

    @Test func areAllThatAreNamedIfTheyAreNoColumns() throws {
        let table = try #require(Self.tables(Self.offices).first)
        let question = AskedWords("Is the notice in Lyon longer than in Bern?")
        #expect(TableRows.named(wordForWordBy: question, in: table).count > 1)
    }
}

/// Figures in questions and ranges in cells.
@Suite struct QuantityTests {
    @Test(arguments: [
        ("What does band 6 get?", [6.0]), ("Entgeltgruppe 9a", [9]), ("after 5 years", []), ("Band 7, 9 days", [7]),
        ("in section 4.", [4]), ("as an E6 or EG 5", [6, 5]), ("at level 3 days count", []), ("the 5 of us", []),
        ("6", []),
    ])
    func readsNumbersOfWhatTheyNumber(question: String, values: [Double]) {
        #expect(Quantity.numbered(in: question).map(\.value) == values)
    }

    @Test(arguments: [
        ("a course for 2,000 euros", [Quantity(value: 2000, unit: "eur")]),
        ("für 1.500,50 Euro", [Quantity(value: 1500.5, unit: "eur")]),
        ("€80 or CHF 90.50", [Quantity(value: 80, unit: "eur"), Quantity(value: 90.5, unit: "chf")]),
        ("three weeks and 16.5 days", [Quantity(value: 21, unit: "day"), Quantity(value: 16.5, unit: "day")]),
        (
            "I am 47 and drive 8 miles",
            [Quantity(value: 47 * 365, unit: "day", isAge: true), Quantity(value: 8, unit: "mile")]
        ),
        ("Sie ist zwei Jahre alt", [Quantity(value: 730, unit: "day", isAge: true)]),
        ("£0.5 million a year", [Quantity(value: 500_000, unit: "gbp", period: .year)]),
        ("in section 4.", []), ("no figure", []),
    ])
    func readsQuantities(text: String, quantities: [Quantity]) {
        #expect(Quantity.all(in: text) == quantities)
    }

    @Test(arguments: [
        ("up to €500", 500.0, 501.0), ("above €500", 501, 500), ("more than 500 euros", 500.01, 500),
        ("€50.01 to €100", 100, 50), ("above €50 up to €100", 51, 50), ("€50–€100", 50, 101),
        ("less than EUR 100", 99, 100), ("from 10 euros", 10, 9), ("10 euros or more", 10, 9),
        ("bis zu 20 Euro", 20, 21), ("mehr als 20 Euro", 21, 20), ("50 bis 100 Euro", 60, 40),
        ("at least €1,500", 1500, 1499.99),
    ])
    func readsRanges(cell: String, inside: Double, outside: Double) throws {
        let range = try #require(QuantityRange(cell))
        #expect(range.holds(Quantity(value: inside, unit: "eur")) == true)
        #expect(range.holds(Quantity(value: outside, unit: "eur")) == false)
        #expect(range.holds(Quantity(value: inside, unit: "dai")) == nil)
    }

    @Test(arguments: [
        ("6 months to 2 years", "Service", "for 18 months", true),
        ("6 months to 2 years", "Service", "for 5 months", false),
        ("weniger als 6 Monate", "Frist", "seit sechs Jahren", false), ("40 to 54", "Age", "I am 47", true),
        ("under 3", "Age of the child", "She is 18 months old", true), ("40 to 54", "Age", "for 45 years", nil),
        ("more than 5 years", "Service", "I am 45 years old", nil), ("up to £900", "Monthly pay", "£800 a year", nil),
        ("bis zum vollendeten 3. Jahr", "Gruppe", "seit 7 Jahren", false),
        ("ab dem 4. Jahr", "Gruppe", "seit 7 Jahren", true),
        ("ab Vollendung des 55. Lebensjahres", "Gruppe", "ich bin 57", true),
        ("ab Vollendung des 55. Lebensjahres", "Gruppe", "seit 57 Jahren", nil),
        ("up to £900", "Monthly pay", "£800 a month", true), ("up to £9,000", "Turnover", "£8k", true),
    ])
    func comparesLengthsOfTimeAgesAndPeriods(cell: String, header: String, question: String, holds: Bool?) throws {
        let range = try #require(QuantityRange(cell, below: header))
        #expect(range.holds(try #require(Quantity.all(in: question).first)) == holds)
    }

    @Test(arguments: ["5 days", "any", "1 January 2026", "the first year", ""])
    func takesNoOtherCellForARange(cell: String) {
        #expect(QuantityRange(cell) == nil)
    }

    @Test(arguments: [
        ("Anna Berg; Payroll; Berlin\nEmil Frey; Relocation desk; Munich", ["Emil Frey"]),
        ("Name: Anna Berg; Task: Payroll\nName: Emil Frey; Task: Relocation", ["Emil Frey"]),
        // No person, and no row that the question does not have whole.
        ("Payroll; 12 euros; Berlin\nRelocation desk; 30 euros; Munich", []),
        ("Anna Berg; Payroll; Berlin\nEmil Frey; Relocation of machines; Munich", []),
        // A cell that all rows have.
        ("Anna Berg; Relocation; Berlin\nEmil Frey; Relocation; Munich", []),
    ])
    func withAPersonAreFoundByAnotherCell(text: String, keys: [String]) {
        let rows = TableRows(of: Statement.statements(of: text))
        let asked = TableRows.stems(of: "Who is in charge of the relocation desk?")
        let places = rows.places(ofPersonsBesideCellsNamedBy: asked)
        #expect(rows.tables.joined().filter { !places.isDisjoint(with: $0.places) }.map(\.key) == keys)
    }
}
