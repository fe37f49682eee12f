import Testing

@testable import PolicyAssistant

@Suite struct PlainAnswerTests {
    @Test(arguments: [
        ("**Yes**, you *may*.", "Yes, you may."),
        ("# Rule\n\nText", "Rule\nText"),
        ("* one\n* two\n+ three", "- one\n- two\n- three"),
        ("1. one\n2. two", "1. one\n2. two"),
        ("See [the policy](https://x.example/a_b) and `code`.", "See the policy and code."),
        ("![plan](x.png) of it", "plan of it"),
        ("| Grade | Days |\n|---|---:|\n| A | 27 |", "Grade, Days\nA, 27"),
        ("> quoted\n> text", "quoted\ntext"),
        ("```\nraw *text*\n```", "raw *text*"),
        (#"5 \* 3 and snake_case and 2 ~ 3"#, "5 * 3 and snake_case and 2 ~ 3"),
        ("~~old~~ __new__", "old new"),
        ("“Leave” – 27\u{A0}days…\n\n---\n\nEnd", "\"Leave\" - 27 days...\nEnd"),
        ("[not a link] (really)", "[not a link] (really)"),
        ("a < b & c", "a < b & c"),
    ])
    func hasNoMarks(markdown: String, text: String) {
        #expect(PlainAnswer.text(of: markdown) == text)
    }
}

@Suite struct AnswerSourceTests {
    private let text = """
        # Travel policy

        General words that come first in the document.

        ## 6 Meals

        Meals are reimbursed up to 40 euros a day abroad.

        ### 6.2 Drinks

        Alcoholic drinks are never reimbursed by the company.

        ## Booking

        Trains are booked in second class whenever possible.
        """

    @Test(arguments: [
        ("Meals are reimbursed up to 40 euros", " §6"), ("Alcoholic drinks   are never\nreimbursed", " §6.2"),
        ("Trains are booked in second class", ", Booking"), ("General words that come first", ""), ("Not in it", ""),
    ])
    func namesTheSection(quote: String, suffix: String) {
        #expect(AnswerSource.section(of: quote, in: text) == suffix)
    }

    @Test(arguments: [
        ("hr/travel-policy.md", "Travel policy"), ("Leave.Rules.2026.pdf", "Leave.Rules.2026"),
        ("a_b  c.docx", "A b c"),
        ("éducation.md", "Éducation"),
    ])
    func namesTheDocument(path: String, name: String) {
        #expect(AnswerSource.name(of: path) == name)
    }
}
