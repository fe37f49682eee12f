internal import Logging

/// One run of a sync: the order of its phases, each of which is a type of its own.
struct SyncRun: Sendable {
    let sync: Sync
    let options: SyncOptions
    let progress: @Sendable (SyncProgress) -> Void

    /// Plans, and changes nothing.
    func preview() async throws -> SyncReceipt {
        let adoption = try await survey.findAdoption()
        let state = try await survey.gather(assuming: adoption)
        return try plan(state, adoption, isDryRun: true)
    }

    /// Runs all phases under the sync's lock.
    func run(holding lease: Lease) async throws -> SyncReceipt {
        let context = context(lease)
        let unlisted = options.repairs ? try await sync.files.rebuildIndex(holding: lease) : 0
        let adoption = try await survey.findAdoption()
        try await context.write(adoption?.writes ?? [])
        let state = try await survey.gather()
        var receipt = try plan(state, adoption, isDryRun: false)
        if unlisted > 0 { receipt.repaired.append("\(unlisted) records were not listed in Redis") }

        let settled = try await UploadSettlement(context: context, state: state).run()
        try await DriftRepair(context: context, state: state).run()
        let instructions = try instructions()
        let instructionsSHA256 = ContentHash.of(instructions)
        let assistant = try await prepareAssistant(state, instructions, context)
        receipt.assistantChanges = assistant?.changes ?? []

        if state.isSettled, let corpus = state.corpus {
            try await RecordUpdate(context: context, state: state)
                .run(corpus, assistant, instructionsSHA256: receipt.instructionsChanged ? instructionsSHA256 : nil)
        } else {
            let store = try await StorePreparation(context: context, state: state).run()
            let uploaded = try await DocumentUpload(context: context, state: state).run(keeping: settled)
            receipt.fail(uploaded.failures)
            let indexed = try await DocumentIndexing(context: context, state: state, store: store).run(uploaded.uploads)
            receipt.fail(indexed.failures)
            receipt.warnings = indexed.warnings
            let change = RevisionChange(
                state: state,
                uploads: indexed.uploads,
                store: store,
                assistant: assistant,
                settings: sync.settings
            )
            let revision = try await Switchover(context: context, change: change)
                .run(instructionsSHA256: instructionsSHA256)
            receipt.revision = revision ?? receipt.revision
            try await recordLimits(context)
        }
        try await context.write(state.rejectionWrites(failed: receipt.failed))
        return try await finish(receipt, state, context)
    }

    /// Runs the phases after the switch, those that a killed run has not reached among them.
    private func finish(
        _ receipt: SyncReceipt,
        _ state: SyncState,
        _ context: SyncContext
    ) async throws -> SyncReceipt {
        var receipt = receipt
        let fields = try await sync.files.corpusFields()
        guard let corpus = Corpus(fields: fields) else { return receipt }
        let isFlushed = fields["flushed_revision"] == String(corpus.revision)
        if !isFlushed { try await sync.threads.requireRevision(corpus.revision) }

        let cleanup = TrashCleanup(context: context, store: corpus.vectorStoreID)
        try await cleanup.collectLostUploads()
        let (files, stores) = try await (sync.files.trashedFiles(), sync.files.trashedStores())
        // Turns that began under an older revision still search its files and write to its threads.
        if !isFlushed || !files.isEmpty || !stores.isEmpty { try await awaitTurns() }

        let flushed = try await sync.threadFlush(options.concurrency, progress)
            .run(olderThan: isFlushed ? 0 : corpus.revision)
        receipt.threadsFlushed = flushed.threadsFlushed
        receipt.threadsNotFlushed = flushed.threadsNotFlushed
        if !isFlushed { try await context.write([.setCorpus(fields: ["flushed_revision": String(corpus.revision)])]) }

        if sync.index.limits.attachesSingly { try await cleanup.detach(files) }
        if fields["proved_revision"] != String(corpus.revision) {
            receipt.checks = try await Verification(context: context, state: state, corpus: corpus).run()
        }
        try await cleanup.delete(stores: stores)
        receipt.filesDeleted = try await cleanup.delete(files: files)
        receipt.filesNotDeleted = files.count - receipt.filesDeleted
        let previous = PreviousCleanup(
            context: context,
            deletion: sync.threadDeletion,
            formerUpstream: sync.formerUpstream
        )
        (receipt.leftBehind, receipt.leftBehindDeleted) = try await previous.run()
        return receipt
    }
}

extension SyncRun {
    private var survey: SyncSurvey {
        SyncSurvey(
            settings: sync.settings,
            options: options,
            files: sync.files,
            threads: sync.threads,
            index: sync.index
        )
    }

    private func context(_ lease: Lease) -> SyncContext {
        SyncContext(
            settings: sync.settings,
            options: options,
            files: sync.files,
            threads: sync.threads,
            index: sync.index,
            lease: lease,
            progress: progress,
            logger: sync.logger
        )
    }

    /// Refuses what is most likely not meant, and returns the receipt of the plan.
    private func plan(_ state: SyncState, _ adoption: Adoption?, isDryRun: Bool) throws -> SyncReceipt {
        progress(.scanned(documents: state.findings.files.count, leftOut: state.findings.leftOut.count))
        try state.refuse(options)
        var receipt = state.receipt(isDryRun: isDryRun)
        adoption?.note(in: &receipt)
        if let corpus = state.corpus {
            receipt.instructionsChanged = ContentHash.of(try instructions()) != corpus.instructionsSHA256
        }
        return receipt
    }

    private func instructions() throws -> String {
        try Instructions(path: sync.settings.instructionsFile).text()
    }

    /// Prepares the assistant, in the protocol that has one.
    ///
    /// Runs name their own model and instructions, so that no answer depends on what changes here.
    private func prepareAssistant(
        _ state: SyncState,
        _ instructions: String,
        _ context: SyncContext
    ) async throws -> SyncedAssistant? {
        try context.check()
        return try await sync.assistant?.run(
            .init(id: state.corpus?.assistantID, tag: state.corpusFields["next_assistant_tag"]),
            instructions: instructions
        ) { tag in
            try await context.write([.setCorpus(fields: ["next_assistant_tag": tag])])
        }
    }

    /// Logs what the upstream lacks, once, and records it for `doctor`.
    private func recordLimits(_ context: SyncContext) async throws {
        guard let found = sync.index.limits.found else { return }
        let names = found.map(\.rawValue).sorted().joined(separator: " ")
        guard try await sync.files.corpusFields()[UpstreamLimits.field] ?? "" != names else { return }
        for limit in found { sync.logger.notice("upstream \(limit)") }
        try await context.write([
            names.isEmpty
                ? .unsetCorpus(field: UpstreamLimits.field) : .setCorpus(fields: [UpstreamLimits.field: names])
        ])
    }

    /// Waits until the turns that run now have ended; the lock of a turn whose server has died expires.
    private func awaitTurns() async throws {
        var turns = try await sync.threads.runningTurns()
        while !turns.isEmpty {
            try await Task.sleep(for: .milliseconds(50))
            turns = try await sync.threads.stillRunning(of: turns)
        }
    }
}
