import Foundation
import Testing

@testable import LocalEngine

private let modelFolder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"]

/// Questions that continue others, and messages of several questions, with passages whose closeness is given.
@Suite(.enabled(if: modelFolder != nil, "ENCODER_MODEL_DIR names no folder"))
struct ConversationAnswerTests {
    private static let texts = [
        "Duration": "Parental leave lasts 30 weeks.", "Family": "The partner receives four weeks.",
        "Pay": "Pay comes on the 25th.", "Probation": "It lasts six months.",
    ]

    /// Answers from passages that are close to a question by the first heading of `order`, the others a little less.
    private static func answer(
        _ question: String,
        after earlier: [String] = [],
        step: Double = 0.05,
        model: EncoderModel = .english,
        texts: [String: String] = texts,
        order: (_ query: String) -> [String]
    ) throws -> ExtractiveAnswer {
        try MeaningAnswerer(encoder: PassageEncoder(folder: #require(modelFolder))).answer(
            question,
            history: earlier.map { Answerer.Exchange(question: $0, answer: "") },
            instructions: nil,
            maximumResults: 10,
            search: { query, _, _ in
                let isJoined = earlier.contains { query.contains($0) }
                return order(query).enumerated().map { place, heading in
                    let text = texts[heading] ?? ""
                    let value = (isJoined || earlier.isEmpty ? 0.7 : 0.4) - Double(place) * step
                    let values = Statement.statements(of: text).map { _ in value }
                    return RankedPassage(
                        ScoredPassage(
                            id: Int64(texts.keys.sorted().firstIndex(of: heading) ?? texts.count),
                            fileID: "file-1",
                            headings: ["Handbook", heading],
                            text: text,
                            score: value
                        ),
                        closeness: Closeness(
                            model: model,
                            passage: value,
                            tokens: value,
                            tellingTokens: value,
                            statements: values,
                            statementTokens: values
                        )
                    )
                }
            }
        )
    }

    @Test(arguments: ["And my partner?", "What about the partner?"])
    func aFurtherQuestionIsAnsweredFromTheSectionThatItNames(question: String) throws {
        let answer = try Self.answer(question, after: ["How long is parental leave?"]) { _ in
            ["Duration", "Family", "Pay"]
        }
        #expect(answer.text.contains("The partner receives four weeks."))
        #expect(!answer.text.contains("30 weeks") && answer.confidence == .sure)
    }

    @Test func aFurtherQuestionAboutWhatIsNowhereLeavesDoubt() throws {
        let answer = try Self.answer("And for dogs?", after: ["How long is parental leave?"]) { _ in
            ["Duration", "Pay"]
        }
        #expect(answer.confidence == .unsure)
        let known = try Self.answer("And is it paid parental leave?", after: ["How long is it?"]) { _ in ["Duration"] }
        #expect(known.confidence == .sure)
    }

    /// The row of the earlier question says nothing of another event or number.
    @Test(arguments: [
        ("And if my grandmother dies?", ["wedding", "grandparent"], AnswerConfidence.unsure),
        ("And when a grandparent dies?", ["grandparent"], .sure), ("And how many days?", ["wedding"], .sure),
    ])
    func aFurtherQuestionKeepsTheRowOfTheEarlierOneOnlyIfItAddsNothing(
        question: String,
        rows: [String],
        confidence: AnswerConfidence
    ) throws {
        let texts = ["Events": "Event: Own wedding; Days: 2\nEvent: Death of a grandparent; Days: 1"]
        let answer = try Self.answer(question, after: ["How many days for my own wedding?"], texts: texts) { _ in
            ["Events"]
        }
        #expect(["wedding", "grandparent"].filter { answer.text.contains($0) } == rows)
        #expect(answer.confidence == confidence)
    }

    @Test(arguments: ["and grade 7?", "What is the pay of grade 7?"])
    func aNumberThatNoRowIsForLeavesDoubt(question: String) throws {
        let texts = ["Pay": "Grade: 5; Pay: 90\nGrade: 6; Pay: 95"]
        let answer = try Self.answer(question, after: ["What is the pay of grade 5?"], texts: texts) { _ in ["Pay"] }
        #expect(answer.text.contains("90") && answer.text.contains("95") && answer.confidence == .unsure)
    }

    @Test func aSectionFarFromTheQuestionIsNotNamed() throws {
        let answer = try Self.answer("And my partner?", after: ["How long is parental leave?"]) { _ in
            ["Duration", "Pay", "Probation", "Probation", "Probation", "Family"]
        }
        #expect(!answer.text.contains("partner receives"))
    }

    /// Words alone are hardly close to any passage.
    @Test(arguments: [("Partner?", 0.6), ("partner weeks", 0.6), ("Partner?", 0.05)])
    func wordsAloneAreAnsweredFromAPassageThatHasThem(question: String, step: Double) throws {
        let answer = try Self.answer(question, step: step) { _ in ["Duration", "Family"] }
        #expect(answer.text.hasSuffix("The partner receives four weeks."))
        #expect(answer.confidence == (step > 0.5 ? .unsure : .sure))
        #expect(try Self.answer("Dogs?", step: step) { _ in ["Duration", "Family"] }.text.contains("30 weeks"))
    }

    /// Compounds are close to what is said of their last part.
    @Test func aHeadingThatIsInAQuestionWordForWordIsMeant() throws {
        let texts = ["Erholung": "Alle haben 29 Tage Urlaub.", "Sonderurlaub": "Zwei Tage bei einem Umzug."]
        func text(_ model: EncoderModel) throws -> String {
            try Self.answer("Wie viel Sonderurlaub habe ich?", model: model, texts: texts) { _ in
                ["Erholung", "Sonderurlaub"]
            }.text
        }
        #expect(try text(.multilingual).contains("Zwei Tage bei einem Umzug."))
        #expect(try text(.english).contains("29 Tage"))
    }

    @Test func eachQuestionOfAMessageIsAnswered() throws {
        let answer = try Self.answer("When is pay day and how long is the probation period?") { query in
            query.contains("probation") ? ["Probation", "Pay"] : ["Pay", "Probation"]
        }
        #expect(
            answer.text == """
                When is pay day?
                Pay comes on the 25th.

                How long is the probation period?
                Probation:
                It lasts six months.
                """
        )
        #expect(answer.citations.map(\.passage.headings.last) == ["Pay", "Probation"])
        #expect(answer.queries.count == 2)
        let first = String(String.UnicodeScalarView(answer.text.unicodeScalars.prefix(answer.citations[0].index)))
        #expect(first.hasSuffix("on the 25th"))
    }

