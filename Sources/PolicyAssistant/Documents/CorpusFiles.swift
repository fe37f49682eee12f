internal import Synchronization

/// The documents of the revision in force by their files' IDs, kept in memory until the revision changes.
final class CorpusFiles: Sendable {
    private let database: FilesDatabase
    private let cached = Mutex<(revision: Int, documents: CorpusDocuments)?>(nil)

    init(database: FilesDatabase) {
        self.database = database
    }

    /// Returns the documents of the revision.
    func documents(ofRevision revision: Int) async throws -> CorpusDocuments {
        if let cached = cached.withLock(\.self), cached.revision == revision { return cached.documents }
        let documents = CorpusDocuments(try await database.documents())
        // What was read belongs to this revision only if no sync switched meanwhile.
        if try await database.corpus()?.revision == revision { cached.withLock { $0 = (revision, documents) } }
        return documents
    }

    /// Returns the path of each file of the revision, by the file's ID.
    func paths(ofRevision revision: Int) async throws -> [String: String] {
        try await documents(ofRevision: revision).paths
    }

    /// Returns the SHA-256 of the content of each file of the revision, in hexadecimal, by the file's ID.
    func digests(ofRevision revision: Int) async throws -> [String: String] {
        try await documents(ofRevision: revision).digests
    }
}
