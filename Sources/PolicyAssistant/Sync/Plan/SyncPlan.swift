/// The differences between the assets folder and the records, which a sync removes.
struct SyncPlan: Equatable {
    struct Document: Hashable, Sendable {
        var file: ScannedDocument
        var sha256: String
    }

    struct Change: Hashable, Sendable {
        var document: Document
        var previous: IndexedDocument
    }

    /// Documents without a record.
    var added: [Document] = []
    /// Documents whose content is no longer the uploaded one, or whose upload is gone.
    var changed: [Change] = []
    /// Documents at a new path with the content of a record whose path is gone: nothing is uploaded.
    var renamed: [Change] = []
    /// Records whose documents are gone.
    var removed: [IndexedDocument] = []
    /// Records that stay in force: their document's content is the uploaded one, or cannot be taken now.
    var unchanged: [IndexedDocument] = []
    /// Documents among them that were written again with the same content: the record gets the new stamp.
    var touched: [Change] = []
    /// The rejections of documents that exist, by their paths, perhaps with new stamps.
    var rejected: [ExactPath: Rejection] = [:]

    /// Whether the corpus stays as it is.
    var isEmpty: Bool { added.isEmpty && changed.isEmpty && renamed.isEmpty && removed.isEmpty }

    /// The documents whose content has to be uploaded.
    var uploads: [Document] { added + changed.map(\.document) }

    /// How files are compared with their records.
    struct Comparison {
        /// Whether files are read also where their stamps are as recorded.
        var rereadsAll = false
        /// Documents to upload again, as their uploads are gone.
        var lost: Set<ExactPath> = []
        /// Documents that are being written, which are not taken.
        var beingWritten: Set<ExactPath> = []
        /// Documents that upstream could not read, which are not uploaded again.
        var rejections: [ExactPath: Rejection] = [:]

        /// The rejections by content and file type: upstream does not read the same bytes under another name either.
        fileprivate var byContent: [Content: Rejection] {
            Dictionary(rejections.map { (Content($0.text, $1.sha256), $1) }) { first, _ in first }
        }
    }

    /// The properties that decide how upstream reads a file.
    fileprivate struct Content: Hashable {
        let sha256: String
        let type: Substring?

        init(_ path: String, _ sha256: String) {
            self.sha256 = sha256
            type = path.split(separator: ".").last
        }
    }

    /// Compares the folder with the records.
    ///
    /// - Parameters:
    ///   - findings: The result of a scan.
    ///   - records: The records.
    ///   - comparison: How to compare.
    ///   - hash: Returns a file's SHA-256; a file for which it throws stays as recorded and is returned as failed.
    /// - Returns: The plan, and the documents that cannot be taken now.
    static func make(
        _ findings: AssetScanner.Findings,
        records: [IndexedDocument],
        _ comparison: Comparison = Comparison(),
        hash: (ScannedDocument) throws(PolicyAssistantError) -> String
    ) -> (plan: SyncPlan, failed: [LeftOutDocument]) {
        var plan = SyncPlan()
        var failed: [LeftOutDocument] = []
        var remaining = Dictionary(records.map { (ExactPath($0.path), $0) }) { $1 }
        let rejections = comparison.byContent
        for file in findings.files {
            let path = ExactPath(file.path)
            let record = remaining.removeValue(forKey: path)
            let isLost = comparison.lost.contains(path)
            if let record, !comparison.rereadsAll, !isLost, file.stamp.isCertainlyUnchanged(since: record.stamp) {
                plan.unchanged.append(record)
                continue
            }
            do throws(PolicyAssistantError) {
                guard !comparison.beingWritten.contains(path) else {
                    throw PolicyAssistantError(.fileUnreadable, OpenFile.beingWritten)
                }
                let known = comparison.rejections[path]
                if let known, !comparison.rereadsAll, known.isStamped(file.stamp) {
                    throw plan.reject(file, known)
                }
                let document = Document(file: file, sha256: try hash(file))
                let isInForce = record?.sha256 == document.sha256 && !isLost
                if !isInForce, let rejection = rejections[Content(file.path, document.sha256)] {
                    throw plan.reject(file, rejection.renewed(for: document))
                }
                plan.place(document, over: record, isLost: isLost)
            } catch {
                failed.append(LeftOutDocument(path: file.path, reason: error.message))
                if let record { plan.unchanged.append(record) }
            }
        }
        failed += plan.keepUnreadable(&remaining, findings.leftOut)
        plan.pairRenames(gone: remaining.values.sorted { ExactPath($0.path) < ExactPath($1.path) })
        return (plan, failed)
    }

