import TestSupport
import Testing

/// A whole handbook, with the questions that people ask of it.
@Suite struct RealDocumentsTests {
    /// A model that makes no mistakes is neither less often right than the quotations, nor does it answer what they refuse.
    @Test(.needsContract, arguments: Search.here)
    func aHandbookThatNobodyHereWroteIsAnsweredFrom(search: Search) async throws {
        try await SharedModel.$isCopying.withValue(false) { try await isAnsweredFrom(search: search) }
    }

    private func isAnsweredFrom(search: Search) async throws {
        let eval = "\(try #require(Contract.here).folder)/eval/basecamp"
        let settings = ["ASSETS_DIR": "\(eval)/documents"]
        try await withInstallation(settings: settings.merging(search.settings) { $1 }) { installation, _ in
            let (receipt, result) = try await installation.sync()
            #expect(result.status == 0)
            #expect(receipt.added.count == 16)
            let questions = try ScoredQuestion.read("\(eval)/questions.jsonl")
            let (score, written) = try await Score.sideBySide(questions, installation)
            #expect(written.rightFile >= score.rightFile && written.rightFact >= score.rightFact, "\(score) \(written)")
            #expect(written.refused == score.refused, "\(score) \(written)")
            switch search {
            case .byMeaning:
                #expect(score.rightFile >= 56, "\(score)")
                #expect(score.rightFact >= 45, "\(score)")
            case .byWords:
                #expect(score.rightFile >= 34, "\(score)")
                #expect(score.rightFact >= 26, "\(score)")
                #expect(score.refused + score.doubted >= score.unanswerable - 2, "\(score)")
            }
        }
    }
}
