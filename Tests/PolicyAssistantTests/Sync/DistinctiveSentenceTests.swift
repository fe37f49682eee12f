import Testing

@testable import PolicyAssistant

@Suite struct DistinctiveSentenceTests {
    private let old = """
        # Annual leave

        Full-time employees receive 27 days of paid annual leave.
        Up to five unused days may be carried over into the next year.
        """
    private let new = """
        # Annual leave

        Full-time employees receive 31 days of paid annual leave.
        Up to five unused days may be carried over into the next year.
        """

    @Test func takesWhatOnlyOneOfTwoTextsHas() {
        let sentences = DistinctiveSentence.choose(from: new, absentFrom: old, limit: 3)
        #expect(sentences.map(\.text).contains { $0.contains("31 days") })
        #expect(!sentences.contains { $0.text.contains("carried over") })
        let gone = DistinctiveSentence.choose(from: old, absentFrom: new, limit: 3)
        #expect(gone.map(\.text).contains { $0.contains("27 days") })
        #expect(DistinctiveSentence.choose(from: new, absentFrom: new, limit: 3).isEmpty)
    }

    @Test func prefersTheLongest() {
        let sentence = DistinctiveSentence.choose(from: new, absentFrom: "", limit: 1)
        #expect(sentence.first?.text.contains("carried over into the next year.") == true)
    }

    @Test func comparesWordsAndNotHowTheyAreSet() {
        let reset = "Full‑time employees  receive 31\ndays of PAID annual leave"
        #expect(
            DistinctiveSentence.choose(from: new, absentFrom: reset, limit: 3).allSatisfy { !$0.text.contains("31") }
        )
    }

    @Test func leavesOutFragmentsAndMarkup() {
        let text = """
            # Leave

            Too short.

            See [the page of rules](https://example.com/a) for more of it.

            Everybody gets ~~27~~ 31 days of leave in a year.
            """
        #expect(DistinctiveSentence.choose(from: text, absentFrom: "", limit: 3).isEmpty)
        #expect(DistinctiveSentence.choose(from: "", absentFrom: "", limit: 3).isEmpty)
    }

    /// Upstream does not search headings, and shows cells below the names of their columns.
    @Test func takesRowsOfTablesWhereNoSentenceIs() {
        func text(_ rate: Int) -> String {
            "# What all of us get for being on call\n\n| Grade | Rate |\n|---|---|\n| Grade 4 to 5 | \(rate) euros |"
        }
        let rows = DistinctiveSentence.choose(from: text(28), absentFrom: "", limit: 3)
        #expect(rows.map(\.words) == [["grade", "4", "to", "5", "28", "euros"]])
        #expect(rows.allSatisfy { $0.isHeld(by: "Grade: Grade 4 to 5; Rate: 28 euros") })
        #expect(DistinctiveSentence.choose(from: text(30), absentFrom: text(28), limit: 3).map(\.words.count) == [6])
        #expect(DistinctiveSentence.choose(from: text(28), absentFrom: text(28), limit: 3).isEmpty)
        let both = DistinctiveSentence.choose(from: text(28) + "\n\nAsk us before you go.", absentFrom: "", limit: 3)
        #expect(both.map(\.text) == ["Ask us before you go."])
    }

    @Test func aTitleIsNoPartOfTheSentenceBelowIt() {
        let text = "Travel\r\n\r\nEmployees may book economy class\nfor flights under six hours."
        #expect(
            DistinctiveSentence.choose(from: text, absentFrom: "", limit: 3).map { $0.words.first } == ["employees"]
        )
    }

    /// Chinese, Japanese and Thai have no blanks between words, and Thai has no stops either.
    @Test(arguments: [
        ("# 休假制度\n\n每位员工每年享有十五天带薪年假。病假需要提供医生证明。", "每位员工每年享有十五天带薪年假。", "每位员工每年享有二十天带薪年假。"),
        ("出張の日当は三千円です。宿泊費は一万円まで支払われます。", "宿泊費は一万円まで支払われます。", "宿泊費は二万円まで支払われます。"),
        (
            "วันลา\nพนักงานลาพักร้อนได้ปีละสิบห้าวัน ลาป่วยต้องมีใบรับรองแพทย์", "พนักงานลาพักร้อนได้ปีละสิบห้าวัน",
            "พนักงานลาพักร้อนได้ปีละยี่สิบวัน"
        ),
    ])
    func findsSentencesWithoutBlanks(_ text: String, _ expected: String, _ changed: String) {
        let sentences = DistinctiveSentence.choose(from: text, absentFrom: "", limit: 3)
        #expect(sentences.map(\.text).contains(expected))
        let other = text.replacing(expected, with: changed)
        let new = DistinctiveSentence.choose(from: other, absentFrom: text, limit: 3)
        #expect(new.map(\.text) == [changed])
        #expect(new.allSatisfy { $0.isHeld(by: other) && !$0.isHeld(by: text) })
    }

    @Test func linesWithoutBlanksMayBeBrokenAnywhere() throws {
        let sentence = try #require(
            DistinctiveSentence.choose(from: "每位员工每年享有十五天带薪年假。", absentFrom: "", limit: 1).first
        )
        #expect(sentence.isHeld(by: "休假制度：每位员工每年享\n有十五天 带薪年假。"))
        #expect(!sentence.isHeld(by: "每位员工每年享有五天带薪年假。"))
        #expect(DistinctiveSentence.choose(from: "每位员工每年享\n有十五天带薪年假。", absentFrom: sentence.text, limit: 3).isEmpty)
    }

    @Test func wordsOfBothKindsMayStandSideBySide() {
        #expect(WordSequence.words(of: "2024年に VPN接続") == ["2024", "年に", "vpn", "接続"])
    }

    @Test func isHeldByAPassageWithAllItsWords() throws {
        let sentence = try #require(DistinctiveSentence.choose(from: new, absentFrom: old, limit: 1).first)
        #expect(sentence.isHeld(by: "Annual leave › \(new)"))
        #expect(!sentence.isHeld(by: old))
    }

    @Test func leavesOutWhatOnlyASiteGeneratorReads() {
        let text = """
            ---
            title: Gifts and other kind invitations
            owner_of_it: the people of compliance
            ---
            :::tip Do mind the following rule
            Gifts above fifty euros are refused.
            :::
            """
        let sentences = DistinctiveSentence.choose(from: text, absentFrom: "", limit: 5)
        #expect(sentences.map(\.text) == ["Gifts above fifty euros are refused."])
    }

    /// Upstream may show items without their labels, and may not search a line that may be a heading.
    @Test func leavesOutLabelsOfItemsAndLinesAlone() {
        let items = "a) The form is filled in by the employee.\n(b) The manager signs the form there."
        let sentences = DistinctiveSentence.choose(from: items, absentFrom: "", limit: 3)
        #expect(Set(sentences.map { $0.words.prefix(2).joined(separator: " ") }) == ["the form", "the manager"])
        let table = "Opening hours of the works shop\n\n| Day | Opens |\n| Mon | 8:00 |"
        #expect(DistinctiveSentence.choose(from: table, absentFrom: "", limit: 3).isEmpty)
    }
}
