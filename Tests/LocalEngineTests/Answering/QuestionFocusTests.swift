import Testing

@testable import LocalEngine

/// What an answer leaves out, and what leaves it in doubt.
@Suite struct QuestionFocusTests {
    private static func passage(_ id: Int64, _ text: String, file: String = "a", _ headings: [String] = [])
        -> ScoredPassage
    {
        ScoredPassage(id: id, fileID: "file-\(file)", headings: headings, text: text, score: 0.6)
    }

    /// The statements that are left of a passage.
    private static func kept(_ question: String, of passage: ScoredPassage, among others: [ScoredPassage] = [])
        -> [String]
    {
        let focus = focus(of: question, among: [passage] + others)
        let read = ReadPassage(passage)
        let leftOut = focus.leftOut(of: read, closest: nil)
        return read.statements.indices.filter { !leftOut.contains($0) }.map { read.statements[$0].text }
    }

    private static func isDoubtful(_ question: String, _ passage: ScoredPassage, among others: [ScoredPassage] = [])
        -> Bool
    {
        focus(of: question, among: [passage] + others).isDoubtful(passage.text, from: passage)
    }

    private static func focus(of question: String, among passages: [ScoredPassage]) -> QuestionFocus {
        let read = passages.map { ReadPassage($0) }
        return QuestionFocus(
            of: question,
            in: question,
            among: read,
            found: read,
            rowNames: RowNames(in: question, found: read)
        )
    }

    private static let offices = passage(9, "The rules hold in Bern, Lyon and Turin.", file: "z")

    @Test func rowsOfOtherPlacesAreLeftOut() {
        let table = Self.passage(1, "Office: Bern; Notice: 1 month\nOffice: Lyon; Notice: 2 months\nAsk us.")
        #expect(Self.kept("What is the notice in Lyon?", of: table) == ["Office: Lyon; Notice: 2 months", "Ask us."])
        #expect(Self.kept("What is the notice?", of: table).count == 3)
    }

    /// All rows have the name that the question has.
    @Test func aTableForANameIsKept() {
        let rows = "Kind: Bildungszeit im Inland; Frist: 9 Wochen\nKind: Bildungszeit im Ausland; Frist: 12 Wochen"
        let passage = Self.passage(1, "Die Bildungszeit ist frei. Wir zahlen Bildungszeit und Elternzeit.\n" + rows)
        #expect(Self.kept("Wann ist die Bildungszeit zu melden?", of: passage).count == 4)
    }

    /// A row of another document has the name that is in the heading above this table.
    @Test func aTableBelowANameIsKept() {
        let rows = "Absence: 5 hours; Rate: 10 euros\nAbsence: 9 hours; Rate: 20 euros"
        let countries = Self.passage(2, "Country: Turin; Rate: 50 euros\nCountry: Bern; Rate: 60 euros", file: "b")
        for (heading, count) in [("Turin", 2), ("Bern", 0)] {
            let table = Self.passage(1, rows, [heading])
            #expect(Self.kept("What is the rate in Turin?", of: table, among: [countries]).count == count)
        }
    }

    @Test func versionsOfTheDocumentAreLeftOut() {
        let version = "Version: 2; Date: 4 March; Change: 10 days may be bought"
        let table = Self.passage(1, version + "\nLeave can be bought in May.")
        #expect(Self.kept("How many days can I buy?", of: table) == ["Leave can be bought in May."])
        #expect(Self.kept("What changed in version 2?", of: table).first == version)
        #expect(Self.kept("How many days can I buy?", of: Self.passage(2, version)).isEmpty)
    }

    /// A word that is in a row by chance does not hide the others.
    @Test func aRowIsNotNamedByAnyWord() {
        let rows = "Work: Overtime, paid out; Extra: 25%\nWork: On a holiday; Extra: 50%"
        #expect(Self.kept("What am I paid at Christmas?", of: Self.passage(1, rows)).count == 2)
    }

    private static let salaries = [2025, 2026].map { year in
        passage(
            Int64(year),
            "The bands are as follows.\nBand: Aspen; Pay: \(year) euros\nBand: Birch; Pay: \(year + 9) euros",
            ["Salary bands \(year)"]
        )
    }

