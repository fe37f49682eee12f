/// What is on record of documents and files, and what lies in the assets folder.
struct LegacyFileRecords: Sendable {
    let documents: [ScannedDocument]
    /// Where the documents lie.
    let folder: AssetFolder
    /// The files that documents have, or are about to have.
    let used: Set<String>
    let trash: Set<String>
    private let uploaded: Set<ExactPath>

    /// Reads all of it.
    static func gather(_ files: FilesDatabase, assets: String) async throws -> LegacyFileRecords {
        let (tracked, pending) = (try await files.documents(), try await files.uploads())
        let scanner = try AssetScanner(root: assets)
        return LegacyFileRecords(
            documents: try scanner.scan().files,
            folder: scanner.folder,
            used: Set(tracked.map(\.fileID) + pending.compactMap(\.fileID)),
            trash: Set(try await files.trashedFiles()),
            uploaded: Set((tracked.map(\.path) + pending.map(\.path)).map(ExactPath.init))
        )
    }

    /// Whether a document is uploaded, or about to be.
    func isUploaded(_ path: String) -> Bool { uploaded.contains(ExactPath(path)) }
}

/// Documents by the names that an older deployment had for them: their paths, or their last parts alone.
struct LegacyDocuments: Sendable {
    private let paths: [ExactPath: ScannedDocument]
    private let names: [ExactPath: ScannedDocument]

    /// - Parameters:
    ///   - documents: All documents.
    ///   - keys: All names that the older deployment had: a document that one of them names by its path is named by no other.
    init(_ documents: [ScannedDocument], namedBy keys: [String]) {
        paths = Dictionary(documents.map { (ExactPath($0.path), $0) }) { first, _ in first }
        let taken = Set(keys.map(ExactPath.init))
        let byName = Dictionary(grouping: documents) {
            ExactPath($0.path.split(separator: "/").last.map(String.init) ?? "")
        }
        names = byName.compactMapValues { documents in
            documents.count == 1 && !taken.contains(ExactPath(documents[0].path)) ? documents[0] : nil
        }
    }

    /// The document that is meant, if it is plain which.
    func document(named name: String) -> ScannedDocument? { paths[ExactPath(name)] ?? names[ExactPath(name)] }
}
