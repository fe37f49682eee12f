internal import Synchronization

/// The documents of one revision, by the IDs and names that upstream uses for them.
struct CorpusDocuments: Sendable {
    /// The path of each document, by its file's ID.
    let paths: [String: String]
    /// The SHA-256 of each document's content, in hexadecimal, by its file's ID.
    let digests: [String: String]
    /// The files by their uploads' names, where these are on record; each is unique.
    private var uploads: [String: String] = [:]
    /// The files by their paths, and by the last parts of their paths; nil for a name of several.
    private var names: [String: String?] = [:]
    /// The files whose uploads' names are not on record, by those names without their token.
    private var unrecorded: [String: String?] = [:]

    init(_ files: [IndexedDocument]) {
        paths = Dictionary(files.map { ($0.fileID, $0.path) }) { first, _ in first }
        digests = Dictionary(files.map { ($0.fileID, $0.sha256) }) { first, _ in first }
        for file in files {
            if let name = file.uploadName {
                uploads[name] = file.fileID
            } else {
                Self.note(PendingUpload.commonName(for: file.path), file.fileID, in: &unrecorded)
            }
            let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
            for name in Set([file.path, name]) { Self.note(name, file.fileID, in: &names) }
        }
    }

    /// The path of the document that a file holds; nil where the file is not in force.
    func path(of fileID: String) -> String? { paths[fileID] }

    /// The file in force that a search result or citation names.
    ///
    /// Some compatible servers use IDs of their own there; then the name identifies the file, unless several have it. An ID
    /// with the prefix of a file's ID stands for no other file.
    ///
    /// - Returns: The file's ID; nil where the file is not in force or not known.
    func fileID(_ id: String, named filename: String?) -> String? {
        if paths[id] != nil { return id }
        guard !Self.isFileID(id), let filename, !filename.isEmpty else { return nil }
        if let fileID = uploads[filename] { return fileID }
        if let found = names[filename] { return found }
        return PendingUpload.commonName(ofUpload: filename).flatMap { unrecorded[$0] ?? nil }
    }

    /// Whether a search result or citation names a file that is not in force; false where the file is not known.
    func isForeign(_ id: String, named filename: String?) -> Bool {
        if paths[id] != nil { return false }
        if Self.isFileID(id) { return true }
        guard let filename, !filename.isEmpty else { return false }
        return fileID(id, named: filename) == nil && PendingUpload.commonName(ofUpload: filename) != nil
            && unrecorded.isEmpty
    }

    private static func isFileID(_ id: String) -> Bool { id.hasPrefix("file-") || id.hasPrefix("file_") }

    private static func note(_ name: String, _ fileID: String, in names: inout [String: String?]) {
        names[name] = names[name] == nil ? fileID : .some(nil)
    }
}

/// The documents of the revision in force, cached until the revision changes.
final class CorpusFiles: Sendable {
    private let database: FilesDatabase
    private let cached = Mutex<(revision: Int, documents: CorpusDocuments)?>(nil)

    init(database: FilesDatabase) {
        self.database = database
    }

    /// The documents of a revision.
    func documents(ofRevision revision: Int) async throws -> CorpusDocuments {
        if let cached = cached.withLock(\.self), cached.revision == revision { return cached.documents }
        let documents = CorpusDocuments(try await database.documents())
        // The documents are those of the revision only if no sync has switched meanwhile.
        if try await database.corpus()?.revision == revision { cached.withLock { $0 = (revision, documents) } }
        return documents
    }

    /// The path of each file of a revision, by the file's ID.
    func paths(ofRevision revision: Int) async throws -> [String: String] {
        try await documents(ofRevision: revision).paths
    }

    /// The SHA-256 of the content of each file of a revision, in hexadecimal, by the file's ID.
    func digests(ofRevision revision: Int) async throws -> [String: String] {
        try await documents(ofRevision: revision).digests
    }
}
