internal import GRDB
internal import HTTPConnections
internal import Hummingbird
internal import Logging
internal import SystemPackage

/// The engine's parts, joined.
struct EngineDependencies: Sendable {
    let files: FileRepository
    let stores: VectorStoreRepository
    let storeFiles: VectorStoreFileRepository
    let batches: FileBatchRepository
    let conversations: ConversationRepository
    let archive: ResponseRepository
    let lifecycle: ResponseLifecycle
    let assistants: AssistantRepository
    let threads: ThreadRepository
    let runs: RunRepository
    let runDesk: RunLifecycle
    let runWorker: RunWorker
    let reader: FileReader
    let indexer: Indexer
    let erasure: Erasure
    let housekeeping: Housekeeping
    let meanings: MeaningIndex?
    let meaningIndexer: MeaningIndexer?
    let models: [String]
    let apiKey: String?
    private let answering: FairScheduler

    /// Opens the database and the folder beside it.
    static func open(
        _ configuration: LocalEngine.Configuration,
        seams: EngineTestHooks,
        logger: Logger
    ) async throws -> EngineDependencies {
        let pool = try await EngineDatabase.open(at: configuration.databasePath)
        let folder = FilePath(configuration.databasePath).removingLastComponent().appending("engine-files")
        let files = FileRepository(pool: pool, folder: try FileFolder(at: folder), clock: seams.clock)
        try await files.sweep()
        let meanings = try configuration.encoderDirectory.map { MeaningIndex(encoder: try PassageEncoder(folder: $0)) }
        return EngineDependencies(
            pool: pool,
            files: files,
            meanings: meanings,
            configuration,
            seams: seams,
            logger: logger
        )
    }

    private init(
        pool: DatabasePool,
        files: FileRepository,
        meanings: MeaningIndex?,
        _ configuration: LocalEngine.Configuration,
        seams: EngineTestHooks,
        logger: Logger
    ) {
        let clock = seams.clock
        let signal = IndexSignal()
        let locks = ConversationLocks(holder: seams.holder, clock: clock)
        self.files = files
        self.meanings = meanings
        meaningIndexer = meanings.map { MeaningIndexer(meanings: $0, pool: pool, logger: logger) }
        stores = VectorStoreRepository(pool: pool, clock: clock, indexing: signal)
        storeFiles = VectorStoreFileRepository(pool: pool, clock: clock, indexing: signal)
        batches = FileBatchRepository(pool: pool, clock: clock, indexing: signal)
        conversations = ConversationRepository(pool: pool, clock: clock, locks: locks)
        archive = ResponseRepository(pool: pool, clock: clock)
        let answering = FairScheduler.forAnswers()
        lifecycle = ResponseLifecycle(
            pool: pool,
            clock: clock,
            locks: locks,
            answering: answering,
            meanings: meanings,
            beforeAnswering: seams.beforeAnswering
        )
        let runLocks = RunLocks(clock: clock)
        assistants = AssistantRepository(pool: pool, clock: clock, indexing: signal)
        threads = ThreadRepository(pool: pool, clock: clock, indexing: signal, locks: runLocks)
        runs = RunRepository(pool: pool, clock: clock, locks: runLocks)
        runDesk = RunLifecycle(
            pool: pool,
            clock: clock,
            locks: runLocks,
            holder: seams.holder,
            indexing: signal,
            answering: answering,
            meanings: meanings
        )
        runWorker = RunWorker(lifecycle: runDesk, beforeAnswering: seams.beforeAnswering, logger: logger)
        reader = FileReader(files: files, extract: seams.extract ?? configuration.extract)
        indexer = Indexer(
            queue: IndexQueue(pool: pool, holder: seams.holder, clock: clock, meanings: meanings),
            signal: signal,
            reader: reader,
            parallelism: configuration.maximumExtractions,
            logger: logger
        )
        erasure = Erasure(path: pool.path)
        housekeeping = Housekeeping(
            files: files,
            responses: archive,
            runs: runs,
            erasure: erasure,
            indexing: signal,
            interval: seams.housekeepingInterval,
            logger: logger
        )
        models = configuration.models
        apiKey = configuration.apiKey
        self.answering = answering
    }

    /// Closes the database, once nothing uses it any more.
    func close() {
        // What it cannot close, it gives up with the last reference to it.
        try? files.pool.close()
    }

    /// The API.
    ///
    /// - Parameter hosts: The hosts under whose names it is served; nil for any.
    /// - Returns: The routes, behind what all of them need.
    func router(servedAs hosts: AllowedHosts?) -> Router<EngineContext> {
        let router = Router(context: EngineContext.self)
        router.addMiddleware {
            RequestIDMiddleware()
            ErrorMiddleware()
        }
        if let hosts { router.addMiddleware { AllowedHostsMiddleware(hosts: hosts) } }
        router.addMiddleware {
            AuthorizationMiddleware(apiKey: apiKey)
            ExpectationMiddleware()
            ErasureMiddleware(erasure: erasure)
        }
        var book = RouteBuilder(router)
        FileRoutes(files: files).add(to: &book)
        VectorStoreRoutes(stores: stores).add(to: &book)
        VectorStoreFileRoutes(files: storeFiles, reader: reader).add(to: &book)
        FileBatchRoutes(batches: batches).add(to: &book)
        SearchRoutes(pool: files.pool, clock: files.clock, answering: answering, meanings: meanings).add(to: &book)
        ConversationRoutes(conversations: conversations).add(to: &book)
        ResponseRoutes(lifecycle: lifecycle, archive: archive).add(to: &book)
        AssistantRoutes(assistants: assistants).add(to: &book)
        ThreadRoutes(threads: threads).add(to: &book)
        RunRoutes(threads: threads, runs: runs, lifecycle: runDesk, worker: runWorker).add(to: &book)
        ModelRoutes(models: models).add(to: &book)
        book.refuseOtherMethods()
        return router
    }
}
