internal import GRDB
internal import HTTPConnections
internal import Hummingbird
internal import Logging
internal import ServiceLifecycle
internal import SystemPackage

/// What tests replace in an engine.
struct EngineTestHooks: Sendable {
    var clock = WallClock.system
    /// The engine's identity to other engines on its database.
    var holder = LeaseHolder.make()
    /// Reads the text of a file; nil to read it as the configuration says.
    var extract: FileReader.Extract?
    /// Called before each answer is computed.
    var beforeAnswering: @Sendable () async throws -> Void = {}
    /// The time between two rounds of housekeeping.
    var housekeepingInterval = Duration.seconds(1)
    /// The number of passages of a file that are encoded before it can be searched.
    var passagesEncodedFirst = Indexer.passagesEncodedFirst
}

/// The parts of an engine, connected with each other.
struct EngineDependencies: Sendable {
    private let pool: DatabasePool
    private let files: FileRepository
    private let stores: VectorStoreRepository
    private let storeFiles: VectorStoreFileRepository
    private let batches: FileBatchRepository
    private let passages: PassageRepository
    private let conversations: ConversationRepository
    private let responses: ResponseRepository
    private let responseLifecycle: ResponseLifecycle
    private let assistants: AssistantRepository
    private let threads: ThreadRepository
    private let runs: RunRepository
    private let runLifecycle: RunLifecycle
    private let runWorker: RunWorker
    private let reader: FileReader
    private let indexer: Indexer
    private let meaningIndexer: MeaningIndexer?
    private let erasure: Erasure
    private let housekeeping: Housekeeping
    private let answering: FairScheduler
    private let models: [String]
    private let apiKey: String?

    /// Opens the database and the folder beside it.
    ///
    /// - Throws: `LocalEngineError`, `DatabaseError`.
    static func open(
        _ configuration: LocalEngine.Configuration,
        hooks: EngineTestHooks,
        logger: Logger
    ) async throws -> EngineDependencies {
        async let meaningIndex = openMeanings(configuration)
        let pool = try await EngineDatabase.open(at: configuration.databasePath)
        let folder = FilePath(configuration.databasePath).removingLastComponent().appending("engine-files")
        let files = FileRepository(pool: pool, folder: try FileFolder(at: folder), clock: hooks.clock)
        try await files.sweep()
        let meanings = try await meaningIndex
        let writer = try configuration.model.map { try Writer($0, encoder: meanings?.encoder) }
        return EngineDependencies(pool, files, meanings, writer, configuration, hooks: hooks, logger: logger)
    }

    /// Opens the encoders; nil without them.
    private static func openMeanings(_ configuration: LocalEngine.Configuration) async throws -> MeaningIndex? {
        try configuration.encoderDirectory.map { MeaningIndex(encoder: try PassageEncoder(folder: $0)) }
    }

    private init(
        _ pool: DatabasePool,
        _ files: FileRepository,
        _ meanings: MeaningIndex?,
        _ writer: Writer?,
        _ configuration: LocalEngine.Configuration,
        hooks: EngineTestHooks,
        logger: Logger
    ) {
        let (clock, holder) = (hooks.clock, hooks.holder)
        let (signal, encoding) = (IndexSignal(), IndexSignal())
        var locks = ConversationLocks(holder: holder, clock: clock)
        var runLocks = RunLocks(clock: clock)
        if let lease = configuration.model?.lease {
            locks.duration = max(locks.duration, lease)
            runLocks.duration = max(runLocks.duration, lease)
        }
        self.pool = pool
        self.files = files
        answering = FairScheduler.forAnswers()
        stores = VectorStoreRepository(pool: pool, clock: clock, indexing: signal)
        storeFiles = VectorStoreFileRepository(pool: pool, clock: clock, indexing: signal)
        batches = FileBatchRepository(pool: pool, clock: clock, indexing: signal)
        passages = PassageRepository(pool: pool, clock: clock, meanings: meanings)
        conversations = ConversationRepository(pool: pool, clock: clock, locks: locks)
        responses = ResponseRepository(pool: pool, clock: clock, locks: locks)
        let answerer = ChatAnswerer(passages: passages, answering: answering, writer: writer, logger: logger)
        responseLifecycle = ResponseLifecycle(
            responses: responses,
            answerer: answerer,
            beforeAnswering: hooks.beforeAnswering
        )
        assistants = AssistantRepository(pool: pool, clock: clock, indexing: signal)
        threads = ThreadRepository(pool: pool, clock: clock, indexing: signal, locks: runLocks)
        runs = RunRepository(pool: pool, clock: clock, locks: runLocks, holder: holder, indexing: signal)
        runLifecycle = RunLifecycle(runs: runs, answerer: answerer)
        runWorker = RunWorker(lifecycle: runLifecycle, beforeAnswering: hooks.beforeAnswering, logger: logger)
        reader = FileReader(files: files, extract: hooks.extract ?? configuration.extract)
        indexer = Indexer(
            queue: IndexQueue(pool: pool, holder: holder, clock: clock, meanings: meanings),
            signal: signal,
            encoding: encoding,
            reader: reader,
            parallelism: configuration.maximumExtractions,
            encodedFirst: hooks.passagesEncodedFirst,
            logger: logger
        )
        meaningIndexer = meanings.map { [passages] in
            MeaningIndexer(encoder: $0.encoder, passages: passages, signal: encoding, logger: logger)
        }
        erasure = Erasure(path: pool.path)
        housekeeping = Housekeeping(
            files: files,
            responses: responses,
            runs: runs,
            erasure: erasure,
            indexing: signal,
            encoding: encoding,
            interval: hooks.housekeepingInterval,
            logger: logger
        )
        models = configuration.models
        apiKey = configuration.apiKey
    }

    /// What runs in the background while the engine serves.
    var services: [any Service] {
        [housekeeping, indexer, runWorker] + [meaningIndexer].compactMap(\.self)
    }

    /// Closes the database, which nothing may use any more.
    func close() {
        // A connection that cannot be closed is released with its last reference.
        try? pool.close()
    }

    /// Creates the routes of the API with their middleware.
    ///
    /// - Parameter hosts: The hosts of which requests are accepted; nil for any.
    /// - Returns: The routes.
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
        var builder = RouteBuilder(router)
        FileRoutes(files: files).add(to: &builder)
        VectorStoreRoutes(stores: stores).add(to: &builder)
        VectorStoreFileRoutes(files: storeFiles, reader: reader).add(to: &builder)
        FileBatchRoutes(batches: batches).add(to: &builder)
        SearchRoutes(passages: passages, stores: stores, answering: answering).add(to: &builder)
        ConversationRoutes(conversations: conversations).add(to: &builder)
        ResponseRoutes(lifecycle: responseLifecycle, responses: responses).add(to: &builder)
        AssistantRoutes(assistants: assistants).add(to: &builder)
        ThreadRoutes(threads: threads).add(to: &builder)
        RunRoutes(threads: threads, runs: runs, lifecycle: runLifecycle, worker: runWorker).add(to: &builder)
        ModelRoutes(models: models).add(to: &builder)
        builder.refuseOtherMethods()
        return router
    }
}