    @Test func aTableBelowAnotherHeadingIsLeftOut() {
        let question = "What is the pay of Birch in 2026?"
        #expect(Self.kept(question, of: Self.salaries[0], among: [Self.salaries[1]]).isEmpty)
        #expect(
            Self.kept(question, of: Self.salaries[1], among: [Self.salaries[0]]).last == "Band: Birch; Pay: 2035 euros"
        )
        // Without a year, and with both.
        for question in ["What is the pay of Birch?", "What was the pay of Birch in 2025 and in 2026?"] {
            #expect(Self.kept(question, of: Self.salaries[0], among: [Self.salaries[1]]).count == 2)
        }
    }

    @Test func aTableBelowAnotherCaptionIsLeftOut() {
        let sheet = Self.passage(
            1,
            "Meals 2025\nSite: Ulm; Lunch: 8\nSite: Hof; Lunch: 9\nMeals 2026\nSite: Ulm; Lunch: 10\nSite: Hof; Lunch: 11"
        )
        #expect(Self.kept("What is the lunch at Hof in 2026?", of: sheet) == ["Meals 2026", "Site: Hof; Lunch: 11"])
    }

    @Test func theOtherPartsOfALongTableAreLeftOut() {
        let first = Self.passage(1, "Code: T-9; Step 1: 50; Step 2: 60\nCode: T-10; Step 1: 70; Step 2: 80")
        let second = Self.passage(2, "Code: T-12; Step 1: 90; Step 2: 95\nCode: T-13; Step 1: 97; Step 2: 99")
        let question = "What is the pay for T-9 in step 2?"
        #expect(Self.kept(question, of: first, among: [second]) == ["Code: T-9; Step 1: 50; Step 2: 60"])
        #expect(Self.kept(question, of: second, among: [first]).isEmpty)
    }

    @Test func aRowMayBeNamedByItsSecondCell() {
        let table = Self.passage(
            1,
            "Land: Italy; City: Rome; Rate: 67\nLand: Italy; City: Pisa; Rate: 36\nLand: Peru; City: Lima; Rate: 56"
        )
        #expect(Self.kept("What is the rate for Pisa?", of: table) == ["Land: Italy; City: Pisa; Rate: 36"])
        #expect(Self.kept("What is the rate in Italy?", of: table).count == 2)
        #expect(Self.kept("What is the rate in Rome, Italy?", of: table) == ["Land: Italy; City: Rome; Rate: 67"])
    }

    @Test func anAnswerInACellNamesNoRow() {
        let rows = ["Area: Dock; Vest: No; Goggles: No", "Area: Workshop; Vest: Yes; Goggles: Yes"]
        let table = Self.passage(1, rows.joined(separator: "\n"))
        #expect(Self.kept("A vest in the dock: yes or no?", of: table) == [rows[0]])
    }

    /// The words of other names are in the question, too, but not one after the other.
    @Test func aRowIsNamedWordForWord() {
        let rows = [1, 5, 6, 10].map { "Grade: Level \($0); 2–5 years: \($0 + 20) days; 6–10 years: \($0 + 30) days" }
        let table = Self.passage(1, rows.joined(separator: "\n"))
        #expect(Self.kept("Level 5, 6–10 years of service: how much leave?", of: table) == [rows[1]])
        let posts = Self.passage(1, "Post: Manager; Notice: 2 months\nPost: Senior Manager; Notice: 3 months")
        #expect(
            Self.kept("Which notice has a senior manager?", of: posts) == ["Post: Senior Manager; Notice: 3 months"]
        )
        #expect(Self.kept("Which notice has a manager?", of: posts) == ["Post: Manager; Notice: 2 months"])
        let years = Self.passage(1, "Service: 10 years; Leave: 4 days\nService: 15 years; Leave: 5 days")
        #expect(Self.kept("How much leave is there for 15 years?", of: years) == ["Service: 15 years; Leave: 5 days"])
    }

    @Test func sentencesOnOtherPlacesAreLeftOutWhereOneIsOnTheRightOne() {
        let text = "In Bern you get 5 days. In Lyon you get 6 days. All are paid."
        #expect(
            Self.kept("How many days are there in Lyon?", of: Self.passage(1, text), among: [Self.offices])
                == ["In Lyon you get 6 days.", "All are paid."]
        )
    }

    @Test func passagesOnOtherPlacesAreLeftOutWhereTheirDocumentHasTheRightOne() {
        let bern = Self.passage(1, "You get 5 days.", ["Bern"])
        let lyon = Self.passage(2, "You get 6 days.", ["Lyon"])
        let elsewhere = Self.passage(3, "You get 6 days.", file: "b", ["Lyon"])
        #expect(Self.kept("How many days are there in Lyon?", of: bern, among: [lyon, Self.offices]).isEmpty)
        #expect(Self.kept("How many days are there in Lyon?", of: lyon, among: [bern, Self.offices]).count == 1)
        #expect(Self.kept("How many days are there in Lyon?", of: bern, among: [elsewhere, Self.offices]).count == 1)
    }

    @Test func whatOnlyNamesADocumentIsLeftOut() {
        let text = "This policy describes who may travel. Trips are described in the Travel Policy. Ask early."
        let travel = Self.passage(2, "Trips are paid.", file: "b", ["Travel Policy"])
        #expect(Self.kept("May I go on trips?", of: Self.passage(1, text), among: [travel]) == ["Ask early."])
        #expect(Self.kept("Which policy is on trips?", of: Self.passage(1, text)).count == 3)
        let said = Self.passage(1, "They come back to you, as described in the Travel Policy. Ask early.")
        #expect(Self.kept("May I go on trips?", of: said, among: [travel]).count == 2)
    }

    @Test func anotherPlaceLeavesDoubt() {
        let bern = Self.passage(1, "A parking space in Bern costs 90 francs.")
        let all = Self.passage(1, "A parking space costs 90 francs.")
        #expect(Self.isDoubtful("What does a parking space in Turin cost?", bern, among: [Self.offices]))
        #expect(!Self.isDoubtful("What does a parking space in Bern cost?", bern, among: [Self.offices]))
        #expect(!Self.isDoubtful("What does a parking space in Turin cost?", all, among: [Self.offices]))
        #expect(!Self.isDoubtful("What does a parking space cost?", bern, among: [Self.offices]))
        // In German, too, where all nouns have capitals.
        #expect(Self.isDoubtful("Was kostet ein Parkplatz in Turin?", bern, among: [Self.offices]))
    }

    @Test(arguments: [
        ("How many people live here?", "The office is in Bern.", true),
        ("How many people live here?", "It has 90.", false),
        ("How long is the leave?", "Ask the people team.", true), ("How long is the leave?", "It is 18 weeks.", false),
        ("Who grants the leave?", "Ask the people team.", false),
        ("How many days is the leave?", "It is 18 weeks.", false),
        ("How many days is the leave?", "It is step 2.", true),
        ("How many days is the leave?", "Grade: A; Days: 27", false),
        ("What share do I pay?", "You pay 5% of it.", false), ("What share do I pay?", "You pay on day 5.", true),
    ])
    func aFigureThatIsMissingLeavesDoubt(question: String, text: String, isDoubtful: Bool) {
        #expect(Self.isDoubtful(question, Self.passage(1, text)) == isDoubtful)
    }

    @Test func aHeadingThatNamesAPlaceStandsBeforeItsText() {
        let lyon = Self.passage(2, "You choose your own insurer.", ["Health insurance", "3.2 Lyon"])
        let focus = QuestionFocus(
            of: "Who chooses?",
            in: "Who chooses?",
            among: [ReadPassage(lyon)],
            found: [lyon, Self.offices].map { ReadPassage($0) },
            rowNames: RowNames(in: "Who chooses?", found: [ReadPassage(lyon)])
        )
        func headed(_ passage: ScoredPassage) -> String {
            let read = ReadPassage(passage)
            let excerpt = Excerpt(around: 0, in: read.statements, worth: [1], maximumWords: 80)
            return focus.headed(passage.text, of: excerpt, from: read)
        }
        #expect(headed(lyon) == "3.2 Lyon:\n" + lyon.text)
        let named = Self.passage(3, "In Lyon you choose.", lyon.headings)
        #expect(headed(named) == named.text)
        #expect(headed(Self.passage(3, lyon.text, ["Health insurance"])) == lyon.text)
    }

    @Test func namesAreThoseThatAreListed() {
        let texts = [
            "We work in Bern, Lyon and Turin. Ask Ida.", "Day: Monday; Open: 9\nDay: Friday; Open: 10",
            "The Head of Sales or Support decides. The head and sales agree, support helps.",
        ]
        let names = ListedNames(in: texts.map { ReadPassage(Self.passage(1, $0)) })
        #expect(names.names(in: "is it so in lyon on friday, Ida?") == ["lyon", "friday"])
        #expect(names.names(in: "Who is head of sales?").isEmpty)
        #expect(names.isAboutOthers("In Bern it rains.", than: ["lyon"]))
        #expect(!names.isAboutOthers("In Bern and Lyon it rains.", than: ["lyon"]))
        #expect(!names.isAboutOthers("On Monday it rains.", than: ["lyon"]))
    }
}
