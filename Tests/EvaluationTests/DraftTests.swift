import Foundation
import Testing

@testable import Evaluation

@Suite struct DraftTests {
    private static let leave = """
        # Annual Leave Policy

        Torvelund · Version 4

        ## 1. Purpose and scope

        This policy is for all.

        ## 2. How much leave you have

        Full-time employees receive 27 days, e.g. in 2026. Others receive less.

        ### Long service

        | Years | Days |
        | --- | --- |

        ## 3. Urlaub im Winter

        - Im Winter ist der Betrieb geschlossen und die Arbeit ruht.

        ```
        # no heading
        ```
        """

    @Test func proposesHeadingsAsQuestionsAndMakesNothingUp() throws {
        let travel = "# Travel\n\nHR\n\n## Purpose and scope\n\nFor all.\n\n## Who pays?\n\nThe company pays."
        let (lines, without) = try DraftQuestions.lines(from: [
            ("leave.md", Self.leave), ("travel.md", travel), ("plain.txt", "No heading."),
        ])
        let drafts = try lines.map { line in
            try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        }
        #expect(
            drafts.map { $0["question"] as? String } == [
                "How much leave you have?", "Was gilt für „Urlaub im Winter“?", "Who pays?",
            ]
        )
        #expect(
            drafts.map { $0["answer"] as? String } == [
                "Full-time employees receive 27 days, e.g. in 2026.",
                "Im Winter ist der Betrieb geschlossen und die Arbeit ruht.", "The company pays.",
            ]
        )
        #expect(drafts.map { $0["file"] as? String } == ["leave.md", "leave.md", "travel.md"])
        #expect(drafts.allSatisfy { $0["draft"] as? Bool == true && ($0["must_contain"] as? [String]) == [] })
        #expect(without == ["plain.txt"])
    }

    @Test func draftsAreReadAndNotCounted() throws {
        let (lines, _) = try DraftQuestions.lines(from: [("leave.md", Self.leave)])
        let file = try QuestionFile(lines.joined(separator: "\n"), named: "drafts.jsonl")
        #expect(file.questions.isEmpty && file.drafts == lines.count && file.notes.isEmpty)
        let edited = lines.map { $0.replacing("\"draft\": true", with: "\"draft\": false") }
        #expect(try QuestionFile(edited.joined(separator: "\n"), named: "q.jsonl").questions.count == lines.count)
    }

    @Test(arguments: [
        ("# Title\n\nBy us.\n\n## 1. One\n\nFirst.\n\n## Two\n\n### Three\n\nThird.", ["One", "Three"]),
        ("# Benefits\n\nBy us.\n\n# 1. Health\n\nFirst.\n\n# 2. *Pension*\n\nSecond.", ["Health", "Pension"]),
        ("# Annual leave\n\nFirst.\n\n# Parental leave\n\nSecond.", ["Annual leave", "Parental leave"]),
        ("# Notice\n\nOne month.", ["Notice"]), ("No heading.", []), ("# \n\nText.", []),
        ("# 2. FOUR CLASSES\n\nFour.\n\n# 3. GDPR\n\nLaw.", ["Four classes", "GDPR"]),
    ])
    func theTitleIsNoSection(_ text: String, _ headings: [String]) {
        #expect(Section.sections(of: text).map(\.heading) == headings)
    }

    @Test(arguments: [
        ("One sentence. Another one.", "One sentence."),
        ("Am 1. Januar beginnt es. Dann mehr.", "Am 1. Januar beginnt es."),
        ("No end", "No end"), ("It is z.B. der Fall. Neu.", "It is z.B. der Fall."),
    ])
    func takesTheFirstSentence(_ text: String, _ sentence: String) {
        #expect(Section(heading: "A", text: text).firstSentence == sentence)
    }
}
