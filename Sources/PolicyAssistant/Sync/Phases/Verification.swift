/// Verifies the new revision: its new text is found, and the text that it replaced is not.
struct Verification: Sendable {
    let context: SyncContext
    let state: SyncState
    /// The corpus in force.
    let corpus: Corpus

    /// The most new documents that are verified unless the options ask for all; of more, evenly spaced ones are.
    ///
    /// A search may cost money and time, and to a first sync every document is new. A replaced one is always verified.
    static let usualSample = 200

    /// Verifies the documents that are new in the revision, and records the revision as verified unless one failed.
    ///
    /// - Returns: The outcome for each document.
    func run() async throws -> SyncReceipt.Checks {
        let records = try await context.files.documents()
        let subjects = subjects(among: records.filter { $0.revision == corpus.revision })
        let chosen = context.options.verifiesAll ? subjects : Self.sample(subjects)
        let verification = DocumentVerification(
            index: context.index,
            corpus: corpus,
            documents: CorpusDocuments(records),
            formerStore: state.corpus?.vectorStoreID ?? corpus.vectorStoreID,
            folder: state.folder
        )
        let counter = ProgressCounter(.checking, of: chosen.count, context.progress)
        let outcomes = try await chosen.mapConcurrently(limit: context.options.concurrency) { subject in
            defer { counter.advance() }
            return try await verification.verify(subject)
        }
        var checks = SyncReceipt.Checks()
        for (subject, outcome) in zip(chosen, outcomes) {
            switch outcome {
            case .passed: checks.passed += 1
            case .failed(let reason): checks.failed.append(.init(path: subject.record.path, reason: reason))
            case .skipped(let reason): checks.skipped.append(.init(path: subject.record.path, reason: reason))
            }
        }
        checks.unchecked = subjects.count - chosen.count
        if checks.failed.isEmpty {
            try await context.write([.setCorpus(fields: ["proved_revision": String(corpus.revision)])])
        }
        return checks
    }

    /// The documents to verify, replaced ones first.
    private func subjects(among records: [IndexedDocument]) -> [DocumentVerification.Subject] {
        let changes = state.plan.changed.map { (ExactPath($0.document.file.path), $0.previous) }
        let previous = Dictionary(changes) { first, _ in first }
        let documents = Dictionary(state.findings.files.map { (ExactPath($0.path), $0) }) { first, _ in first }
        let subjects = records.map { record in
            let old = previous[ExactPath(record.path)]
            return DocumentVerification.Subject(
                record: record,
                document: documents[ExactPath(record.path)],
                previous: old?.fileID == record.fileID ? nil : old
            )
        }
        return subjects.filter { $0.previous != nil } + subjects.filter { $0.previous == nil }
    }

    private static func sample(_ subjects: [DocumentVerification.Subject]) -> [DocumentVerification.Subject] {
        let replaced = subjects.prefix { $0.previous != nil }
        let new = subjects.dropFirst(replaced.count)
        guard new.count > usualSample else { return subjects }
        return replaced + (0..<usualSample).map { new[new.startIndex + $0 * new.count / usualSample] }
    }
}
