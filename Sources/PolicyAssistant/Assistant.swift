public import Logging
public import OpenAI
public import Redis

/// The policy assistant: answers users' questions from the synced documents.
///
/// One value serves any number of users at once. It holds no state of its own but what it may forget at any time: threads,
/// documents and locks are in Redis, what was said is upstream, so that several copies can run side by side.
public struct Assistant: Sendable {
    /// The configuration in force.
    public let settings: Settings
    /// The documents' database.
    public let files: FilesDatabase
    /// The threads' database.
    public let threads: ThreadsDatabase
    /// The keys by which callers prove who they are.
    public let keys: APIKeys
    /// Lets people sign in with a name and a password.
    public let signIn: SignIn
    /// Counts questions, so that nobody asks too many.
    public let rateLimiter: RateLimiter
    /// Shows the documents themselves.
    public let library: DocumentReader
    /// Brings the documents in line with the assets folder.
    public let sync: Sync
    /// Takes over what an older deployment left in Redis.
    public let legacyImport: LegacyImport
    /// The turns that are told piece by piece, or are asked for more than once.
    public let turns: Turns
    let chat: Chat
    let backend: any UpstreamAdapter
    private let upstreamProbe: CachedProbe
    private let turnProbe: CachedProbe
    private let stateMetrics = StateMetrics()

    /// Joins the parts.
    ///
    /// - Parameters:
    ///   - settings: The configuration.
    ///   - threadsRedis: A client of the threads' database.
    ///   - filesRedis: A client of the documents' database.
    ///   - openAI: A client of the upstream.
    ///   - formerUpstream: Gives a client of an upstream that was used earlier, by its identity, where one can be had.
    ///   - clock: Tells the time that waits and deadlines take.
    ///   - logger: Gets what operators should know; no questions, answers or user IDs.
    public init(
        settings: Settings,
        threadsRedis: RedisClient,
        filesRedis: RedisClient,
        openAI: OpenAIClient,
        formerUpstream: @escaping @Sendable (_ identity: String) -> OpenAIClient? = { _ in nil },
        clock: some Clock<Duration> = ContinuousClock(),
        logger: Logger
    ) {
        self.settings = settings
        files = FilesDatabase(redis: filesRedis)
        threads = ThreadsDatabase(redis: threadsRedis)
        keys = APIKeys(redis: threadsRedis)
        signIn = SignIn(redis: threadsRedis)
        rateLimiter = RateLimiter(redis: threadsRedis, limits: settings.rateLimits)
        let upstream = settings.upstreamParts(openAI)
        backend = upstream.adapter
        upstreamProbe = CachedProbe(clock: clock) { store in
            try await translatingUpstreamErrors {
                _ = try await openAI.models.list()
                guard try await openAI.vectorStores.mayHave(store) else { throw PolicyAssistantError.vectorStoreLost() }
            }
        }
        turnProbe = CachedProbe(clock: clock, failureFreshness: .seconds(1)) { [threads] _ in
            try await threads.checkTurnCommands()
        }
        chat = Chat(
            settings: settings,
            files: files,
            threads: threads,
            backend: backend,
            clock: clock,
            logger: logger
        )
        library = DocumentReader(
            files: files,
            corpusFiles: chat.corpusFiles,
            index: upstream.index,
            settings: settings
        )
        legacyImport = LegacyImport(
            settings: settings,
            files: files,
            threads: threads,
            upstream: LegacyUpstream(openAI: openAI)
        )
        turns = Turns(chat: chat, journal: TurnJournal(redis: threadsRedis), clock: clock, logger: logger)
        sync = Sync(
            settings: settings,
            files: files,
            threads: threads,
            index: upstream.index,
            assistant: upstream.assistant,
            threadDeletion: chat.disposal,
            formerUpstream: formerUpstream,
            logger: logger
        )
    }

    /// Answers a question in the user's thread; turns of one user follow one another.
    ///
    /// - Throws: ``PolicyAssistantError``, and `CancellationError` where the caller was cancelled.
    public func answer(_ question: Question) async throws -> Answer {
        try await chat.answer(question)
    }

    /// Returns what was said in the user's thread, oldest first: the newest `limit` messages of it.
    ///
    /// - Throws: ``PolicyAssistantError``, with the code `threadNotFound` where there is none.
    public func messages(of user: UserID, limit: Int) async throws -> [ThreadMessage] {
        try await chat.messages(of: try await thread(of: user), limit: limit)
    }

    /// Brings those metrics up to date that are read when they are wanted: how many questions wait, and the revision.
    ///
    /// While Redis cannot be asked, the revision last seen stands.
    public func refreshMetrics() async {
        stateMetrics.update(waiting: chat.waiting)
        if let corpus = try? await files.corpus() { stateMetrics.update(revision: corpus.revision) }
    }

    /// Forgets a user: the threads with all that was said in them and the responses, upstream and here, and the turns.
    ///
    /// Turns that run are ended, or waited for. What upstream does not delete now is on record, and is deleted later by
    /// ``deleteOverdue()``, a flush or a sync; what an earlier upstream has, by a sync that cleans there.
    ///
    /// - Returns: What upstream still has; empty once all is gone.
    /// - Throws: ``PolicyAssistantError``, with the code `threadNotFound` where there is nothing of the user, and with
    ///   `userBusy` where the user's turns did not end in time.
    public func forget(_ user: UserID) async throws -> [PendingDeletion] {
        try await Forgetting(chat: chat, turns: turns, disposal: chat.disposal).forget(user)
    }

    /// Tries again, from time to time, to delete what upstream could not delete when it was to be deleted; until it is
    /// cancelled.
    public func deleteOverdue() async {
        await OverdueDeletions(disposal: chat.disposal, clock: chat.clock).run()
    }

    /// Returns the user's thread.
    ///
    /// - Throws: ``PolicyAssistantError``, with the code `threadNotFound` where there is none.
    public func thread(of user: UserID) async throws -> ThreadRecord {
        guard let thread = try await threads.thread(of: user) else { throw PolicyAssistantError.noThread }
        return thread
    }

    /// Checks that questions can be answered: Redis does what a turn needs, upstream answers, documents are synced, and
    /// upstream still has them.
    ///
    /// What upstream said, and that Redis did what a turn needs, stands for some seconds, so that whoever asks often here
    /// asks no more often there. That Redis answers is tried each time.
    ///
    /// - Throws: ``PolicyAssistantError`` that says what is missing.
    public func checkReadiness() async throws {
        async let threadsReachable: Void = threads.ping()
        async let turnsPossible: Void = turnProbe.check()
        let corpus = try await files.corpus(heldAsIn: settings)
        try await threadsReachable
        try await turnsPossible
        try await upstreamProbe.check(corpus.vectorStoreID)
    }
}

extension PolicyAssistantError {
    static let notSynced = PolicyAssistantError(
        .notSynced,
        "No documents have been synced yet. Run `policy-assistant sync` first.",
        retryAfter: .seconds(30)
    )
}
