/// Which of the passages that a search found are told as its results.
enum SearchResults {
    /// How many passages that have most of the question's words are among the results, wherever they rank.
    private static let foundByWords = 3
    /// How many passages that rank best are among the results before those.
    private static let foundByMeaning = 10

    /// The passages that rank best, the last of which make room for those that have most of the question's words: rare names
    /// of rows, which mean nothing to a model, are found by words alone.
    static func best(of found: [RankedPassage], limit: Int) -> [RankedPassage] {
        let others = found.dropFirst(limit).filter { ($0.wordPlace ?? .max) < foundByWords }
        let room = others.prefix(max(0, limit - foundByMeaning))
        return Array(found.prefix(limit).dropLast(room.count) + room)
    }

    /// The passages that were found, best first, of which the last make room for those that are cited.
    static func including(_ cited: [ScoredPassage], among found: [ScoredPassage], limit: Int) -> [ScoredPassage] {
        let others = found.filter { !cited.contains($0) }.prefix(max(0, limit - cited.count))
        let all = found.filter { cited.contains($0) || others.contains($0) } + cited.filter { !found.contains($0) }
        return all.sorted { $0.score > $1.score }
    }
}
