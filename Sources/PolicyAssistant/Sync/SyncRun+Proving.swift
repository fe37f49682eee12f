/// The sync checks itself: what it has brought into force is found, and what it has replaced is not.
extension SyncRun {
    /// The most documents checked of those that are new, unless all are asked for; of more, some are drawn evenly.
    ///
    /// A search may cost money and time, and a first sync finds every document new. A replaced one is always checked.
    static let usualProofsOfNew = 200

    func prove(_ corpus: Corpus, _ state: SyncState, _ receipt: inout SyncReceipt, holding lease: Lease) async throws {
        let records = try await sync.files.documents()
        let subjects = subjects(among: records.filter { $0.revision == corpus.revision }, state)
        let chosen = options.provesAll ? subjects : Self.sample(subjects)
        let proof = Verification(
            index: sync.index,
            corpus: corpus,
            documents: CorpusDocuments(records),
            formerStore: state.corpus?.vectorStoreID ?? corpus.vectorStoreID,
            folder: state.folder
        )
        let counter = ProgressCounter(.checking, of: chosen.count, progress)
        let verdicts = try await chosen.mapConcurrently(limit: options.concurrency) { subject in
            defer { counter.advance() }
            return try await proof.verdict(on: subject)
        }
        for (subject, verdict) in zip(chosen, verdicts) {
            switch verdict {
            case .passed: receipt.checks.passed += 1
            case .failed(let reason): receipt.checks.failed.append(.init(path: subject.file.path, reason: reason))
            case .skipped(let reason): receipt.checks.skipped.append(.init(path: subject.file.path, reason: reason))
            }
        }
        receipt.checks.unchecked = subjects.count - chosen.count
        guard receipt.checks.failed.isEmpty else { return }
        try await sync.files.write([.setCorpus(fields: ["proved_revision": String(corpus.revision)])], holding: lease)
    }

    private func subjects(among records: [IndexedDocument], _ state: SyncState) -> [Verification.Subject] {
        let changes = state.plan.changed.map { (ExactPath($0.document.file.path), $0.previous) }
        let previous = Dictionary(changes) { first, _ in first }
        let documents = Dictionary(state.findings.files.map { (ExactPath($0.path), $0) }) { first, _ in first }
        let subjects = records.map { record in
            let old = previous[ExactPath(record.path)]
            return Verification.Subject(
                file: record,
                document: documents[ExactPath(record.path)],
                previous: old?.fileID == record.fileID ? nil : old
            )
        }
        return subjects.filter { $0.previous != nil } + subjects.filter { $0.previous == nil }
    }

    private static func sample(_ subjects: [Verification.Subject]) -> [Verification.Subject] {
        let replaced = subjects.prefix { $0.previous != nil }
        let new = subjects.dropFirst(replaced.count)
        guard new.count > usualProofsOfNew else { return subjects }
        return replaced + (0..<usualProofsOfNew).map { new[new.startIndex + $0 * new.count / usualProofsOfNew] }
    }
}
