import Testing

@testable import LocalEngine

/// Figures of prose: a sentence has to keep their conditions, and what tells them from other values of the same thing.
@Suite struct FigureCheckTests {
    private static let texts = [
        "week": "A full-time working week has 40 hours. In Oslo it has 37 hours.",
        "places": "A full-time working week has 40 hours in Bergen and Moss and 37 hours in Oslo.",
        "notice":
            "In Bergen, the notice period is 1 month during the first two years of service and 3 months after that.",
        "supplement": "Employees with at least two years of service receive a supplement of 90% of the net salary.",
        "refund": "Taxi rides are refunded up to €40 only if no bus runs. A gym membership is refunded up to €30.",
        "laptop": "Laptops may be taken home unless the client forbids it.",
        "pause":
            "Die Pause beträgt 15 Minuten bei mehr als fünf Stunden Arbeit und 30 Minuten bei mehr als sieben Stunden.",
        "zulage": "Die Zulage beträgt 230 Euro im Monat, sofern der Lohn das gesetzliche Minimum erreicht.",
        "urlaub": "Vollzeitangestellte haben 27 Tage Urlaub. Ab dem 50. Geburtstag sind es 30 Tage.",
    ]

    private static func check(_ text: String, asked question: String) throws -> SentenceCheck {
        let source = WritingSource(
            id: 1,
            fileID: "file-1",
            title: "",
            headings: [],
            text: try #require(texts[text])
        )
        return SentenceCheck([source], question: question, language: nil, encoder: nil)
    }

    private static func isSupported(_ sentence: String, by text: String, asked question: String = "") throws -> Bool {
        try check(text, asked: question).support(of: WrittenSentence(text: sentence, cited: [1])) != nil
    }

    @Test(arguments: [
        ("week", "A full-time working week has 40 hours, in Oslo 37 hours."),
        ("week", "In Oslo a full-time working week has 37 hours."),
        ("places", "A full-time working week has 40 hours in Bergen."),
        ("places", "In Oslo a full-time working week has 37 hours."),
        ("places", "A full-time working week has 40 hours in Bergen and Moss and 37 hours in Oslo."),
        ("notice", "In Bergen, the notice period is 1 month during the first two years of service."),
        ("supplement", "With at least two years of service you receive a supplement of 90% of the net salary."),
        ("refund", "Taxi rides are refunded up to €40 only if no bus runs."),
        ("refund", "A gym membership is refunded up to €30."),
        ("laptop", "Laptops may be taken home unless the client forbids it."),
        ("pause", "Bei mehr als sieben Stunden Arbeit beträgt die Pause 30 Minuten."),
        ("zulage", "Sofern der Lohn das gesetzliche Minimum erreicht, beträgt die Zulage 230 Euro im Monat."),
    ])
    func supportsFiguresWithTheirConditions(text: String, sentence: String) throws {
        #expect(try Self.isSupported(sentence, by: text))
    }

    @Test(arguments: [
        ("week", "A full-time working week has 40 hours."), ("places", "A full-time working week has 40 hours."),
        ("places", "A full-time working week has 37 hours."), ("notice", "In Bergen, the notice period is 1 month."),
        ("notice", "In Bergen, the notice period is 3 months."),
        ("supplement", "Employees receive a supplement of 90% of the net salary."),
        ("refund", "Taxi rides are refunded up to €40."), ("laptop", "Laptops may be taken home."),
        ("pause", "Die Pause beträgt 30 Minuten."), ("zulage", "Die Zulage beträgt 230 Euro im Monat."),
        ("urlaub", "Vollzeitangestellte haben 27 Tage Urlaub."),
    ])
    func dropsFiguresWithoutTheirConditions(text: String, sentence: String) throws {
        #expect(try !Self.isSupported(sentence, by: text))
    }

    @Test func whatTheQuestionNamesNeedsNoRepetition() throws {
        let sentence = "A full-time working week has 40 hours."
        #expect(try Self.isSupported(sentence, by: "places", asked: "How long is the working week in Bergen?"))
        #expect(try !Self.isSupported(sentence, by: "places", asked: "How long is the working week in Oslo?"))
    }

    @Test func theNextSentenceMayAddTheOtherValue() throws {
        var text = WrittenText(try Self.check("week", asked: ""))
        func add(_ sentence: String) -> [String] {
            text.add(WrittenSentence(text: sentence, cited: [1], gap: .blank)).map(\.text)
        }
        #expect(add("A full-time working week has 40 hours.").isEmpty)
        #expect(
            add("In Oslo it has 37 hours.") == ["A full-time working week has 40 hours.", " In Oslo it has 37 hours."]
        )
        #expect(text.dropped == 0)
    }
}
