import Testing

@testable import LocalEngine

@Suite struct ExcerptTests {
    /// Quotes around a statement; the first of the statements are worth most.
    private static func quoted(
        _ text: String,
        around best: Int,
        leavingOut leftOut: Set<Int> = [],
        words: Int = 80
    ) -> String {
        let statements = Statement.statements(of: text)
        let scores = statements.indices.map { leftOut.contains($0) ? -.infinity : -Double($0) }
        return Excerpt(around: best, in: statements, worth: scores, maximumWords: words).text(from: statements)
    }

    private static let steps = """
        A laptop is gone? Do this:
        - Call security.
        - Tell the police.
        - Send us the number of the case.
        - Ask for another laptop.
        - Fill in the form.
        """

    @Test(arguments: [1, 2, 4, 6])
    func quotesAListWhole(best: Int) {
        let lead = "Do this:\n- Call security.\n- Tell the police.\n- Send us the number of the case."
        let text = Self.quoted(Self.steps, around: best)
        #expect(text.contains(lead + "\n- Ask for another laptop.\n- Fill in the form."), "\(text)")
    }

    @Test func showsWhatIsLeftOutOfAListThatIsTooLong() {
        #expect(
            Self.quoted(Self.steps, around: 6, words: 14)
                == "A laptop is gone? Do this:\n- Call security.\n…\n- Fill in the form."
        )
    }

    @Test func showsWhatIsLeftOutBetweenSentences() {
        let text = "Leave is 27 days. Part of it is paid. Call early.\n- taxis\n- trains"
        #expect(Self.quoted(text, around: 2, leavingOut: [1, 3, 4]) == "Leave is 27 days. … Call early.")
        #expect(Self.quoted(text, around: 0, leavingOut: [2, 3, 4]) == "Leave is 27 days. Part of it is paid.")
        #expect(Self.quoted(text, around: 4, leavingOut: [1, 2]) == "Leave is 27 days.\n- taxis\n- trains")
    }

    @Test func fillsGapsWhereThereIsRoom() {
        let sentences = [
            "Leave is 27 days.", "Call early.", "Rooms are cold.", "Tea is free.", "Ask us.", "It is paid.",
        ]
        let statements = Statement.statements(of: sentences.joined(separator: " "))
        func quoted(words: Int, leavingOut leftOut: Int? = nil) -> String {
            let worth = [9.0, 8, 0, 1, 7, 6].enumerated().map { $0.offset == leftOut ? -Double.infinity : $0.element }
            return Excerpt(around: 0, in: statements, worth: worth, maximumWords: words).text(from: statements)
        }
        #expect(quoted(words: 40) == sentences.joined(separator: " "))
        #expect(quoted(words: 12) == "Leave is 27 days. Call early. … Ask us. It is paid.")
        #expect(quoted(words: 40, leavingOut: 2) == "Leave is 27 days. Call early. … Tea is free. Ask us. It is paid.")
    }

    @Test func quotesParagraphsOnLinesOfTheirOwn() {
        let text = "4.1 Ask early.\n4.2 It is paid. Call us.\n4.3 It is not paid twice."
        #expect(Self.quoted(text, around: 0) == text)
        #expect(Self.quoted(text, around: 0, leavingOut: [1, 2]) == "4.1 Ask early. …\n4.3 It is not paid twice.")
    }

    /// A row beside the best statement says nothing without its table.
    @Test func quotesNoOtherRowAlone() {
        let rows = (1...40).map { "Grade: G\($0); Leave: \(20 + $0) days" }.joined(separator: "\n")
        #expect(Self.quoted("Leave is paid.\nAsk early.\n" + rows, around: 0) == "Leave is paid.\nAsk early.")
        #expect(Self.quoted("Leave is by grade.\n" + rows, around: 0).hasSuffix("grade.\n" + rows.prefix(77)))
    }

    @Test func quotesAShortSectionWhole() {
        let text =
            "Leave is paid. Ask us.\nDays: 4; Leave: 22 days\nDays: 5; Leave: 27 days\nTea is free. Call early. Rest."
        #expect(Self.quoted(text, around: 0) == text)
        #expect(Self.quoted(text, around: 0, words: 8) == "Leave is paid. Ask us. …\nTea is free.")
    }

    @Test func endsAStatementThatIsTooLongEarly() {
        let word = Array(repeating: "word", count: 90)
        let quoted = Self.quoted("It " + word.joined(separator: " ") + ".", around: 0)
        #expect(quoted == "It " + word.prefix(77).joined(separator: " ") + " …")
    }

    @Test func quotesTheRowsThatAreLeft() {
        let rows = (1...6).map { "Grade: G\($0); Leave: \(20 + $0) days" }
        #expect(Self.quoted(rows.joined(separator: "\n"), around: 2) == rows.joined(separator: "\n"))
        #expect(Self.quoted(rows.joined(separator: "\n"), around: 2, leavingOut: [0, 1, 3, 4, 5]) == rows[2])
    }

    @Test(arguments: [(40, false), (5, true), (10, true), (15, false)])
    func tellsThatItHasASmallPartOfATable(words: Int, isSmall: Bool) {
        let rows = (1...6).map { "Grade: G\($0); Leave: \(20 + $0) days" }
        let statements = Statement.statements(of: rows.joined(separator: "\n"))
        let scores = statements.map { _ in 0.0 }
        let excerpt = Excerpt(around: 0, in: statements, worth: scores, maximumWords: words)
        #expect(excerpt.isSmallPartOfTable == isSmall)
    }

    @Test(arguments: [
        // A pronoun keeps the sentence before it.
        (
            "Leave is paid. You may owe 12 hours. This is not for part-time staff. Their limit is 5 hours.",
            "Their limit is 5 hours.",
            ["You may owe 12 hours.", "This is not for part-time staff."]
        ),
        (
            "Leave is paid. Sabbaticals are unpaid. In the first year it is not granted.",
            "In the first year it is not granted.",
            ["Sabbaticals are unpaid."]
        ),
        (
            "Leave is paid. Cards get lost. In this case the fee is due.", "In this case the fee is due.",
            ["Cards get lost."]
        ),
        ("Leave is paid. The fee is due.", "The fee is due.", []),
        // A verb that stands for another one.
        (
            "Trains are paid. First class is not, unless it costs less.", "First class is not, unless it costs less.",
            ["Trains are paid."]
        ),
        ("Rings are not worn. A plain band is.", "A plain band is.", ["Rings are not worn."]),
        ("Staff work at home. Nurses may do so on Monday.", "Nurses may do so on Monday.", ["Staff work at home."]),
        ("Leave is paid. Tell us who you are.", "Tell us who you are.", []),
        // The name of a list item, and not its other sentences.
        (
            "- Pension: You join in grade 5. Forms are here. Below that you pay.", "Below that you pay.",
            ["Pension: You join in grade 5."]
        ),
        ("- Ask early. Forms are here. Below that you pay.", "Below that you pay.", []),
        ("- Ask early.\n- Then pay.", "Then pay.", []),
        ("Paid are:\n- Taxis at night.\n- Trains.", "Trains.", ["Paid are:"]),
        // The words that lead into a table, or its caption.
        (
            "If we end it:\nService: 2 years; Notice: 4 weeks\nIf you end it\nService: 1 year; Notice: 2 weeks",
            "Service: 1 year; Notice: 2 weeks", ["If you end it"]
        ),
        (
            "If we end it:\nService: 2 years; Notice: 4 weeks\nService: 1 year; Notice: 2 weeks",
            "Service: 1 year; Notice: 2 weeks", ["If we end it:"]
        ),
        ("Ask us.\nService: 2 years; Notice: 4 weeks", "Service: 2 years; Notice: 4 weeks", []),
    ])
    func hasWhatAStatementNeedsToBeUnderstood(text: String, statement: String, needed: [String]) throws {
        let statements = Statement.statements(of: text)
        let place = try #require(statements.firstIndex { $0.text == statement })
        #expect(statements.context(of: place).map { statements[$0].text } == needed)
    }

    @Test(arguments: [
        "None of this applies in the first year.", "Trainees are excluded.", "Das gilt nicht für Aushilfen.",
        "Sauf pour les cadres.", "Drivers may not, unless they ask.",
    ])
    func hasWhatLimitsARule(limit: String) {
        let text = "You get full pay. It is paid for 8 weeks. A note is due. It is sent to us. Call early. " + limit
        let quoted = Self.quoted(text, around: 0)
        #expect(quoted.hasPrefix("You get full pay.") && quoted.hasSuffix(limit), "\(quoted)")
    }

    /// A condition of something else limits nothing.
    @Test func hasNoConditionOfSomethingElse() {
        let text = "You get full pay. It is paid for 8 weeks. A note is due. It is sent to us. Call early. Wear a tie"
        let quoted = Self.quoted(text + ", unless summer is hot.", around: 0, words: 24)
        #expect(quoted == "You get full pay. It is paid for 8 weeks. A note is due. It is sent to us.")
    }
}

