import Testing

@testable import Evaluation

/// The expected values are those of the public Python tools that measure the same, computed there.
@Suite struct FoldingTests {
    @Test(arguments: [
        ("**27 days** of _paid_ leave", "27 days of paid leave"),
        ("See [the policy](https://x.example/a_(b)) now", "See the policy now"),
        ("![logo](a.png)Hello", "Hello"),
        ("- one\n- two\n\n3. three\n> quoted\n## Head", " one\n two\n three\n quoted\n Head"),
        ("snake_case_name and 5 * 3 * 2", "snake_case_name and 5 * 3 * 2"),
        (#"\- not a list \*star\*"#, #"- not a list \star\"#),
        ("<br>line</br> a < b", "line a < b"),
        ("`code` and ***both***", "code and both"),
        (" *em* a_b_ _c d_", " em a_b c d"),
    ])
    func rendersMarkdownAsItsReaderSeesIt(_ text: String, _ rendered: String) {
        #expect(Folding.rendered(text) == rendered)
    }

    @Test(arguments: [
        ("… - 27 days …", "27 days"), ("- item", "item"), ("• item …", "item"), ("…rest", "rest"),
        ("-5 degrees", "-5 degrees"), (" plain ", "plain"), ("a …b", "a …b"),
    ])
    func takesTheMarksOfAListAndOfAnOmissionFromAQuote(_ quote: String, _ text: String) {
        #expect(Folding.quoted(quote) == text)
    }

    @Test func foldsWhiteSpaceAndCase() {
        #expect(Folding.folded("  Two\n\tWords\u{A0}Here ") == "two words here")
    }

    @Test(arguments: [
        ("27 days, 16.5 or 16,5", ["27", "16.5"]),
        ("€1,500 or 1.500 or CHF 1’500 or 1\u{202F}500.00", ["1500"]),
        ("$96.05 and 0.125 and 10,000,000", ["96.05", "0.125", "10000000"]),
        ("2026 and 1 January at 10:00", ["2026", "1", "10", "00"]),
        ("policy HR-07 on A4", []),
        ("1. First 3 days\n2) then 4", ["3", "4"]),
        ("no figure", []),
    ])
    func readsFiguresHoweverTheyAreGrouped(_ text: String, _ figures: [String]) {
        #expect(Figures.inText(text) == figures)
    }

    @Test(arguments: [
        ("I am not sure that this answers it: 27 days", true), ("“I'm not sure, but", true), ("**Not sure**: 5", true),
        ("Ich bin mir nicht sicher, ob das passt", true), ("Je ne suis pas sûr que ceci réponde", true),
        ("No estoy seguro de que esto responda", true), ("Non sono sicuro che questo risponda", true),
        ("Ik weet niet zeker of dit de vraag beantwoordt", true), ("Não tenho a certeza de que isto responda", true),
        ("You are not sure to get it", false), ("", false),
    ])
    func knowsAnAnswerThatSaysThatItIsUnsure(_ text: String, _ isUnsure: Bool) {
        #expect(Uncertainty.isExpressed(in: text) == isUnsure)
        #expect(GivenAnswer(text: text, citations: []).isUnsure == isUnsure)
        #expect(GivenAnswer(text: text, citations: [], confidence: "unsure").isUnsure)
    }

    @Test func findsAQuoteInTheDocumentAsItIsWrittenAndAsItIsRead() {
        let document = SearchedDocument(["# Leave\n\nYou have **27 days** of\npaid leave."])
        #expect(document.contains("You have 27 days of paid leave."))
        #expect(document.contains("You have **27 days** of"))
        #expect(!document.contains("You have 28 days"))
        #expect(!document.contains("of paid leave. And more"))
        #expect(SearchedDocument([]).isUnknown)
    }

    @Test func findsARowOfWhichTheCellsStandNextToEachOtherInTheFile() {
        let document = SearchedDocument(["| Country | Full day |\n| --- | --- |\n| Italy \\| Malta | €50 |"])
        #expect(document.contains("Italy | Malta €50"))
        #expect(document.contains("Italy \\| Malta | €50"))
        #expect(!document.contains("Country €50"))
    }
}
