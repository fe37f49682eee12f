import Testing

@testable import PolicyAssistant

@Suite struct QuoteTests {
    @Test func takesTheParagraphThatTheAnswerRestsOn() {
        let passages = [
            "Unpaid leave\nUnpaid leave may be granted for up to 20 days.",
            "Annual leave\nFull-time employees receive 27 days of paid annual leave.\nRequests go to the manager.",
        ]
        let quote = Quote.best(for: "You receive 27 days of paid annual leave", among: passages)
        #expect(quote == "Full-time employees receive 27 days of paid annual leave.")
    }

    @Test func isEmptyWithoutPassages() {
        #expect(Quote.best(for: "anything", among: []).isEmpty)
    }

    @Test func cutsALongParagraphAroundWhatMatters() {
        let filler = String(repeating: "nothing of note here ", count: 60)
        let quote = Quote.best(
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
        #expect(Quote.sentence(before: index, in: text).contains("27 days of paid leave"))
        #expect(!Quote.sentence(before: index, in: text).contains("zählen"))
    }

    @Test(arguments: [-1, 0, 10_000])
    func anyIndexIsHarmless(_ index: Int) {
        _ = Quote.sentence(before: index, in: "Short.")
    }
}