@Suite struct SectionHeadingTests {
    private static func isNeeded(_ headings: [String], above text: String) throws -> Bool {
        let read = ReadPassage(ScoredPassage(fileID: "file-1", headings: headings, text: text, score: 1))
        let scores = read.statements.map { _ in 0.0 }
        let excerpt = Excerpt(around: 0, in: read.statements, worth: scores, maximumWords: 80)
        return try #require(SectionHeading(of: read.passage)).isNeeded(above: excerpt, quoted: text, in: read)
    }

    @Test(arguments: [
        ("Not covered", "- teeth\n- glasses"), ("Nicht erstattet werden", "- Trinkgeld"),
        ("Covered", "- teeth\n- glasses"), ("Contracts before 2024", "Fuel is paid by contracts."),
        ("Home days until 2023", "Staff have two home days."), ("Can I sell leave?", "No, leave cannot be sold."),
        ("Unpaid leave", "It is not granted in the first year."), ("Example", "Anna gets 18 days."),
        ("Who is excluded", "Interns are."), ("Bereavement", "Five days for a child. Bereavement is hard."),
    ])
    func isNeededWithoutItsWords(heading: String, text: String) throws {
        #expect(try Self.isNeeded(["Handbook", heading], above: text))
    }

    @Test(arguments: [
        ("Unpaid leave", "Unpaid leave takes three months."), ("Overview", "Staff get 20 days."),
        ("Costs", "The following are paid:\n- taxis"), ("Leave 2024", "In 2024 leave is 20 days."),
    ])
    func isNotNeeded(heading: String, text: String) throws {
        #expect(try !Self.isNeeded(["Handbook", heading], above: text))
    }

