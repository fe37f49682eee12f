import Testing

@testable import LocalEngine

/// What is cited beside an answer.
@Suite struct FurtherQuotationTests {
    private static func passage(_ id: Int64, _ text: String, _ statements: [Double], score: Double = 0.5)
        -> RankedPassage
    {
        let closeness = Closeness(
            passage: score,
            tokens: score,
            tellingTokens: score,
            statements: statements,
            statementTokens: statements
        )
        var passage = RankedPassage(
            ScoredPassage(id: id, fileID: "file-\(id)", headings: [], text: text, score: score),
            closeness: closeness
        )
        passage.passage.score = score
        return passage
    }

    /// What is quoted of passages whose statements are worth as much as they are close.
    private static func texts(_ ranked: [RankedPassage]) -> [String] {
        let weighed = ranked.map { ranked in
            var weighed = StatementChoice.Scored(ranked)
            weighed.scores = ranked.closeness?.statements ?? weighed.statements.map { _ in 0 }
            return weighed
        }
        return FurtherQuotation.choose(from: weighed, besides: [1], least: 0.4).map(\.text)
    }

    @Test func quotesUpToThreeSentencesAroundTheClosestOfTheNextTwoPassages() {
        let text = "One is far. Two is near. Three is nearest. Four is near. Five is far."
        let ranked = [
            Self.passage(1, "The answer.", [0.9]), Self.passage(2, text, [0.1, 0.5, 0.9, 0.6, 0.2]),
            Self.passage(3, "- an item\n- the item\n- another", [0.1, 0.7, 0.2]), Self.passage(4, "Too many.", [0.9]),
        ]
        #expect(Self.texts(ranked) == ["Two is near. Three is nearest. Four is near.", "the item"])
    }

    @Test func staysInTheParagraphAndQuotesNoLeadIn() {
        let ranked = [Self.passage(2, "You need:\n- a pass\nThe desk is open. It is near.", [0.9, 0.1, 0.8, 0.2])]
        #expect(Self.texts(ranked) == ["The desk is open. It is near."])
    }

    /// A statement of the kind that is asked for is worth more than one that is as close.
    @Test func quotesTheSumThatIsAskedFor() throws {
        let text = "The firm pays the fee of a course.\nThe fee of a course may be 300 euros."
        let ranked = [
            Self.passage(1, "The answer costs 3 euros.", [0.9]), Self.passage(2, text, [0.6, 0.6], score: 0.5),
        ]
        let choice = try #require(StatementChoice(from: ranked, for: "How much does the course cost?"))
        #expect(
            FurtherQuotation.choose(from: choice.weighed, besides: [1], least: 0.4).map(\.text)
                == ["The fee of a course may be 300 euros."]
        )
    }

    @Test func isNoLongerThanAQuoteMayBe() {
        let long = String(repeating: "word ", count: 50) + "end."
        let ranked = [Self.passage(2, "Near it is. Then a \(long) Last a \(long)", [0.9, 0.5, 0.4])]
        #expect(Self.texts(ranked).allSatisfy { $0.count <= 400 })
        #expect(Self.texts(ranked).first?.hasPrefix("Near it is. Then a word") == true)
    }

    @Test func leavesOutWhatIsTooFarOrHasNoVectors() {
        let far = Self.passage(2, "Far.", [0.9], score: 0.39)
        let unknown = RankedPassage(
            ScoredPassage(id: 3, fileID: "f", headings: [], text: "New.", score: 0.9),
            closeness: nil
        )
        #expect(Self.texts([far, unknown]).isEmpty)
    }

    @Test func theEvidenceBeginsWithWhatIsCited() {
        func passage(_ id: Int64, _ text: String, _ score: Double) -> ScoredPassage {
            ScoredPassage(id: id, fileID: "f", headings: [], text: text, score: score)
        }
        let results = [passage(1, "One.", 0.9), passage(2, "Two. Two again.", 0.8), passage(3, "Three.", 0.7)]
        var answer = ExtractiveAnswer(
            text: "Three.\n\n",
            citations: [
                .init(passage: results[2], index: 5), .init(passage: results[1], index: 8, quote: "Two again."),
            ],
            confidence: .sure,
            queries: [],
            results: results
        )
        #expect(answer.evidence.map(\.text) == ["Three.", "Two again.", "One."])
        #expect(answer.evidence.map(\.score) == [0.7, 0.7, 0.7])
        answer.citations.removeLast()
        #expect(answer.evidence == results)
    }

    @Test(arguments: [
        ("Two sentences. Of a paragraph.", "Two sentences. Of a paragraph."),
        ("Days: 4 days; Leave: 22 days", "4 days | 22 days"),
        ("Grade: A; Task: Leads projects.", "Leads projects."),
        ("Grade: B; Task: Not there.", "Grade: B; Task: Not there."),
    ])
    func aPartIsQuotedAsItStandsInTheFile(_ text: String, _ quoted: String) {
        let whole =
            "Two sentences. Of a paragraph. And more.\n4 days | 22 days\nLeads projects. Alone and without help from anybody."
        let passage = ScoredPassage(id: 1, fileID: "f", headings: [], text: text, score: 1)
        #expect(passage.quotable(in: whole).text == quoted)
        #expect(passage.quotable(in: nil).text == text)
    }
}
