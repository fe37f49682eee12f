import Foundation
import Testing

@testable import LocalEngine

private let modelFolder = ProcessInfo.processInfo.environment["ENCODER_MODEL_DIR"]

@Suite(.enabled(if: modelFolder != nil, "ENCODER_MODEL_DIR names no folder"))
struct MeaningAnswererTests {
    /// Clients choose the quote of a citation by the sentence before it.
    @Test func citesBehindTheStatementThatTheAnswerRestsOn() throws {
        let closeness = Closeness(
            model: .english,
            passage: 0.8,
            tokens: 0.8,
            tellingTokens: 0.8,
            statements: [0.9, 0.3, 0.3],
            statementTokens: [0.9, 0.3, 0.3]
        )
        let text = "Staff get 27 days of leave.\nDays at work: 5; Leave: 27 days\nDays at work: 4; Leave: 22 days"
        let passage = ScoredPassage(fileID: "file-1", headings: [], text: text, score: 0)
        let answer = try MeaningAnswerer(encoder: PassageEncoder(folder: #require(modelFolder))).answer(
            "How long is the leave?",
            history: [],
            instructions: nil,
            maximumResults: 10,
            search: { _, _, _ in [RankedPassage(passage, closeness: closeness)] }
        )
        #expect(answer.text.hasSuffix("\nDays at work: 4; Leave: 22 days"))
        let citation = try #require(answer.citations.first)
        let cited = String(String.UnicodeScalarView(answer.text.unicodeScalars.prefix(citation.index)))
        #expect(cited.hasSuffix("Staff get 27 days of leave"))
    }

    /// Names of rows mean nothing to a model.
    @Test func answersFromAPassageWithTheWordsOfTheQuestionWhereverItRanks() throws {
        let texts =
            (1...30).map { "Chair \($0) rests." } + ["Mixer: Delta; Rest: 55 hours\nMixer: Omega; Rest: 90 hours"]
        let found = zip(Int64(1)..., texts).map { id, text in
            let count = Statement.statements(of: text).count
            var passage = RankedPassage(
                ScoredPassage(id: id, fileID: "file-\(id)", headings: [], text: text, score: 0.1),
                closeness: Closeness(
                    passage: 0.1,
                    tokens: 0.1,
                    tellingTokens: 0.1,
                    statements: Array(repeating: 0.1, count: count),
                    statementTokens: Array(repeating: 0.1, count: count)
                )
            )
            passage.wordPlace = id == 31 ? 0 : nil
            return passage
        }
        let answer = try MeaningAnswerer(encoder: PassageEncoder(folder: #require(modelFolder))).answer(
            "What is the rest of Delta?",
            history: [],
            instructions: nil,
            maximumResults: 20,
            search: { _, _, _ in found }
        )
        #expect(answer.text == "Mixer: Delta; Rest: 55 hours")
        #expect(answer.confidence == .sure)
        #expect(answer.results.count == 20)
        #expect(answer.results.last?.id == 31)
    }
}
