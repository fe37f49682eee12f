import Foundation
import Testing

@testable import LocalEngine

/// Fluent sentences without figures: general knowledge is close to a policy in meaning, but the policy does not say it.
@Suite(.enabled(if: modelFolder != nil, "ENCODER_MODEL_DIR names no folder"))
struct GeneralKnowledgeTests {
    private let english: SentenceCheck
    private let german: SentenceCheck

    init() throws {
        let encoder = try PassageEncoder(folder: try #require(modelFolder))
        func check(_ title: String, _ text: String, _ question: String, _ language: TextLanguage) -> SentenceCheck {
            let source = WritingSource(id: 1, fileID: "file-1", title: title, headings: [], text: text)
            return SentenceCheck([source], question: question, language: language, encoder: encoder)
        }
        english = check(
            "Learning and referrals",
            """
            The learning budget pays for courses, conferences, online training, coaching, examination fees and books. Hobby \
            courses, driving licences and general fitness are not paid.
            Unused days of leave may be carried over into the next year. Public holidays do not count against your annual leave.
            In Leipzig and Winterthur, a medical certificate is required when you are ill for several days.
            The referral bonus is paid with the salary after the new colleague has passed probation.
            """,
            "What do I have to know?",
            .english
        )
        german = check(
            "Arbeitszeit und Ferien",
            """
            Die Pause dauert eine halbe Stunde, bei langen Tagen länger. Teilzeitangestellte erhalten die Ferien anteilig nach der \
            Zahl ihrer Arbeitstage pro Woche.
            Fällt ein Feiertag auf einen Samstag oder Sonntag, gibt es keinen Ersatztag.
            """,
            "Was muss ich wissen?",
            .german
        )
    }

    private func isSupported(_ text: String) -> Bool {
        let check = TextLanguage(of: text, fewest: 2) == .german ? german : english
        return check.support(of: WrittenSentence(text: text, cited: [1])) != nil
    }

    @Test(arguments: [
        "Many companies let employees carry over their unused leave with the approval of management.",
        "The learning budget can also be used for a gym membership and wellness courses.",
        "The referral bonus rewards employees for their loyalty and commitment to the team.",
        "Unused leave is a legal right that the employer must pay out at the end of employment.",
        "Annual leave is an important benefit for every employee of the company.",
        "Lifelong learning is essential for a successful career and for the growth of the company.",
        "Employees must repay the cost of courses if they leave the company shortly afterwards.",
        "Nicht bezogene Ferien verfallen am Ende des Jahres ersatzlos.",
        "Pausen sollten zur Erholung genutzt und nicht am Arbeitsplatz verbracht werden.",
        "Wer an einem Feiertag arbeitet, erhält einen Zuschlag zum Lohn.",
    ])
    func isDropped(text: String) {
        #expect(!isSupported(text))
    }

    @Test(arguments: [
        "The budget covers courses, conferences, coaching, examination fees and books.",
        "Hobby courses and driving licences are not covered.",
        "You may carry unused days of leave over into the next year.",
        "Public holidays are not counted against your annual leave.",
        "The referral bonus is paid with your salary once the new colleague has passed probation.",
        "Teilzeitangestellte erhalten ihre Ferien anteilig nach der Anzahl der Arbeitstage in der Woche.",
        "Wenn ein Feiertag auf einen Samstag oder Sonntag fällt, gibt es keinen Ersatztag.",
    ])
    func isToldFromParaphrases(text: String) {
        #expect(isSupported(text))
    }
}

private let modelFolder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"]
