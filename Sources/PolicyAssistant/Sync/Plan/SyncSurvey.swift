/// Finds what a sync has to do; reads only, from the assets folder, Redis and upstream.
struct SyncSurvey: Sendable {
    let settings: Settings
    let options: SyncOptions
    let files: FilesDatabase
    let threads: ThreadsDatabase
    let index: VectorStoreIndex

    /// Finds the resources upstream that are this deployment's and on no record; nil where the options do not ask for it.
    func findAdoption() async throws -> Adoption? {
        guard options.adopts else { return nil }
        let fields = try await files.corpusFields()
        let uploads = try await files.uploads()
        let orphaned = try await files.orphanedResources().map(\.id)
        let recorded = try await files.documents().map(\.fileID) + files.trashedFiles() + files.trashedStores()
        let names = try await uploads.map(\.name) + uploads.compactMap(\.fileID) + files.lostUploadNames()
        let stores = [fields["vector_store_id"], fields["next_vector_store_id"]].compactMap(\.self)
        var begun: [String] = []
        if let tag = fields["next_vector_store_tag"] { begun = try await index.stores(tagged: tag) }
        let scanner = try AssetScanner(root: settings.assetsDirectory, readBy: settings.upstream)
        return try await AdoptionSearch(
            settings: settings,
            options: options,
            threads: threads,
            index: index,
            folder: scanner.folder,
            findings: try scanner.scan(),
            corpusFields: fields,
            known: Set(recorded + names + stores + begun + orphaned)
        ).find()
    }

    /// Compares the assets folder with the records, and with upstream where the options ask for a repair.
    ///
    /// The number of calls does not grow with the number of documents, except for a repair.
    ///
    /// - Parameter adoption: What counts as recorded although it is not, for a preview.
    /// - Returns: The state.
    /// - Throws: ``PolicyAssistantError``, `OpenAIError`.
    func gather(assuming adoption: Adoption? = nil) async throws -> SyncState {
        let scanner = try AssetScanner(root: settings.assetsDirectory, readBy: settings.upstream)
        let (folder, findings) = (scanner.folder, try scanner.scan())
        async let corpusFieldsRead = files.corpusFields()
        async let recordsRead = files.documents()
        async let uploadsRead = files.uploads()
        async let trashRead = files.trashedFiles()
        async let rejectionsRead = files.rejections()
        let corpusFields = try await corpusFieldsRead.merging(adoption?.corpusFields ?? [:]) { $1 }
        let records = try await recordsRead + (adoption?.records ?? [])
        let (uploads, trash) = try await (uploadsRead, trashRead + (adoption?.files.sorted() ?? []))
        let rejections = try await rejectionsRead
        let recorded = Corpus(fields: corpusFields)
        let isOtherUpstream = recorded.map { !$0.isAtUpstream(of: settings) } ?? false
        let corpus = isOtherUpstream ? nil : recorded
        var hasStore = false
        if let corpus { hasStore = try await index.hasStore(corpus.vectorStoreID) }
        var drift = Drift()
        if options.repairs, hasStore, let corpus {
            drift = try await Drift.find(
                in: index,
                of: corpus,
                records: records,
                known: Set(trash + uploads.compactMap(\.fileID))
            )
        }
        let (plan, failed) = SyncPlan.make(
            findings,
            records: hasStore ? records : [],
            .init(
                rereadsAll: options.rereadsAll || options.repairs,
                lost: Set(drift.lost.map { ExactPath($0.path) }),
                beingWritten: options.beingWritten,
                rejections: options.retriesFailed ? [:] : rejections.filter { $0.value.holds(in: settings) }
            )
        ) { file throws(PolicyAssistantError) in try folder.open(file).sha256() }
        return SyncState(
            corpusFields: corpusFields,
            corpus: corpus,
            store: hasStore ? corpus?.vectorStoreID : isOtherUpstream ? nil : corpusFields["next_vector_store_id"],
            isStoreLost: corpus != nil && !hasStore,
            formerCorpus: isOtherUpstream ? recorded : nil,
            records: records,
            uploads: uploads,
            trash: trash,
            rejections: rejections,
            folder: folder,
            findings: findings,
            plan: plan,
            failed: failed,
            drift: drift
        )
    }
}
