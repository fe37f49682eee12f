import Testing

@testable import PolicyAssistant

@Suite struct QuoteTests {
    private func quote(for sentence: String, among passages: [String]) -> String {
        var read = QuotedPassages()
        for passage in passages { read.read(passage) }
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
        passages.read("Leave is 27 days.\nParking is 40 euros.")
        for _ in 0..<3 {
            #expect(passages.quote(for: "How many days of leave") == "Leave is 27 days.")
            #expect(passages.quote(for: "parking in euros") == "Parking is 40 euros.")
        }
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
        #expect(quote.count <= Quote.maximumLength + 4)
        #expect(quote.hasPrefix("… ") && quote.hasSuffix(" …"))
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
