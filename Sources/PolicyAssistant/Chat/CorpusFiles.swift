/// The documents of the revision in force by their files' IDs, kept in memory until the revision changes.
actor CorpusFiles {
    private let database: FilesDatabase
    private var cached: (revision: Int, paths: [String: String])?

    init(database: FilesDatabase) {
        self.database = database
    }

    /// Returns the path of each file of the revision, by the file's ID.
    func paths(ofRevision revision: Int) async throws -> [String: String] {
        if let cached, cached.revision == revision { return cached.paths }
        let paths = Dictionary(try await database.files().map { ($0.fileID, $0.path) }) { first, _ in first }
        // What was read belongs to this revision only if no sync switched meanwhile.
        if try await database.corpus()?.revision == revision { cached = (revision, paths) }
        return paths
    }
}
