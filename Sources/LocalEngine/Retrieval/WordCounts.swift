internal import GRDB

/// In how many passages words are: counted once for all searches of an answer, as that takes longer than they do.
final class WordCounts {
    private var passages: Double?
    private var occurrences: [String: Double] = [:]

    /// How many passages there are.
    func passages(in db: Database) throws -> Double {
        if let passages { return passages }
        let count = try Double.fetchOne(db, sql: "SELECT count(*) FROM passage") ?? 0
        passages = count
        return count
    }

    /// How many passages have a word.
    func passages(with word: String, in db: Database) throws -> Double {
        if let count = occurrences[word] { return count }
        let statement = try db.cachedStatement(
            sql: "SELECT count(*) FROM passage_words WHERE passage_words MATCH ?"
        )
        let count = try Double.fetchOne(statement, arguments: [QueryWords.expression(for: word)]) ?? 0
        occurrences[word] = count
        return count
    }
}
