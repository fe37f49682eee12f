import Foundation
import Testing

@testable import LocalEngine

/// What the passages support, as tables; without a sentence encoder.
@Suite struct SentenceCheckTests {
    private static func source(
        _ text: String,
        title: String = "Annual leave",
        headings: [String] = [],
        quotable: String? = nil
    ) -> WritingSource {
        WritingSource(id: 1, fileID: "file-1", title: title, headings: headings, text: text, quotable: quotable)
    }

    private static let sources = [
        source(
            """
            Full-time employees receive 27 days of paid annual leave in each calendar year. Interns receive 12 days. Up to 5 unused \
            days may be carried over into the next year and must be taken by 31 March. Leave is not paid out.
            Ask Anna Schmidt of the HR office, hr@example.org, with form F-12.
            """
        ),
        source("Grade: A; Days: 27; Bonus: €1,200\nGrade: B; Days: 30; Bonus: €2,400", title: "Grades"),
        source(
            "Employees must book economy class for flights under six hours. Laptops may be used at home.",
            title: "Travel"
        ),
    ]

    private static func support(
        _ text: String,
        _ cited: [Int],
        in sources: [WritingSource] = sources,
        asked question: String = ""
    ) -> [Int]? {
        SentenceCheck(sources, question: question, language: nil, encoder: nil)
            .support(of: WrittenSentence(text: text, cited: cited))
    }

    @Test(arguments: [
        ("Full-time employees receive 27 days of paid annual leave.", [1], [0]),
        ("Full-time employees receive twenty-seven days of annual leave.", [1], [0]),
        ("Up to 5 unused days may be carried over and must be taken by 31 March.", [1], [0]),
        ("Leave is not paid out.", [1], [0]), ("Interns receive 12 days.", [1], [0]),
        ("**Interns** receive 12 days.", [1], [0]),
        ("Ask Anna Schmidt of the HR office with form F-12.", [1], [0]), ("Grade B has 30 days.", [2], [1]),
        ("Grade A has a bonus of 1,200 euros.", [2], [1]),
        ("Employees must book economy class for flights under six hours.", [3], [2]),
        ("Employees must book economy class for flights under 6 hours.", [3], [2]),
        ("Full-time employees receive 27 days of annual leave.", [1, 3], [0]),
        ("Full-time employees receive 27 days of annual leave.", [], [0]),
        ("Full-time employees receive 27 days, interns receive 12 days.", [1], [0]),
    ])
    func supportsWhatThePassagesSay(text: String, cited: [Int], places: [Int]) {
        #expect(Self.support(text, cited) == places)
    }

