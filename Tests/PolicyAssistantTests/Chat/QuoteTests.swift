import TestSupport
import Testing

@testable import PolicyAssistant

@Suite struct QuoteTests {
    private func quote(for sentence: String, among passages: [String]) -> String {
        var read = QuotedPassages()
        for passage in passages { read.add(passage) }
        return read.quote(for: sentence)
    }

    private func sentence(before index: Int, in text: String) -> String {
        Quote.sentence(before: index, in: Array(text.unicodeScalars))
    }

    @Test func takesTheParagraphThatTheAnswerRestsOn() {
        let passages = [
            "Unpaid leave\nUnpaid leave may be granted for up to 20 days.",
            "Annual leave\nFull-time employees receive 27 days of paid annual leave.\nRequests go to the manager.",
        ]
        let quote = quote(for: "You receive 27 days of paid annual leave", among: passages)
        #expect(quote == "Full-time employees receive 27 days of paid annual leave.")
    }

    @Test func takesTheShorterAndThenTheFirstOfWhatSharesAsMuch() {
        #expect(quote(for: "27 days", among: ["27 days of paid leave", "27 days", "days 27"]) == "27 days")
        #expect(quote(for: "nothing", among: ["one two three", "four five", "six seven"]) == "four five")
    }

    @Test func eachQuoteIsLookedForAnew() {
        var passages = QuotedPassages()
        passages.add("Leave is 27 days.\nParking is 40 euros.")
        for _ in 0..<3 {
            #expect(passages.quote(for: "How many days of leave") == "Leave is 27 days.")
            #expect(passages.quote(for: "parking in euros") == "Parking is 40 euros.")
        }
    }

    @Test func passagesThatComeAfterAQuoteCount() {
        var passages = QuotedPassages()
        passages.add("Parking is 40 euros.")
        #expect(passages.quote(for: "27 days of leave") == "Parking is 40 euros.")
        passages.add("Leave is 27 days.")
        #expect(passages.quote(for: "27 days of leave") == "Leave is 27 days.")
    }

    @Test func takesTheRowThatHasTheFigures() {
        let passages = [
            "| Days of work | Leave |\n| 5 days | 27 days |\n| 4 days | 22 days |",
            "In the year you join, you receive a twelfth of the annual leave of a calendar year per month of work.",
        ]
        let told = "Days of work in a week: 4 days; Annual leave per calendar year: 22 days"
        #expect(quote(for: told, among: passages) == "4 days | 22 days")
    }

    /// The rule, said plainly: of the different lines that have a word, the one with most of the sentence's words, of which
    /// a figure counts as four, and a thousandth of its own is taken away; of several such lines, the first.
    @Test func takesWhatTheRuleSays() {
        var generator = SeededGenerator(7)
        for round in 0..<400 {
            let words = (0..<(round % 2 == 0 ? 6 : 40)).map { _ in
                (0...2).map { _ in RandomText.pieces.randomElement(using: &generator) ?? "" }.joined()
            }
            func text(_ sizes: ClosedRange<Int>) -> String {
                let size = Int.random(in: sizes, using: &generator)
                return (0..<size).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
            }
            let passages = (0..<5).map { _ in (0..<4).map { _ in text(0...12) }.joined(separator: "\n") }
            let sentence = text(1...8)
            let sought = Words.of(sentence)
            var lines: [String] = []
            var seen: Set<String> = []
            for passage in passages {
                for line in passage.unicodeScalars.split(separator: "\n") {
                    let text = String(Quote.withoutMarks(Substring(line)))
                    if !Words.of(text).isEmpty, seen.insert(text).inserted { lines.append(text) }
                }
            }
            let scores = lines.map { line in
                let words = Words.of(line)
                let shared = words.intersection(sought).map { ("0"..."9").contains($0.prefix(1)) ? 4.0 : 1 }
                return shared.reduce(0, +) - Double(words.count) / 1000
            }
            let best = scores.max().flatMap { scores.firstIndex(of: $0) }
            let expected = best.map { Quote.shortened(lines[$0][...], around: WordSet(of: sentence)) } ?? ""
            #expect(quote(for: sentence, among: passages) == expected)
        }
    }

    @Test func takesALineOnceHoweverOftenPassagesHaveIt() {
        var passages = QuotedPassages()
        for passage in ["One line.\nOne line!", "One line!\n- One line.", "One line?"] { passages.add(passage) }
        #expect(passages.furtherQuote(for: "line") == "One line.")
        #expect(passages.furtherQuote(for: "line") == "One line?")
        #expect(passages.furtherQuote(for: "line") == nil)
    }

