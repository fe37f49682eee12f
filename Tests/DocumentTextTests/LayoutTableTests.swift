import Testing

@testable import DocumentText

@Suite struct LayoutTableTests {
    private func lines(_ text: String) throws -> [String] {
        try LayoutReader.document(from: text).blocks.map(\.text)
    }

    /// A total is no second line of the row above it.
    @Test func keepsARowApartThatHasFiguresBelowFigures() throws {
        let text = """
            Code  Description            Amount
            101   Base pay             3,000.00
            102   Overtime               250.00
                  (max. 15 hours)
                  Total                3,250.00
            """
        #expect(
            try lines(text) == [
                "Code: 101; Description: Base pay; Amount: 3,000.00",
                "Code: 102; Description: Overtime (max. 15 hours); Amount: 250.00",
                "Description: Total; Amount: 3,250.00",
            ]
        )
    }

    @Test func readsARowBelowALine() throws {
        let text =
            "Item          Hours\nTraining         16\nTravel            8\n-------------------\nSum              24"
        #expect(try lines(text) == ["Item: Hours", "Training: 16", "Travel: 8", "Sum: 24"])
    }

    @Test func takesTheRowAboveALineForAHeader() throws {
        let text = "Item          Wage group\n------------------------\nTravel        basic\nTraining      higher"
        #expect(try lines(text) == ["Item: Travel; Wage group: basic", "Item: Training; Wage group: higher"])
    }

    @Test(arguments: [
        (
            "Country     Full     Half\nItaly       42       28\nSpain       34       23\n\n"
                + "City        Single   Double\nRome        150      180\nMadrid      130      160",
            [
                "Country: Italy; Full: 42; Half: 28", "Country: Spain; Full: 34; Half: 23",
                "City: Rome; Single: 150; Double: 180", "City: Madrid; Single: 130; Double: 160",
            ]
        ),
        (
            "Munich        Berlin        Graz\n09:00         08:00         10:00\n\n"
                + "Holidays      100 %         all\nSundays       50 %          all",
            ["Munich: 09:00; Berlin: 08:00; Graz: 10:00", "Holidays; 100 %; all", "Sundays; 50 %; all"]
        ),
    ])
    func endsATableAtAnEmptyLineAboveAnotherOne(text: String, rows: [String]) throws {
        #expect(try lines(text) == rows)
    }

    @Test func joinsTheLinesOfTheNameOfARow() throws {
        let text = """
            Kind of leave            Days   Notice
            Wedding or registered
            partnership                2    1 week
            Death of a parent,
            Child or partner           3    none
            Birth or adoption          5    none
            of a child
            Move                       1    2 weeks
            """
        #expect(
            try lines(text) == [
                "Kind of leave: Wedding or registered partnership; Days: 2; Notice: 1 week",
                "Kind of leave: Death of a parent, Child or partner; Days: 3; Notice: none",
                "Kind of leave: Birth or adoption of a child; Days: 5; Notice: none",
                "Kind of leave: Move; Days: 1; Notice: 2 weeks",
            ]
        )
    }

    @Test(arguments: [
        "              2024    2025\nunder 30        26      27\nover 30                 29",
        "\t2024\t2025\nunder 30\t26\t27\nover 30\t\t29",
    ])
    func readsAHeaderWithoutANameOfTheRows(text: String) throws {
        #expect(try lines(text) == ["under 30; 2024: 26; 2025: 27", "over 30; 2025: 29"])
    }

    @Test func readsARemarkBelowAValue() throws {
        let text = "Overtime:       25 %\nSundays:        50 %\n   (holidays: 100 %)\nNights:         20 %"
        #expect(try lines(text) == ["Overtime: 25 %", "Sundays: 50 % (holidays: 100 %)", "Nights: 20 %"])
    }

    @Test(arguments: [
        (
            "City           Hotel    Meals\nZurich\n  weekdays     180      60\n  weekends     150      60\nBern\n"
                + "  weekdays     200      65",
            [
                "Zurich", "Zurich; City: weekdays; Hotel: 180; Meals: 60",
                "Zurich; City: weekends; Hotel: 150; Meals: 60", "Bern",
                "Bern; City: weekdays; Hotel: 200; Meals: 65",
            ]
        ),
        (
            "Europe\n   Italy      42    28\n   Spain      34    23\nAsia\n   Japan      66    44",
            ["Europe; Italy; 42; 28", "Europe; Spain; 34; 23", "Asia; Japan; 66; 44"]
        ),
    ])
    func namesRowsByTheLabelsAboveThem(text: String, rows: [String]) throws {
        #expect(try lines(text) == rows)
    }

    @Test func readsValuesAfterColonsOrDots() throws {
        #expect(try lines("Contact       : Anna Berg\nPhone         : 4410") == ["Contact: Anna Berg", "Phone: 4410"])
        let text =
            "Sundays ........ 45 euros\nLunch ........ 12.50\n\nYear 1 ....... 25\nYear 2 ....... 27\nText of it."
        #expect(
            try lines(text)
                == ["Sundays: 45 euros", "Lunch: 12.50", "Year 1: 25", "Year 2: 27", "Text of it."]
        )
    }

    @Test func readsColumnsOfTextOneAfterTheOther() throws {
        let text = """
            SICK PAY                               ANNUAL LEAVE

            Sick pay lasts six weeks and           Annual leave is thirty days for
            is 100 percent of the pay. A           full-time staff. Part-time staff
            note of a doctor is needed from        get it pro rata. Up to five days
            day four on.                           are carried over to March.

            The end of it is plain text.
            """
        #expect(
            try lines(text) == [
                "SICK PAY",
                "Sick pay lasts six weeks and is 100 percent of the pay. A note of a doctor is needed from day four on.",
                "ANNUAL LEAVE",
                "Annual leave is thirty days for full-time staff. Part-time staff get it pro rata. Up to five days are "
                    + "carried over to March.",
                "The end of it is plain text.",
            ]
        )
    }

    @Test func readsNoTableOfContents() throws {
        let text =
            "1. Leave ........ 3\n2. Travel ........ 5\n\nLeave ........ 3\nTravel ........ 5\n\nLeave\n\nIt is long."
        #expect(try lines(text) == ["Leave", "It is long."])
    }

    @Test(arguments: ["Norway\t75\t", "Norway\t75"])
    func readsTabbedRowsWithoutALastCell(row: String) throws {
        let text = "Country\tFull day\tHalf day\nItaly\t42\t28\n\(row)\nSpain\t34\t23"
        #expect(
            try lines(text) == [
                "Country: Italy; Full day: 42; Half day: 28", "Country: Norway; Full day: 75",
                "Country: Spain; Full day: 34; Half day: 23",
            ]
        )
    }

    @Test(arguments: [
        "Group | Leave | Sick\n------+-------+-----\nFull  |  30   | 6 wk\nPart  |       | 6 wk\n(2 rows)",
        "Group | Leave | Sick\n:-----|------:|-----\nFull | 30 | 6 wk\nPart | | 6 wk\n(2 rows)",
        "Group|Leave|Sick\nFull|30|6 wk\nPart||6 wk\n(2 rows)",
    ])
    func readsTablesWithBarsBetweenCellsOnly(text: String) throws {
        #expect(
            try lines(text)
                == ["Group: Full; Leave: 30; Sick: 6 wk", "Group: Part; Sick: 6 wk", "(2 rows)"]
        )
    }

    @Test func readsRowsBetweenRulesThatPartSections() throws {
        let text = """
            +-------+------+-----+
            | Item  | Fee  | Tax |
            +-------+------+-----+
            | Lamp  | 12   | 2   |
            | Chair | 40   | 5   |
            +-------+------+-----+
            | Office staff       |
            +-------+------+-----+
            | Desk  | 95   | 9   |
            | Bed   | 99   |     |
            +-------+------+-----+
            """
        #expect(
            try lines(text) == [
                "Item: Lamp; Fee: 12; Tax: 2", "Item: Chair; Fee: 40; Tax: 5", "Office staff",
                "Office staff; Item: Desk; Fee: 95; Tax: 9", "Office staff; Item: Bed; Fee: 99",
            ]
        )
    }

    @Test func readsOneRowBetweenRules() throws {
        let text = """
            +---------+---------+
            | Post    | Who     |
            +=========+=========+
            | Head of | Ann Lee |
            | Finance | or Bob  |
            +---------+---------+
            | Clerk   | Ida     |
            +---------+---------+
            """
        #expect(try lines(text) == ["Post: Head of Finance; Who: Ann Lee or Bob", "Post: Clerk; Who: Ida"])
    }

    @Test func joinsTheLinesOfARowBetweenBars() throws {
        let text =
            "| Type     | 2025 | 2026 |\n|----------|------|------|\n| Birth of | 5    | 10   |\n| a child  |      |      |\n| Move     | 1    | 2    |"
        #expect(try lines(text) == ["Type: Birth of a child; 2025: 5; 2026: 10", "Type: Move; 2025: 1; 2026: 2"])
    }

    @Test func takesTwoBlanksAfterASentenceForNoGap() throws {
        let text = "You need a form of the team.  The form is signed,\nor else nothing is paid.  Ask the team for it."
        #expect(
            try lines(text)
                == ["You need a form of the team. The form is signed, or else nothing is paid. Ask the team for it."]
        )
    }

    @Test(arguments: [
        "a  1\n\n", "a  b\nc\n", "a | b | c\n", "a,\nb  c\n", "  (a)\na  1\n", "a  1\n---\n",
        "\na b c  d e f\na b c  d e f",
        "a .... 1\n", "a ....", "a\n b  1\n",
    ])
    func readsManyLines(line: String) throws {
        #expect(try lines(String(repeating: line, count: 5_000) + "\nEnd of it.").last?.hasSuffix("End of it.") == true)
    }

    @Test func namesMayBeOnTwoLinesAboveTheSameWords() throws {
        let text = """
                         Employee   Employer
            Scheme       share      share      Total
            -----------------------------------------
            Pension      9.30       9.30       18.60
            Care         1.70                  1.70
            """
        #expect(
            try LayoutReader.document(from: text).blocks.map(\.text) == [
                "Scheme: Pension; Employee share: 9.30; Employer share: 9.30; Total: 18.60",
                "Scheme: Care; Employee share: 1.70; Total: 1.70",
            ]
        )
    }

    @Test func linesBelowNamesAreNoNames() throws {
        let text = "Scheme   Share   Total\n------   -----   -----\nPension  9.30    18.60\nCare     1.70    1.70\n"
        #expect(
            try LayoutReader.document(from: text).blocks.map(\.text) == [
                "Scheme: Pension; Share: 9.30; Total: 18.60", "Scheme: Care; Share: 1.70; Total: 1.70",
            ]
        )
    }

    @Test func takesAShortLastRowOfATabbedTable() throws {
        let document = try LayoutReader.document(
            from: "Item\tWhole\tHalf\nSoup\t4 euros\t2 euros\nSalad\t5 euros\t3 euros\nGoulash\t9 euros"
        )
        #expect(document.blocks.last?.text == "Item: Goulash; Whole: 9 euros")
    }
}