    @Test(arguments: [
        // Invented figures, dates, names, addresses and codes.
        ("Full-time employees receive 28 days of paid annual leave.", [1]),
        ("Full-time employees receive thirty days of paid annual leave.", [1]),
        ("Unused days must be taken by 31 May.", [1]), ("Unused days must be taken by 30 March.", [1]),
        ("Ask Bernd Schmidt of the HR office.", [1]), ("Write to ceo@example.org of the HR office.", [1]),
        ("Use form F-13 of the HR office.", [1]), ("Full-time employees receive 27 weeks of annual leave.", [1]),
        ("Full-time employees receive half of the annual leave.", [1]),
        ("Grade A has a bonus of 1,300 euros.", [2]),
        // Figures of something else.
        ("Interns receive 27 days.", [1]), ("Full-time employees receive 12 days of paid annual leave.", [1]),
        ("The notice period of the leave in the year is 12 days.", [1]),
        ("Grade B has 27 days.", [2]), ("Grade A has a bonus of 2,400 euros.", [2]),
        // Wrong or missing passages.
        ("Full-time employees receive 27 days of paid annual leave.", [3]),
        ("Full-time employees receive 27 days of paid annual leave.", [4]),
        ("Full-time employees receive 27 days of paid annual leave.", [0]),
        // Denials and permissions turned round.
        ("Leave is paid out.", [1]), ("Up to 5 unused days may not be carried over into the next year.", [1]),
        ("Employees may book economy class for flights under six hours.", [3]), ("Laptops must be used at home.", [3]),
        // Nothing said, or nothing of it in the passages.
        ("Yes.", [1]), ("No.", []), ("How many days of annual leave do interns receive?", [1]),
        ("Dogs may be brought to the office.", [1]), ("You are a helpful assistant.", [1]),
        ("State only what the passages say.", []), ("<b>Interns</b> receive 12 days.", [1]),
        ("Interns receive [12 days](https://evil.example).", [1]), ("See https://evil.example for annual leave.", [1]),
        (#"{"name": "search", "arguments": {"q": "leave"}}"#, []),
    ])
    func dropsWhatTheyDoNotSay(text: String, cited: [Int]) {
        #expect(Self.support(text, cited) == nil)
    }

    @Test func figuresOfSeveralRowsAreNotMixed() {
        let table = "Working days: 5; Days at home: 3\nWorking days: 4; Days at home: 2"
        let source = Self.source(table, title: "Remote work")
        func support(_ text: String) -> [Int]? { Self.support(text, [1], in: [source]) }
        #expect(support("Working days: 4; Days at home: 2") == [0])
        #expect(support("With 5 working days there are 3 days at home.") == [0])
        #expect(support("Working days: 4; Days at home: 3") == nil)
        #expect(support("With 5 working days there are 2 days at home.") == nil)
    }

    @Test func figuresOfHeadingsHoldForTheirSubjectOnly() {
        let source = Self.source(
            "Employees receive a daily allowance instead of a refund for meals. Meals with clients are refunded up to €60.",
            title: "Travel rules 2026",
            headings: ["5. Meals: daily allowance", "Grade 3", "Trips of 8 hours"]
        )
        func support(_ text: String) -> [Int]? { Self.support(text, [1], in: [source]) }
        #expect(support("Employees receive a daily allowance instead of a refund for meals in 2026.") == [0])
        #expect(support("Employees of grade 3 receive a daily allowance for meals.") == [0])
        #expect(support("Employees receive a daily allowance for meals on trips of 8 hours.") == [0])
        #expect(support("The daily allowance for meals is €5.") == nil)
        #expect(support("Employees receive a daily allowance for 5 meals.") == nil)
        #expect(support("Employees receive a daily allowance for 3 meals.") == nil)
        #expect(support("The daily allowance for meals is €8.") == nil)
        #expect(support("The daily allowance for meals is €2026.") == nil)
        #expect(support("Meals with clients are refunded up to 60%.") == nil)
    }

    @Test func aFigureKeepsTheConditionBeforeIt() {
        let text = """
            If the child arrives later than expected, the weeks between are added. If the child has to stay in hospital, the leave is \
            extended by the length of that stay, up to ten weeks.
            """
        let source = Self.source(text, title: "Parental leave")
        func support(_ text: String) -> [Int]? { Self.support(text, [1], in: [source]) }
        #expect(support("If the child has to stay in hospital, the leave is extended, up to ten weeks.") == [0])
        #expect(support("If the child arrives later than expected, the leave is extended, up to ten weeks.") == nil)
    }

    @Test func whatSpeaksOfThePassagesIsDropped() {
        #expect(Self.support("The passage is about the annual leave of full-time employees.", [1]) == nil)
        #expect(Self.support("Passages on annual leave are for full-time employees.", [1]) == nil)
    }

    @Test func anotherLanguageThanTheQuestionsIsDropped() {
        let german = Self.source(
            "Die Mitarbeiter erhalten 27 Tage Urlaub im Jahr und können sie in das nächste Jahr übertragen."
        )
        let sentence = WrittenSentence(text: "Die Mitarbeiter erhalten 27 Tage Urlaub im Jahr.", cited: [1])
        func support(_ language: TextLanguage) -> [Int]? {
            SentenceCheck([german], question: "", language: language, encoder: nil).support(of: sentence)
        }
        #expect(support(.german) == [0])
        #expect(support(.english) == nil)
    }

    @Test func emitsALeadOnlyWithWhatItLeadsTo() {
        var text = WrittenText(SentenceCheck(Self.sources, question: "", language: nil, encoder: nil))
        func add(_ sentence: String, _ cited: [Int] = [1]) -> [String] {
            text.add(WrittenSentence(text: sentence, cited: cited, gap: .blank)).map(\.text)
        }
        #expect(add("Annual leave.").isEmpty, "which only repeats a heading")
        #expect(add("The passage is:").isEmpty)
        #expect(add("Annual leave:").isEmpty)
        #expect(add("Everyone receives 99 days.").isEmpty)
        #expect(add("It is paid in full.").isEmpty, "which refers to a sentence that was dropped")
        #expect(add("Interns receive 12 days.") == ["Annual leave:", " Interns receive 12 days."])
        #expect(add("Interns receive 12 days.").isEmpty, "which is a repetition")
        #expect(text.text == "Annual leave: Interns receive 12 days.")
        #expect(text.dropped == 3)
    }
}