    @Test func isEmptyWithoutPassages() {
        #expect(quote(for: "anything", among: []).isEmpty)
    }

    @Test func cutsALongParagraphAroundWhatMatters() {
        let filler = String(repeating: "nothing of note here ", count: 60)
        let quote = quote(
            for: "the meal allowance is 64 euros",
            among: [filler + "The meal allowance is 64 euros. " + filler]
        )
        #expect(quote.contains("The meal allowance is 64 euros."))
        #expect(quote.count <= Quote.maximumLength)
        #expect((filler + "The meal allowance is 64 euros. " + filler).contains(quote))
    }

    @Test func cutsBetweenSentencesAndElseBetweenClauses() {
        let sentences = (1...20).map { "This is sentence number \($0) of many, and it says little." }.joined(
            separator: " "
        )
        let bySentence = quote(for: "sentence number 11 of many", among: [sentences])
        #expect(sentences.contains(bySentence) && bySentence.contains("number 11 of"))
        #expect(bySentence.hasPrefix("This is") && bySentence.hasSuffix("little."))
        let clauses = (1...40).map { "in year \($0) there are \($0) days" }.joined(separator: ", ") + "."
        let byClause = quote(for: "year 33", among: [clauses])
        #expect(clauses.contains(byClause) && byClause.contains("in year 33 there are 33 days"))
        #expect(byClause.hasPrefix("in year") && byClause.count <= Quote.maximumLength)
    }

    @Test func aQuoteIsNeverTooLong() {
        let text = String(repeating: "年", count: 1_000)
        #expect(text.hasPrefix(quote(for: "年", among: [text])))
        #expect(quote(for: "年", among: [text]).count == Quote.maximumLength)
    }

    @Test(arguments: [
        ("- Dogs stay on the lead", "Dogs stay on the lead"), ("  * Dogs  stay ", "Dogs  stay"),
        ("• Dogs stay", "Dogs stay"), ("## Dogs", "Dogs"), ("> Dogs stay", "Dogs stay"),
        ("| 4 days | 22 days |", "4 days | 22 days"), ("-5 degrees", "-5 degrees"), ("#7 is open", "#7 is open"),
    ])
    func leavesOutMarksThatNoReaderSees(_ line: String, _ quoted: String) {
        #expect(quote(for: quoted, among: [line]) == quoted)
    }

    @Test(arguments: [
        ("27 days.\n\n", true), ("27 days. \n \n ", true), ("27 days.\n", false), ("27 days.", false), ("\n\n", false),
        ("", false),
    ])
    func tellsWhatStandsInAParagraphOfItsOwn(_ text: String, _ isApart: Bool) {
        let scalars = Array(text.unicodeScalars)
        #expect(Quote.standsApart(at: scalars.count, in: scalars) == isApart)
        #expect(!Quote.standsApart(at: 4, in: scalars))
    }

    @Test(arguments: [
        ("27 days.\n\n", "27 days."), ("27 days. \r\n", "27 days. "), ("27 days. ", "27 days. "), ("\n\n", ""),
        ("a\nb", "a\nb"),
    ])
    func theEmptyEndOfAnAnswerIsLeftOut(_ text: String, _ expected: String) {
        #expect(text.withoutTrailingLines == expected)
    }

    @Test func findsTheSentenceBeforeAnAnnotation() {
        let text = "Ärzte zählen nicht. You receive 27 days of paid leave. More follows."
        let index = "Ärzte zählen nicht. You receive 27 days of paid leave".unicodeScalars.count
        #expect(sentence(before: index, in: text).contains("27 days of paid leave"))
        #expect(!sentence(before: index, in: text).contains("zählen"))
    }

    @Test func goesBackOverPiecesThatSayTooLittle() {
        let text = "Not this one at all. The office closes at 5 p.m"
        #expect(sentence(before: text.unicodeScalars.count, in: text) == " The office closes at 5 p.m")
    }

    /// Four different words, so that no number of repetitions says enough.
    @Test func goesBackNoFurtherThanABound() {
        let text = String(repeating: "I do not know. ", count: 50_000)
        let sentence = sentence(before: text.unicodeScalars.count, in: text)
        #expect(sentence.unicodeScalars.count == Quote.longestSentence)
        #expect(text.hasSuffix(sentence))
    }

    @Test(arguments: [-1, 0, 10_000])
    func anyIndexIsHarmless(_ index: Int) {
        _ = sentence(before: index, in: "Short.")
    }
}
