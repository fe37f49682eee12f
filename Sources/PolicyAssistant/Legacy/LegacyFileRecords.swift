/// The records of documents and files, and the documents in the assets folder.
struct LegacyFileRecords: Sendable {
    let documents: [ScannedDocument]
    /// The assets folder.
    let folder: AssetFolder
    /// The IDs of files that documents have, or are about to have.
    let used: Set<String>
    let trash: Set<String>
    private let uploaded: Set<ExactPath>

    /// Reads the records and the folder.
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

    /// Returns whether a document is uploaded, or is about to be.
    func isUploaded(_ path: String) -> Bool { uploaded.contains(ExactPath(path)) }
}

/// Documents by the names that an older deployment used: their paths, or the last parts of the paths.
struct LegacyDocuments: Sendable {
    private let paths: [ExactPath: ScannedDocument]
    private let names: [ExactPath: ScannedDocument]

    /// - Parameters:
    ///   - documents: All documents.
    ///   - keys: All names that the older deployment used: a document that one of them names by its path is named by no
    ///     other.
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

    /// Returns the document of a name, if there is exactly one.
    func document(named name: String) -> ScannedDocument? { paths[ExactPath(name)] ?? names[ExactPath(name)] }
}
