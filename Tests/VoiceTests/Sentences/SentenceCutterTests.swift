import Testing

@testable import Voice

@Suite struct SentenceCutterTests {
    static func sentences(of text: String, _ language: Language, piece: Int = .max) -> [Sentence] {
        var cutter = SentenceCutter(language: language)
        var sentences: [Sentence] = []
        var rest = text[...]
        while !rest.isEmpty {
            sentences += cutter.add(String(rest.prefix(piece)))
            rest = rest.dropFirst(piece)
        }
        return sentences + cutter.finish()
    }

    @Test(arguments: [1, 2, 3, 7, 40, Int.max])
    func twoHundredSentencesOfPoliciesAreCutWhereTheyEnd(piece: Int) {
        for (language, expected) in [(Language.english, EnglishPolicy.sentences), (.german, GermanPolicy.sentences)] {
            let found = Self.sentences(of: expected.joined(separator: " "), language, piece: piece).map(\.text)
            for (found, expected) in zip(found, expected) where found != expected {
                Issue.record("\(found) ≠ \(expected)")
                break
            }
            #expect(found.count == expected.count)
        }
        #expect(EnglishPolicy.sentences.count + GermanPolicy.sentences.count >= 200)
    }

    @Test(arguments: [
        ("It costs 3.50 today. ", 1), ("Is it? ", 1), ("Yes! ", 1), ("E.g. trains ", 0), ("Wait … then ", 0),
        ("In force since 2026. ", 0), ("In force since 2026. The ", 1), ("See No. 5 of the list", 0), ("Sorry, ", 0),
    ])
    func aSentenceIsCutAsSoonAsItsEndIsCertain(text: String, count: Int) {
        var cutter = SentenceCutter(language: .english)
        #expect(cutter.add(text).count == count)
    }

    @Test func theRestWithoutAStopIsSpokenToo() {
        #expect(Self.sentences(of: "Is it? Yes! Sorry,", .english).map(\.text) == ["Is it?", "Yes!", "Sorry,"])
        #expect(Self.sentences(of: "Unbelievable", .english, piece: 3).map(\.text) == ["Unbelievable"])
        #expect(Self.sentences(of: " \n \n", .english).isEmpty)
    }

    @Test func aPauseEndsASentenceThatMayHaveEnded() {
        var cutter = SentenceCutter(language: .english)
        #expect(cutter.add("You get 27 days of leave.").isEmpty)
        #expect(cutter.isWaiting)
        #expect(cutter.pause().map(\.text) == ["You get 27 days of leave."])
        #expect(!cutter.isWaiting)
        #expect(cutter.add(" They lapse, e.g.").isEmpty)
        #expect(cutter.pause().isEmpty)
        #expect(cutter.add(" in April. In 2027.").map(\.text) == ["They lapse, e.g. in April."])
        #expect(cutter.pause().map(\.text) == ["In 2027."])
        #expect(cutter.finish().isEmpty)
    }

    @Test(arguments: [1, 5, Int.max])
    func listsHeadingsAndParagraphsEndSentences(piece: Int) {
        let text = """
            ## Travel
            You need:
            - a **receipt**
            - a form, see [the intranet](https://intranet.example.com). It is short.
            * patience

            1. Fill it in
            2) Sign it
               on every page

            > Keep a copy
            for yourself.
            ---
            *Emphasis* is no list. -5 degrees neither.
            """
        #expect(
            Self.sentences(of: text, .english, piece: piece) == [
                Sentence(text: "Travel", kind: .heading),
                Sentence(text: "You need:"),
                Sentence(text: "a **receipt**", kind: .item(number: nil)),
                Sentence(
                    text: "a form, see [the intranet](https://intranet.example.com).",
                    kind: .item(number: nil)
                ),
                Sentence(text: "It is short."),
                Sentence(text: "patience", kind: .item(number: nil)),
                Sentence(text: "Fill it in", kind: .item(number: 1)),
                Sentence(text: "Sign it on every page", kind: .item(number: 2)),
                Sentence(text: "Keep a copy for yourself."),
                Sentence(text: "*Emphasis* is no list."),
                Sentence(text: "-5 degrees neither."),
            ]
        )
    }

    @Test(arguments: [1, 4, Int.max])
    func rowsOfTablesAreSentences(piece: Int) {
        let text = """
            The rates are:
            | Country | Hotel | Meals |
            |:--------|------:|-------|
            | Switzerland | CHF 210 | CHF 75 |
            | Germany | EUR 140 | |

            | a | b |
            | c \\| d | e |
            That is all
            """
        let header = ["Country", "Hotel", "Meals"]
        #expect(
            Self.sentences(of: text, .english, piece: piece) == [
                Sentence(text: "The rates are:"),
                Sentence(text: "", kind: .row(header: header, cells: ["Switzerland", "CHF 210", "CHF 75"])),
                Sentence(text: "", kind: .row(header: header, cells: ["Germany", "EUR 140", ""])),
                Sentence(text: "", kind: .row(header: [], cells: ["a", "b"])),
                Sentence(text: "", kind: .row(header: [], cells: ["c | d", "e"])),
                Sentence(text: "That is all"),
            ]
        )
    }

    @Test func aTextWithoutAnEndIsCutAtAClause() {
        let clause = "and this goes on for quite some time without an end, "
        let sentences = Self.sentences(of: String(repeating: clause, count: 40), .english, piece: 11)
        #expect(sentences.count > 2)
        #expect(sentences.allSatisfy { $0.text.count <= 600 && $0.text.hasSuffix(",") })
        let word = Self.sentences(of: String(repeating: "x", count: 3000), .english)
        #expect(word.allSatisfy { $0.text.count <= 600 })
        #expect(word.map(\.text.count).reduce(0, +) == 3000)
    }

    @Test func codeIsCutAtItsLines() {
        let text = "Run this:\n```sh\nls -l\ncat them. all\n```\nDone."
        let expected = ["Run this:", "ls -l", "cat them.", "all", "Done."]
        #expect(Self.sentences(of: text, .english).map(\.text) == expected)
        #expect(Self.sentences(of: text, .english, piece: 1).map(\.text) == expected)
    }
}
