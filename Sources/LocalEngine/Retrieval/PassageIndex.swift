internal import GRDB

/// The searchable passages of all files: the only door to retrieval.
///
/// Passages belong to a file and know nothing of vector stores; a search says in which files it may look.
enum PassageIndex {
    /// Creates the index's tables.
    static func migrate(_ db: Database) throws {}

    /// Adds the passages of a file.
    static func insert(_ passages: [Passage], fileID: String, in db: Database) throws {}

    /// Forgets the passages of a file.
    static func remove(fileID: String, in db: Database) throws {}

    /// Finds the passages that fit a query best, best first.
    ///
    /// - Parameters:
    ///   - query: Words in any order; nothing in it is syntax.
    ///   - fileIDs: The files to look in, any number of them.
    ///   - limit: The most passages to return.
    ///   - db: The database.
    /// - Returns: The passages with their scores.
    /// - Throws: `DatabaseError`.
    static func search(
        _ query: String,
        fileIDs: Set<String>,
        limit: Int,
        in db: Database
    ) throws -> [ScoredPassage] { [] }

    /// How rare each word is among all passages: 0 for a word that is everywhere, 1 for one that is nowhere.
    static func rarity(of words: [String], in db: Database) throws -> [Double] {
        words.map { _ in 1 }
    }
}
