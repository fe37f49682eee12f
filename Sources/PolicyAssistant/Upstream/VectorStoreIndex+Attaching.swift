internal import OpenAI

/// The largest number of files that are attached with one call.
private let batchSize = 500

/// An uploaded file that is to be indexed.
struct FileToIndex: Sendable {
    let fileID: String
    let path: String
    let sha256: String
}

/// Adding uploaded files to a vector store.
extension VectorStoreIndex {
    /// How many files are attached, or their states requested, at the same time.
    static let concurrency = 8
    /// The pause between two polls of what is being indexed, where upstream names none.
    static let interval = Duration.milliseconds(250)
    /// How often a batch is polled that has fewer files than were sent: for ten seconds in all.
    private static let maximumPollsOfShortBatch = 40

    /// Attaches files from `revision` on and waits until each is indexed or has failed, or the deadline has passed.
    ///
    /// Files are attached in batches of 500, and one by one where upstream does not take them so, see ``UpstreamLimits``.
    ///
    /// - Parameters:
    ///   - files: The files.
    ///   - store: The vector store.
    ///   - revision: The first revision that they belong to.
    ///   - deadline: The longest wait for each batch, or for each file that is attached by itself.
    ///   - check: Is called before each change upstream, and prevents it by throwing.
    ///   - progress: Receives the number of files that are indexed or have failed.
    /// - Returns: The failures and warnings.
    /// - Throws: `OpenAIError`, and what `check` throws.
    func attach(
        _ files: [FileToIndex],
        to store: String,
        since revision: Int,
        deadline: Duration,
        check: @escaping @Sendable () throws -> Void,
        progress: @escaping @Sendable (_ settled: Int) -> Void
    ) async throws -> IndexingOutcome {
        var outcome = IndexingOutcome()
        for start in stride(from: 0, to: files.count, by: batchSize) {
            let part = files[start..<min(start + batchSize, files.count)].map {
                BatchFile($0.fileID, attributes: scheme.attributes(path: $0.path, sha256: $0.sha256, since: revision))
            }
            try check()
            var single = part
            if !limits.attachesSingly {
                let attached = try await attachTogether(part, to: store, deadline: deadline) { progress(start + $0) }
                outcome.merge(attached.outcome)
                single = attached.notTaken
            }
            let settled = start + part.count - single.count
            outcome.merge(
                try await attachSingly(single, to: store, deadline: deadline, check: check) { progress(settled + $0) }
            )
            progress(start + part.count)
        }
        return outcome
    }

    /// Attaches files with one call, and cancels the batch at the deadline.
    ///
    /// - Returns: The outcome, and the files that upstream has ignored or whose attributes it has lost.
    private func attachTogether(
        _ files: [BatchFile],
        to store: String,
        deadline: Duration,
        progress: @Sendable (_ settled: Int) -> Void
    ) async throws -> (outcome: IndexingOutcome, notTaken: [BatchFile]) {
        let batch: FileBatch
        do throws(OpenAIError) {
            batch = try await patient.vectorStores.createBatch(of: files, in: store)
        } catch {
            guard error.refusesBatches else { throw error }
            limits.record(.batches)
            return (IndexingOutcome(), files)
        }
        let (settled, isLate) = try await wait(for: batch, of: files.count, in: store, deadline, progress)
        if settled.fileCounts.completed >= files.count {
            let notTaken = try await losesAttributes(of: files[0], in: store) ? files : []
            return (IndexingOutcome(warnings: try await warnings(of: settled, in: store)), notTaken)
        }
        let states = try await files.mapConcurrently(limit: Self.concurrency) { file in
            (file, try await state(of: file.fileID, in: store))
        }
        var notTaken: [BatchFile] = []
        if settled.fileCounts.total < files.count {
            notTaken = states.filter { $0.1 == nil }.map(\.0)
            if !notTaken.isEmpty { limits.record(.batchAttributes) }
        }
        if let taken = states.first(where: { $0.1?.status == .completed })?.0,
            try await losesAttributes(of: taken, in: store)
        {
            notTaken += states.filter { $0.1?.status == .completed }.map(\.0)
        }
        let passedOver = Set(notTaken.map(\.fileID))
        let failed = states.filter { $0.1?.status != .completed && !passedOver.contains($0.0.fileID) }
        let failures = failed.map { ($0.0.fileID, IndexingFailure($0.1, isLate: isLate)) }
        let warnings = try await warnings(of: settled, in: store)
        return (IndexingOutcome(failures: Dictionary(uniqueKeysWithValues: failures), warnings: warnings), notTaken)
    }

    /// The warnings of a batch's files, by their IDs.
    private func warnings(of batch: FileBatch, in store: String) async throws -> [String: [String]] {
        let warned = try await batch.warnedFiles.mapConcurrently(limit: Self.concurrency) { file in
            (file, try await state(of: file, in: store)?.warnings ?? [])
        }
        return Dictionary(warned) { first, _ in first }
    }

    /// Waits for a batch, at most ten seconds for one that has fewer files than were sent.
    private func wait(
        for batch: FileBatch,
        of count: Int,
        in store: String,
        _ deadline: Duration,
        _ progress: @Sendable (_ settled: Int) -> Void
    ) async throws -> (FileBatch, isLate: Bool) {
        var polls = 0
        do throws(OpenAIError) {
            let settled = try await openAI.vectorStores.waitForBatch(
                batch.id,
                in: store,
                timeout: deadline,
                interval: Self.interval,
                until: { batch in
                    polls += 1
                    return batch.isSettled || (batch.fileCounts.total < count && polls >= Self.maximumPollsOfShortBatch)
                },
                progress: { progress($0.total - $0.inProgress) }
            )
            return (settled, false)
        } catch {
            guard error.code == .deadlinePassed else { throw error }
            // A file that is indexed all the same is deleted with the files that failed.
            _ = try? await openAI.vectorStores.cancelBatch(batch.id, in: store)
            return (try await openAI.vectorStores.batch(batch.id, in: store), true)
        }
    }

    /// Whether a file of a batch has lost its attributes, which hold its revisions; requested once for each process.
    private func losesAttributes(of file: BatchFile, in store: String) async throws -> Bool {
        guard scheme == .attributes, !limits.isKnown else {
            limits.record()
            return false
        }
        let state = try await state(of: file.fileID, in: store)
        let isKept = state.map { $0.keeps(file.attributes) } ?? true
        limits.record(isKept ? nil : .batchAttributes)
        return !isKept
    }

    /// The state of a file; nil where the vector store does not have it.
    func state(of file: String, in store: String) async throws(OpenAIError) -> VectorStoreFile? {
        try await ifKnown { () throws(OpenAIError) in try await openAI.vectorStores.file(file, in: store) }
    }
}

extension OpenAIError {
    /// Whether the refusal of a new batch means that the server has no batches, or none of this form.
    fileprivate var refusesBatches: Bool {
        switch status {
        case 404: code == .malformedAnswer
        case 405, 501: true
        case 400, 422: param.map { ["files", "file_ids"].contains($0) } ?? (status == 422)
        default: false
        }
    }
}
