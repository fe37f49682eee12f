import Testing

@testable import DocumentText

@Suite struct LayoutReaderTests {
    @Test(arguments: [
        "City         Hotel      Day\n------------ ---------- --------\nGraz         95 euros   20 euros\nLinz\n",
        "============ ========== ========\nCity         Hotel      Day\n============ ========== ========\n"
            + "Graz         95 euros   20 euros\nLinz\n============ ========== ========\n",
        "  City             Hotel        Day\n  ------------ --------- ----------\n  Graz          95 euros   20 euros\n  Linz\n",
    ])
    func readsATableWhoseHeaderIsUnderlined(table: String) throws {
        let document = try LayoutReader.document(from: "It is paid.\n\n\(table)\nThe end.")
        #expect(
            document.blocks.map(\.text)
                == ["It is paid.", "City: Graz; Hotel: 95 euros; Day: 20 euros", "City: Linz", "The end."]
        )
    }

    @Test func continuesARowWhoseFirstCellIsEmptyAndEndsWhereWordsCrossAColumn() throws {
        let document = try LayoutReader.document(
            from: """
                Kind       Rule
                ---------- --------------------
                Taxi       only at night, and
                           with approval
                This line is text of its own.
                """
        )
        #expect(
            document.blocks.map(\.text)
                == ["Kind: Taxi; Rule: only at night, and with approval", "This line is text of its own."]
        )
    }

    @Test func recognizesOnlyClearHeadings() throws {
        let document = try LayoutReader.document(
            from: """
                Leave policy

                3.2  Carry-over
                Up to 5 unused days may be carried
                into the next year.

                This line stands alone.

                Costs: 5 euros

                # Marked
                OVERVIEW
                ========
                Last words
                """
        )
        #expect(
            document.blocks == [
                .heading(level: 1, text: "Leave policy"), .heading(level: 3, text: "3.2 Carry-over"),
                .paragraph("Up to 5 unused days may be carried into the next year."),
                .paragraph("This line stands alone."),
                .paragraph("Costs: 5 euros"), .heading(level: 1, text: "Marked"), .heading(level: 1, text: "OVERVIEW"),
                .paragraph("Last words"),
            ]
        )
    }

    @Test func joinsWordsHyphenatedAtALineEnd() throws {
        let document = try LayoutReader.document(from: "The reim-\nbursement of part-\nTime staff.")
        #expect(document.blocks == [.paragraph("The reimbursement of part- Time staff.")])
    }

    @Test func readsListItems() throws {
        let document = try LayoutReader.document(
            from: "You need:\n  •   a form\n      with a stamp\n  (b) a receipt\n 3. patience"
        )
        #expect(
            document.blocks == [
                .paragraph("You need:"), .listItem("a form with a stamp"), .listItem("a receipt"),
                .listItem("patience"),
            ]
        )
    }

    @Test func readsColumnsAsRows() throws {
        let document = try LayoutReader.document(
            from: """
                Country          Hotel        Meals
                Germany          150 EUR         64
                                 incl. tax

                United Kingdom   180 GBP         70
                Text after it.
                """
        )
        #expect(
            document.blocks == [
                .tableRow("Country: Germany; Hotel: 150 EUR incl. tax; Meals: 64"),
                .tableRow("Country: United Kingdom; Hotel: 180 GBP; Meals: 70"), .paragraph("Text after it."),
            ]
        )
    }

    @Test func readsLabelsAndValuesAsPairs() throws {
        let document = try LayoutReader.document(from: "Owner:     People team\nVersion:   2.1")
        #expect(document.blocks == [.tableRow("Owner: People team"), .tableRow("Version: 2.1")])
    }

    @Test(arguments: [
        ("Apply until\n15. March in writing.", ["Apply until 15. March in writing."]),
        ("Who is over\n(25) years old.", ["Who is over (25) years old."]),
        ("31. March is the last day.", ["31. March is the last day."]),
        ("1. ask\n2. wait until\n14. May\n3. go", ["ask", "wait until 14. May", "go"]),
        ("We need:\n1. a form\n2. a stamp", ["We need:", "a form", "a stamp"]),
    ])
    func keepsFiguresAtTheStartsOfLines(text: String, blocks: [String]) throws {
        #expect(try LayoutReader.document(from: text).blocks.map(\.text) == blocks)
    }

    @Test(arguments: [
        ("a short-\nterm loan", "a short-term loan"), ("Sport-\nund Spielgeld", "Sport- und Spielgeld"),
        ("the reim-\nbursement", "the reimbursement"), ("co-worker and co-\nworker", "co-worker and co-worker"),
        ("buy-in, a buy-\nin", "buy-in, a buy-in"), ("for 10-\n15 years", "for 10-15 years"),
        ("会社の備\n品を使う。", "会社の備品を使う。"), ("備品 A\nB", "備品 A B"),
        ("연차 휴가는\n15일입니다.", "연차 휴가는 15일입니다."),
    ])
    func joinsLines(text: String, line: String) throws {
        #expect(try LayoutReader.document(from: text + " \nand more.").blocks.map(\.text) == ["\(line) and more."])
    }

    @Test func readsTabbedTables() throws {
        let document = try LayoutReader.document(
            from: "Zone\tBefore 9\tLater\nA\t3 euros\t2 euros\nB\t5 euros\t4 euros"
        )
        #expect(
            document.blocks.map(\.text) == [
                "Zone: A; Before 9: 3 euros; Later: 2 euros", "Zone: B; Before 9: 5 euros; Later: 4 euros",
            ]
        )
    }

    @Test(arguments: [
        "+----+-----+\n| Bus | Fare |\n+====+=====+\n| 1 | 2 |\n+----+-----+\n| 7 | day |\n|   | pass |\n+----+-----+",
        "┌────┬─────┐\n│ Bus │ Fare │\n├────┼─────┤\n│ 1 │ 2 │\n│ 7 │ day pass │\n└────┴─────┘",
        "| Bus | Fare |\n|-----|-----|\n| 1 | 2 |\n| 7 | day pass |",
    ])
    func readsDrawnTables(text: String) throws {
        #expect(
            try LayoutReader.document(from: "Fares:\n\n\(text)\nEnd.").blocks == [
                .paragraph("Fares:"), .tableRow("Bus: 1; Fare: 2"), .tableRow("Bus: 7; Fare: day pass"),
                .paragraph("End."),
            ]
        )
    }

    @Test func writesLigaturesAndArabicShapesAsLetters() throws {
        let document = try LayoutReader.document(
            from: "An o\u{FB03}ce of 4 m². \u{202B}\u{FEB3}\u{FEE8}\u{FE94}\u{202C} here."
        )
        #expect(document.blocks.map(\.text) == ["An office of 4 m². \u{633}\u{646}\u{629} here."])
    }

    @Test(arguments: ["+--+\n", "| a\n", "a\t\tb\n", "- ", "1. "])
    func staysBoundedWithHostileLines(line: String) throws {
        let document = try LayoutReader.document(from: String(repeating: line, count: 20_000) + "\nEnd of it.")
        #expect(document.blocks.count <= 20_001)
    }

    @Test func aNumberedSentenceOfSeveralLinesIsNoHeading() throws {
        let text = """
            4.2 Annual leave
            Staff have 28 days, of which 10 may be carried over to the next
            year.

            4.2.1 Leave that is not taken by the end of March
            is lost.

            4.2.2 Carried leave counts. Of it,
            5 days may be paid out.

            7. Part-time employees who change their working time during the
            Year get a new entitlement.

            8. Notice of leave. It is given in writing, by
            mail.
            """
        #expect(
            try LayoutReader.document(from: text).blocks == [
                .heading(level: 3, text: "4.2 Annual leave"),
                .paragraph("Staff have 28 days, of which 10 may be carried over to the next year."),
                .paragraph("4.2.1 Leave that is not taken by the end of March is lost."),
                .paragraph("4.2.2 Carried leave counts. Of it, 5 days may be paid out."),
                .listItem(
                    "7. Part-time employees who change their working time during the Year get a new entitlement."
                ),
                .listItem("8. Notice of leave. It is given in writing, by mail."),
            ]
        )
    }

    /// Sections whose numbers count up are headings, whatever is around them.
    @Test(arguments: [
        (
            "1. Cooks\n1.1 Leave is 27 days.\n1.2 Notice is 6 weeks.\n2. Waiters\n2.1 Leave is 25 days.",
            ["# 1. Cooks", "1.1 Leave is 27 days.", "1.2 Notice is 6 weeks.", "# 2. Waiters", "2.1 Leave is 25 days."]
        ),
        (
            "1. Cooks\n  a) until 40: 27 days\n  b) from 40: 30 days\n2. Waiters\n  a) all: 25 days",
            ["# 1. Cooks", "- until 40: 27 days", "- from 40: 30 days", "# 2. Waiters", "- all: 25 days"]
        ),
        (
            "§ 1 Pausen\nDie Pause dauert 40 Minuten.\n§ 2 Kündigung\nDie Frist steht in\n§ 5 Absatz 2 des Vertrags.",
            [
                "# § 1 Pausen", "Die Pause dauert 40 Minuten.", "# § 2 Kündigung",
                "Die Frist steht in § 5 Absatz 2 des Vertrags.",
            ]
        ),
        (
            "Article 5\nLeave is 27 days.\nArticle 6 Notice\nNotice is 6 weeks.",
            ["# Article 5", "Leave is 27 days.", "# Article 6 Notice", "Notice is 6 weeks."]
        ),
        ("第10条　割増率は25％、深夜の割増率は\n30％とする。", ["第10条 割増率は25％、深夜の割増率は30％とする。"]),
        ("第10条　休暇\n休暇は20日とする。", ["# 第10条 休暇", "休暇は20日とする。"]),
    ])
    func readsSectionsByTheirNumbers(text: String, blocks: [String]) throws {
        #expect(try Self.outline(of: "Rules of the house\n\n" + text) == ["# Rules of the house"] + blocks)
    }

    /// A figure at the beginning of a wrapped line is no number of the list around it, which has other marks.
    @Test func keepsAFigureBetweenItemsWithOtherMarks() throws {
        let text = "(1) Leave is in August.\n(2) At the most there are\n3. days in winter.\n(3) Ask the works manager."
        #expect(
            try Self.outline(of: text) == [
                "- Leave is in August.", "- At the most there are 3. days in winter.", "- Ask the works manager.",
            ]
        )
    }

    @Test(arguments: [
        (
            "* Full time\n    - under 40: 27 days\n* Grade 4\n    - all: 18 days",
            ["- Full time", "- Full time: under 40: 27 days", "- Grade 4", "- Grade 4: all: 18 days"]
        ),
        (
            "1) Full time\na) under 40: 27 days\nb) from 40: 30 days\n2) Half time\na) all: 18 days",
            [
                "- Full time", "- Full time: under 40: 27 days", "- Full time: from 40: 30 days", "- Half time",
                "- Half time: all: 18 days",
            ]
        ),
    ])
    func tellsNestedItemsWithTheOuterOne(text: String, blocks: [String]) throws {
        #expect(try Self.outline(of: text) == blocks)
    }

    private static func outline(of text: String) throws -> [String] {
        try LayoutReader.document(from: text).blocks.map { block in
            switch block {
            case .heading(_, let text): "# " + text
            case .listItem(let text): "- " + text
            default: block.text
            }
        }
    }

    @Test(arguments: [
        (
            "WORKS AGREEMENT\nabout leave\nvalid from 1 May 2026\n\nText.",
            ["# WORKS AGREEMENT about leave valid from 1 May 2026", "Text."]
        ),
        ("The rules hold\nfor 40 people\n\nText.", ["The rules hold for 40 people", "Text."]),
        ("Leave: 29 days\nNotice: 4 weeks\n\nText.", ["Leave: 29 days Notice: 4 weeks", "Text."]),
        ("WORKS AGREEMENT\nabout leave", ["WORKS AGREEMENT about leave"]),
    ])
    func readsATitleOfSeveralLines(text: String, blocks: [String]) throws {
        #expect(try Self.outline(of: text) == blocks)
    }
}
