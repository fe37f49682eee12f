import Testing

/// A whole handbook, with the questions that people ask of it.
@Suite struct RealDocumentsTests {
    @Test(.needsContract, arguments: Search.here)
    func aHandbookThatNobodyHereWroteIsAnsweredFrom(search: Search) async throws {
        let eval = "\(try #require(Contract.here).folder)/eval/basecamp"
        let settings = ["ASSETS_DIR": "\(eval)/documents"]
        try await withInstallation(settings: settings.merging(search.settings) { $1 }) { installation, _ in
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 0)
            #expect(receipt.added.count == 16)
            let score = try await installation.serving { api in
                try await Score(ScoredQuestion.read("\(eval)/questions.jsonl"), api)
            }
            switch search {
            case .byMeaning:
                #expect(score.rightFile >= 56, "\(score)")
                #expect(score.rightFact >= 45, "\(score)")
            case .byWords:
                #expect(score.rightFile >= 22, "\(score)")
                #expect(score.rightFact >= 18, "\(score)")
                #expect(score.refused >= score.unanswerable - 2, "\(score)")
            }
        }
    }
}
