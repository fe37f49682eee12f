internal import OpenAI

/// The largest number of files that are attached with one call.
private let batchSize = 500

/// An uploaded file that is to be searched.
struct IndexedFile: Sendable {
    let fileID: String
    let path: String
    let sha256: String
}

/// Why a file was not indexed.
struct IndexingFailure: Sendable {
    /// In words that tell what to do.
    let reason: String
    /// Whether the file's content is the reason, so that the same content would fail again.
    let isOfContent: Bool
}

/// What came of the indexing of files.
struct IndexingOutcome: Sendable {
    /// Why the files that failed did so, by their IDs.
    var failures: [String: IndexingFailure] = [:]
    /// What a person should know of how the others were read, by their IDs.
    var warnings: [String: [String]] = [:]

    /// Adds what came of other files.
    mutating func merge(_ other: IndexingOutcome) {
        failures.merge(other.failures) { $1 }
        warnings.merge(other.warnings) { $1 }
    }
}

/// Putting uploaded files into the store.
extension DocumentIndex {
    /// How many files are asked after, or attached, at the same time.
    static var concurrency: Int { 8 }
    /// The pause between two looks at what is being indexed, where upstream does not say.
    static var interval: Duration { .milliseconds(250) }
    /// How often a batch is looked at that has fewer files than it was made of: ten seconds in all.
    private static var mostLooksAtShortBatch: Int { 40 }

    /// Attaches files from `revision` on and waits until each is indexed or has failed, or time is up.
    ///
    /// Files are attached together, and one by one what an upstream does not take so, see ``UpstreamLimits``.
    ///
    /// - Parameters:
    ///   - files: The files.
    ///   - store: The store.
    ///   - revision: The first revision that they take part in.
    ///   - deadline: The longest to wait for each 500 of them, or for each that is attached by itself.
    ///   - check: Is called before each change upstream, and keeps it from being made by throwing.
    ///   - progress: Is told how many are settled.
    /// - Returns: What came of it.
    /// - Throws: `OpenAIError`, and what `check` throws.
    func attach(
        _ files: [IndexedFile],
        to store: String,
        since revision: Int,
        deadline: Duration,
        check: @escaping @Sendable () throws -> Void,
        progress: @escaping @Sendable (_ settled: Int) -> Void
    ) async throws -> IndexingOutcome {
        var outcome = IndexingOutcome()
        for start in stride(from: 0, to: files.count, by: batchSize) {
            let part = files[start..<min(start + batchSize, files.count)].map {
                BatchFile($0.fileID, attributes: attributes($0.path, $0.sha256, since: revision, until: nil))
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

    /// Attaches files with one call; what is not done by the deadline is given up.
    ///
    /// - Returns: What came of the files, and those that upstream has passed over.
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
            limits.note(.batches)
            return (IndexingOutcome(), files)
        }
        let (settled, isLate) = try await settle(batch, of: files.count, in: store, deadline, progress)
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
            if !notTaken.isEmpty { limits.note(.batchAttributes) }
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

    /// What a person should know of how the files of a batch were read, by their IDs.
    private func warnings(of batch: FileBatch, in store: String) async throws -> [String: [String]] {
        let warned = try await batch.warnedFiles.mapConcurrently(limit: Self.concurrency) { file in
            (file, try await state(of: file, in: store)?.warnings ?? [])
        }
        return Dictionary(warned) { first, _ in first }
    }

    /// Waits for a batch, but not for long for one that has fewer files than it was made of.
    private func settle(
        _ batch: FileBatch,
        of count: Int,
        in store: String,
        _ deadline: Duration,
        _ progress: @Sendable (_ settled: Int) -> Void
    ) async throws -> (FileBatch, isLate: Bool) {
        var looks = 0
        do throws(OpenAIError) {
            let settled = try await openAI.vectorStores.waitForBatch(
                batch.id,
                in: store,
                timeout: deadline,
                interval: Self.interval,
                until: { batch in
                    looks += 1
                    return batch.isSettled || (batch.fileCounts.total < count && looks >= Self.mostLooksAtShortBatch)
                },
                progress: { progress($0.total - $0.inProgress) }
            )
            return (settled, false)
        } catch {
            guard error.code == .deadlinePassed else { throw error }
            // What goes on being indexed after all is deleted with the files that failed.
            _ = try? await openAI.vectorStores.cancelBatch(batch.id, in: store)
            return (try await openAI.vectorStores.batch(batch.id, in: store), true)
        }
    }

    /// Whether a file that was attached with others has lost its attributes, by which revisions are told apart in a
    /// shared store; looked at once.
    private func losesAttributes(of file: BatchFile, in store: String) async throws -> Bool {
        guard sharesStore, !limits.isKnown else {
            limits.note()
            return false
        }
        let state = try await state(of: file.fileID, in: store)
        let isKept = state.map { $0.keeps(file.attributes) } ?? true
        limits.note(isKept ? nil : .batchAttributes)
        return !isKept
    }

    /// How far a file is; nil where the store does not have it.
    func state(of file: String, in store: String) async throws -> VectorStoreFile? {
        do {
            return try await openAI.vectorStores.file(file, in: store)
        } catch  where error.code == .notFound {
            return nil
        }
    }
}

extension IndexingFailure {
    /// The most characters that are taken over of what upstream says.
    private static let longestMessage = 300

    /// Tells why a file is not indexed.
    ///
    /// - Parameters:
    ///   - file: What the store knows of it; nil where it knows nothing.
    ///   - isLate: Whether the time to index it is over.
    init(_ file: VectorStoreFile?, isLate: Bool) {
        guard let file, file.status == .failed else {
            let reason = isLate ? "it was not indexed in time" : "upstream did not index it"
            self.init(reason: "\(reason); try again later", isOfContent: false)
            return
        }
        let (reason, isOfContent) =
            switch file.lastError?.code {
            case .unsupportedFile: ("its content is not what its file type says, or the type is not supported", true)
            case .invalidFile: ("no text could be read from it: it is damaged, encrypted or has no text", true)
            default: ("it could not be indexed; try again later", false)
            }
        let message = (file.lastError?.message ?? "").onOneLine(upTo: Self.longestMessage)
        // What upstream says of the content is more than the guess that its code allows.
        let known = isOfContent ? "it cannot be read" : reason
        self.init(reason: message.isEmpty ? reason : "\(known) (upstream: \(message))", isOfContent: isOfContent)
    }
}

extension OpenAIError {
    /// Whether an answer to the making of a batch says that the server has no batches, or not of this form.
    fileprivate var refusesBatches: Bool {
        switch status {
        case 404: code == .malformedAnswer
        case 405, 501: true
        case 400, 422: param.map { ["files", "file_ids"].contains($0) } ?? (status == 422)
        default: false
        }
    }
}
