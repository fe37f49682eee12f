import Testing

@testable import LocalEngine

/// What an answer costs does not grow with the length of the question beyond a bound.
@Suite struct LongQuestionTests {
    /// The words that are counted and searched for.
    private func work(
        _ question: String,
        after history: [String] = [],
        known: @escaping (String) -> Bool = { _ in true }
    ) -> (counted: Int, searched: [Int], queries: [String]) {
        var (counted, searched): (Int, [Int]) = (0, [])
        let answer = Answerer().answer(
            question,
            history: history.map { Answerer.Exchange(question: $0, answer: "") },
            instructions: nil,
            maximumResults: 5,
            search: { query, _ in
                searched.append(QueryWords(query).all.count)
                return []
            },
            rarity: { words in
                counted += words.count
                return words.enumerated().map { known($1) ? 0.5 + Double($0) / 1_000 : 1 }
            }
        )
        return (counted, searched, answer.queries)
    }

    private static let long = (0..<3_000).map { "word\($0)" }.joined(separator: " ")

    @Test func boundsTheWordsThatAreCountedAndSearchedFor() {
        let plain = work("How many days of annual leave do I get?")
        #expect((1...8).contains(plain.counted))
        #expect(plain.queries == ["How many days of annual leave do I get?"])
        let long = work(Self.long)
        #expect(long.counted <= 96)
        #expect(long.searched == [32])
        let followUp = work("And what about it?", after: Array(repeating: Self.long, count: 5))
        #expect(followUp.counted <= 40)
        #expect(followUp.searched.allSatisfy { $0 <= 64 })
    }

    @Test func aQuestionThatPeopleAskIsTakenWhole() {
        let question = (0..<30).map { "word\($0)" }.joined(separator: " ") + "?"
        let work = work(question)
        #expect(work.queries == [question])
        #expect(work.searched == [30])
    }

    @Test func theRarestWordsAreChosenAndUnknownOnesKeepTheirShare() {
        let question = (0..<60).map { $0.isMultiple(of: 2) ? "known\($0)" : "strange\($0)" }.joined(separator: " ")
        let words = work(question, known: { $0.hasPrefix("known") }).queries[0].split(separator: " ")
        #expect(words.count == 32)
        #expect(words.count { $0.hasPrefix("strange") } == 16)
        #expect(words.contains("known58") && !words.contains("known0"))
    }

    @Test func aLongTextIsReadAtItsBeginningAndItsEnd() {
        let text = "Überstunden " + String(repeating: "ü", count: 20_000) + " Gleitzeit"
        let bounded = text.boundedForSearch
        #expect(bounded.utf8.count <= 2_049)
        #expect(bounded.hasPrefix("Überstunden ") && bounded.hasSuffix(" Gleitzeit"))
        #expect("short".boundedForSearch == "short")
        #expect(QueryWords(Self.long).all.count == 64)
    }
}