    @Test func questionsThatOnePassageAnswersAreOne() throws {
        let answer = try Self.answer("When is pay day and when are wages paid?") { _ in ["Pay", "Duration"] }
        #expect(answer.text.hasPrefix("Pay comes on the 25th."))
    }

    /// `No` to another question is no answer.
    @Test(arguments: [("Can I use my own phone?", AnswerConfidence.unsure), ("Who books flights?", .sure)])
    func aJudgementOnAnotherQuestionLeavesDoubt(question: String, confidence: AnswerConfidence) throws {
        let texts = ["Can I book my own flights?": "No. All go through the travel desk."]
        let answer = try Self.answer(question, texts: texts) { _ in ["Can I book my own flights?"] }
        #expect(answer.confidence == confidence && answer.text.contains("Can I book my own flights?\nNo."))
    }

    @Test func rulesComeBeforeExamples() throws {
        let texts = ["Example": "Anna gets 18 days of leave.", "Leave": "Leave is 30 days times your share."]
        let answer = try Self.answer("How many days of leave do I get?", step: 0, texts: texts) { _ in
            ["Example", "Leave"]
        }
        #expect(answer.text.contains("times your share"))
    }

    /// A row is no answer for a place that is nowhere, and a row of figures without names none for any question.
    @Test(arguments: [
        ("Country: Austria; Rate: 50\nCountry: Denmark; Rate: 60", "What is the rate in Portugal?", false),
        (
            "The rate depends on the country.\nCountry: Austria; Rate: 50\nCountry: Denmark; Rate: 60",
            "What is the rate in Portugal?", false
        ),
        ("Country: Austria; Rate: 50\nCountry: Denmark; Rate: 60", "What is the rate in Denmark?", true),
        ("Country: Austria; Rate: 50\nCountry: Denmark; Rate: 60", "What is the rate in April?", true),
        ("Staff; 2 months; 6 months\nBoard; 3 months; 9 months", "What is the notice of the board?", false),
    ])
    func rowsOfOtherPlacesAndOfUnnamedFiguresLeaveDoubt(rows: String, question: String, isSure: Bool) throws {
        let answer = try Self.answer(question, texts: ["Rates": rows]) { _ in ["Rates"] }
        #expect((answer.confidence == .sure) == isSure)
    }

    /// A word in the name of a row, which hardly any other passage has, tells of which table a question is.
    @Test(arguments: [
        ("How much leave do I get for moving?", "Moving house"), ("How much leave do I get?", "27 days of leave"),
        ("How much leave do I get for dogs?", "27 days of leave"),
    ])
    func aRowThatAQuestionNamesIsPreferred(question: String, answer: String) throws {
        let texts = [
            "Leave": "Everybody has 27 days of leave.",
            "Special leave": "Event: Own wedding; Days: 2\nEvent: Moving house; Days: 1",
        ]
        #expect(try Self.answer(question, texts: texts) { _ in ["Leave", "Special leave"] }.text.contains(answer))
    }
}
