/// What a sync has to do, found by holding the assets folder against the documents on record.
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
    /// Documents whose content is no longer what was uploaded, or whose upload is gone.
    var changed: [Change] = []
    /// Documents that stand at a new path with the content of a record whose path is gone: nothing is uploaded.
    var renamed: [Change] = []
    /// Records whose documents are gone.
    var removed: [IndexedDocument] = []
    /// Documents whose content stands as uploaded, or cannot be taken now so that the earlier one stays in force.
    var unchanged: [IndexedDocument] = []
    /// The ones among them that were written again with the same content: their record's stamp is renewed.
    var touched: [Change] = []
    /// What upstream could not read when it was uploaded, by the paths where it stands, perhaps with new stamps.
    var rejected: [ExactPath: Rejection] = [:]

    /// Whether the corpus stays as it is.
    var isEmpty: Bool { added.isEmpty && changed.isEmpty && renamed.isEmpty && removed.isEmpty }

    /// The documents whose content has to be uploaded.
    var uploads: [Document] { added + changed.map(\.document) }

    /// How files are compared with their records.
    struct Comparison {
        /// Whether files are read even where their stamps stand as recorded.
        var rereadsAll = false
        /// Documents to upload in any case, as their uploads are gone.
        var lost: Set<ExactPath> = []
        /// Documents that are being written, and so are not taken.
        var beingWritten: Set<ExactPath> = []
        /// What upstream could not read, and so is not uploaded again.
        var rejections: [ExactPath: Rejection] = [:]

        /// The rejections by content and file type: the same bytes under another name are not read either.
        fileprivate var byContent: [Content: Rejection] {
            Dictionary(rejections.map { (Content($0.text, $1.sha256), $1) }) { first, _ in first }
        }
    }

    /// What decides how upstream reads a file.
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
    ///   - findings: What a scan found.
    ///   - records: What is tracked.
    ///   - comparison: How to compare.
    ///   - hash: Gives a file's SHA-256; its error leaves that file as it was and is reported.
    /// - Returns: The plan, and the documents that cannot be taken now.
    static func make(
        _ findings: AssetScanner.Findings,
        records: [IndexedDocument],
        _ comparison: Comparison = Comparison(),
        hash: (ScannedDocument) throws(PolicyAssistantError) -> String
    ) -> (plan: SyncPlan, failed: [LeftOutDocument]) {
        var plan = SyncPlan()
        var failed: [LeftOutDocument] = []
        var gone = Dictionary(records.map { (ExactPath($0.path), $0) }) { $1 }
        let rejections = comparison.byContent
        for file in findings.files {
            let path = ExactPath(file.path)
            let record = gone.removeValue(forKey: path)
            let isLost = comparison.lost.contains(path)
            if let record, !comparison.rereadsAll, !isLost, file.stamp.isProof(of: record.stamp) {
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
        failed += plan.keepObscured(&gone, findings.leftOut)
        plan.pairRenames(gone: gone.values.sorted { ExactPath($0.path) < ExactPath($1.path) })
        return (plan, failed)
    }

    /// Keeps a rejection, and says why the file is not taken.
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

    /// Keeps the records of files that are there and cannot be taken now, or lie in a folder that cannot be read.
    private mutating func keepObscured(
        _ gone: inout [ExactPath: IndexedDocument],
        _ leftOut: [LeftOutDocument]
    ) -> [LeftOutDocument] {
        var failed: [LeftOutDocument] = []
        for obstacle in leftOut {
            if let record = gone.removeValue(forKey: ExactPath(obstacle.path)) {
                unchanged.append(record)
                failed.append(obstacle)
            }
            for (path, record) in gone where path.text.utf8.starts(with: "\(obstacle.path)/".utf8) {
                gone[path] = nil
                unchanged.append(record)
            }
        }
        return failed
    }

    /// An added document with the content of a removed record is that record, renamed, if the type is the same too.
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