    /// Keeps a rejection, and returns the error that says why the file is not taken.
    private mutating func reject(_ file: ScannedDocument, _ rejection: Rejection) -> PolicyAssistantError {
        rejected[ExactPath(file.path)] = rejection
        return PolicyAssistantError(.fileUnreadable, rejection.reason)
    }

    private mutating func place(_ document: Document, over record: IndexedDocument?, isLost: Bool) {
        guard let record else { return added.append(document) }
        let change = Change(document: document, previous: record)
        guard record.sha256 == document.sha256, !isLost else { return changed.append(change) }
        unchanged.append(record)
        if record.stamp != document.file.stamp.recorded { touched.append(change) }
    }

    /// Keeps the records of files that exist and cannot be taken now, or are in a folder that cannot be read.
    private mutating func keepUnreadable(
        _ remaining: inout [ExactPath: IndexedDocument],
        _ leftOut: [LeftOutDocument]
    ) -> [LeftOutDocument] {
        var failed: [LeftOutDocument] = []
        for document in leftOut {
            if let record = remaining.removeValue(forKey: ExactPath(document.path)) {
                unchanged.append(record)
                failed.append(document)
            }
            for (path, record) in remaining where path.text.utf8.starts(with: "\(document.path)/".utf8) {
                remaining[path] = nil
                unchanged.append(record)
            }
        }
        return failed
    }

    /// Counts an added document with the content and type of a removed record as that record, renamed.
    private mutating func pairRenames(gone: [IndexedDocument]) {
        var candidates = Dictionary(grouping: gone) { Content($0.path, $0.sha256) }
        var stillAdded: [Document] = []
        for document in added {
            let identity = Content(document.file.path, document.sha256)
            if let previous = candidates[identity]?.first {
                candidates[identity]?.removeFirst()
                renamed.append(Change(document: document, previous: previous))
            } else {
                stillAdded.append(document)
            }
        }
        added = stillAdded
        removed = candidates.values.flatMap(\.self).sorted { ExactPath($0.path) < ExactPath($1.path) }
    }
}

extension SyncPlan {
    /// The writes that renew the stamps of documents that were written again with the same content.
    var stampWrites: [FilesDatabase.Write] {
        touched.map { .updateDocument(path: $0.previous.path, fields: $0.document.file.stamp.recorded.times) }
    }
}

extension Rejection {
    /// Creates the rejection of an uploaded document that upstream cannot read.
    init(of document: SyncPlan.Document, because reason: String, _ settings: Settings) {
        let stamp = document.file.stamp.recorded
        self.init(
            sha256: document.sha256,
            reason: reason,
            upstream: settings.upstreamIdentity,
            upstreamProtocol: settings.upstreamProtocol,
            bytes: stamp.bytes,
            modified: stamp.modified,
            changed: stamp.changed,
            inode: stamp.inode
        )
    }

    /// The rejection with the stamp of a document of the same content, perhaps at another path.
    func renewed(for document: SyncPlan.Document) -> Rejection {
        let stamp = document.file.stamp.recorded
        var rejection = self
        rejection.bytes = stamp.bytes
        rejection.modified = stamp.modified
        rejection.changed = stamp.changed
        rejection.inode = stamp.inode
        return rejection
    }
}
