/// The documents of one revision, found by what upstream calls them.
struct CorpusDocuments: Sendable {
    /// The path of each document, by its file's ID.
    let paths: [String: String]
    /// The SHA-256 of each document's content, in hexadecimal, by its file's ID.
    let digests: [String: String]
    /// The files by the names that they were uploaded under, where these are on record; no two are alike.
    private var uploads: [String: String] = [:]
    /// The files by their paths, and by the last parts of these; nil for what names several.
    private var names: [String: String?] = [:]
    /// The files whose uploads' names are not on record, by these names without the digits in them.
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

    /// The file in force that upstream means.
    ///
    /// Some compatible servers have IDs of their own in search results and citations; then the name tells the file,
    /// if it can mean only one. An ID that is a file's, by its beginning, is never taken for another's.
    ///
    /// - Returns: The file's ID; nil where it is not in force, or where it cannot be told.
    func fileID(_ id: String, named filename: String?) -> String? {
        if paths[id] != nil { return id }
        guard !Self.isFileID(id), let filename, !filename.isEmpty else { return nil }
        if let fileID = uploads[filename] { return fileID }
        if let found = names[filename] { return found }
        return PendingUpload.commonName(ofUpload: filename).flatMap { unrecorded[$0] ?? nil }
    }

    /// Whether upstream means a file that is not in force; false where it cannot be told which it means.
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
