internal import Synchronization

/// The documents of the revision in force by their files' IDs, kept in memory until the revision changes.
final class CorpusFiles: Sendable {
    private let database: FilesDatabase
    private let cached = Mutex<(revision: Int, paths: [String: String])?>(nil)

    init(database: FilesDatabase) {
        self.database = database
    }

    /// Returns the path of each file of the revision, by the file's ID.
    func paths(ofRevision revision: Int) async throws -> [String: String] {
        if let cached = cached.withLock(\.self), cached.revision == revision { return cached.paths }
        let paths = Dictionary(try await database.files().map { ($0.fileID, $0.path) }) { first, _ in first }
        // What was read belongs to this revision only if no sync switched meanwhile.
        if try await database.corpus()?.revision == revision { cached.withLock { $0 = (revision, paths) } }
        return paths
    }
}