    @Test func theTitleOfADocumentIsNeededOnlyAsALimit() throws {
        #expect(try !Self.isNeeded(["Dress code"], above: "Wear what you like."))
        #expect(try Self.isNeeded(["Dress code until 2020"], above: "Wear what you like."))
    }

    @Test(arguments: [("Covered", "Covered:"), ("Is it?", "Is it?"), ("Paid are:", "Paid are:")])
    func leadsIn(heading: String, lead: String) throws {
        let passage = ScoredPassage(fileID: "file-1", headings: [heading], text: "", score: 1)
        #expect(SectionHeading(of: passage)?.lead == lead)
        let long = ScoredPassage(
            fileID: "file-1",
            headings: [String(repeating: "word ", count: 17)],
            text: "",
            score: 1
        )
        #expect(SectionHeading(of: long) == nil && lead.last.map { ":?".contains($0) } == true)
    }
}

@Suite struct SectionExceptionsTests {
    private static let rule = passage(1, ["Work", "From home"], "Staff work from home two days.")

    private static func passage(_ id: Int64, _ headings: [String], _ text: String, _ file: String = "f")
        -> ScoredPassage
    {
        ScoredPassage(id: id, fileID: file, headings: headings, text: text, score: 0.5)
    }

    private static func text(_ other: ScoredPassage, to rule: ScoredPassage = rule, words: Int = 60) -> String? {
        SectionExceptions(to: rule, among: [rule, other], least: 0.3, maximumWords: words)?.text
    }

    @Test func areThoseBesideARuleAndBelowIt() {
        let text = "New staff work here until probation has ended."
        #expect(Self.text(Self.passage(2, ["Work", "Exceptions"], text)) == "Exceptions:\n" + text)
        #expect(Self.text(Self.passage(2, ["Work", "From home", "Ausnahmen"], text)) == "Ausnahmen:\n" + text)
    }

    @Test(arguments: [
        passage(2, ["Travel", "Exceptions"], "First class is not paid."),
        passage(2, ["Work", "Times"], "From 9 to 5."),
        passage(2, ["Work", "Exceptions"], "First class is not paid.", "other"),
        ScoredPassage(id: 2, fileID: "f", headings: ["Work", "Exceptions"], text: "Nobody.", score: 0.2),
    ])
    func areNoOthers(other: ScoredPassage) {
        #expect(Self.text(other) == nil)
    }

    @Test func areLeftOutWithoutRoom() {
        let exceptions = Self.passage(2, ["Work", "Exceptions"], "New staff work here.")
        #expect(Self.text(exceptions, words: 10) == nil)
        #expect(Self.text(Self.rule, to: exceptions) == nil)
    }
}
