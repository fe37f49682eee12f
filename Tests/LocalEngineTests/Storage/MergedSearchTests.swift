import Testing

@testable import LocalEngine

/// The results of several searches as one list.
@Suite struct MergedSearchTests {
    private static func passage(_ id: Int64, _ score: Double) -> ScoredPassage {
        ScoredPassage(id: id, fileID: "file-1", headings: [], text: "Text \(id).", score: score)
    }

    /// A ranking by meaning has passages of equal scores one after another; their order is the ranking's.
    @Test func keepsTheOrderOfARanking() {
        let ranking = [7, 3, 9, 1, 8, 2, 6, 4, 5].map { Self.passage($0, 0.4) }
        #expect(PassageReader.merged([[Self.passage(20, 0.6)] + ranking]).map(\.id) == [20, 7, 3, 9, 1, 8, 2, 6, 4, 5])
    }

    @Test func findsEachPassageOnceWithItsBestScore() {
        let first = [Self.passage(1, 0.9), Self.passage(2, 0.5), Self.passage(3, 0.5)]
        let second = [Self.passage(3, 0.7), Self.passage(4, 0.5), Self.passage(1, 0.2)]
        let merged = PassageReader.merged([first, second])
        #expect(merged.map(\.id) == [1, 3, 2, 4])
        #expect(merged.map(\.score) == [0.9, 0.7, 0.5, 0.5])
    }

    @Test func findsNothingInNoSearch() {
        #expect(PassageReader.merged([]).isEmpty)
        #expect(PassageReader.merged([[], []]).isEmpty)
    }
}
