/// What a sync has to do, found by holding the assets folder against the documents on record.
struct SyncPlan: Equatable {
    struct Document: Hashable, Sendable {
        var file: ScannedFile
        var sha256: String
    }

    struct Change: Hashable, Sendable {
        var document: Document
        var previous: TrackedFile
    }

    /// Documents without a record.
    var added: [Document] = []
    /// Documents whose content is no longer what was uploaded.
    var changed: [Change] = []
    /// Documents that stand at a new path with the content of a record whose path is gone: nothing is uploaded.
    var renamed: [Change] = []
    /// Records whose documents are gone.
    var removed: [TrackedFile] = []
    /// Documents whose content stands as uploaded.
    var unchanged: [TrackedFile] = []
    /// The ones among them that were written again with the same content: their record's stamp is renewed.
    var touched: [Change] = []

    /// Whether the corpus stays as it is.
    var isEmpty: Bool { added.isEmpty && changed.isEmpty && renamed.isEmpty && removed.isEmpty }

    /// Compares the folder with the records.
    ///
    /// - Parameters:
    ///   - files: The documents that a scan found.
    ///   - records: What is tracked, by path.
    ///   - rereadsAll: Whether files are read even where size and time stand as recorded.
    ///   - hash: Gives a file's SHA-256; its error leaves that file as it was and is reported.
    /// - Returns: The plan, and the files that could not be read.
    static func make(
        files: [ScannedFile],
        records: [String: TrackedFile],
        rereadsAll: Bool,
        hash: (ScannedFile) throws(PolicyAssistantError) -> String
    ) -> (plan: SyncPlan, failed: [LeftOutFile]) {
        var plan = SyncPlan()
        var failed: [LeftOutFile] = []
        var gone = records
        for file in files {
            let record = gone.removeValue(forKey: file.path)
            if let record, !rereadsAll, record.bytes == file.stamp.bytes, record.modified == file.stamp.modified {
                plan.unchanged.append(record)
                continue
            }
            do {
                plan.place(Document(file: file, sha256: try hash(file)), over: record)
            } catch {
                failed.append(LeftOutFile(path: file.path, reason: error.message))
            }
        }
        plan.pairRenames(gone: gone.values.sorted { $0.path < $1.path })
        return (plan, failed)
    }

    private mutating func place(_ document: Document, over record: TrackedFile?) {
        guard let record else { return added.append(document) }
        let change = Change(document: document, previous: record)
        guard record.sha256 == document.sha256 else { return changed.append(change) }
        unchanged.append(record)
        if record.modified != document.file.stamp.modified { touched.append(change) }
    }

    /// An added document with the content of a removed record is that record, renamed, if the type is the same too.
    private mutating func pairRenames(gone: [TrackedFile]) {
        struct Identity: Hashable {
            let sha256: String
            let type: Substring?
            init(_ path: String, _ sha256: String) {
                self.sha256 = sha256
                type = path.split(separator: ".").last
            }
        }
        var candidates = Dictionary(grouping: gone) { Identity($0.path, $0.sha256) }
        var stillAdded: [Document] = []
        for document in added {
            let identity = Identity(document.file.path, document.sha256)
            if let previous = candidates[identity]?.first {
                candidates[identity]?.removeFirst()
                renamed.append(Change(document: document, previous: previous))
            } else {
                stillAdded.append(document)
            }
        }
        added = stillAdded
        removed = candidates.values.flatMap(\.self).sorted { $0.path < $1.path }
    }
}
