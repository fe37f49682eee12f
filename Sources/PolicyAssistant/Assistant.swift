public import FoundationEssentials
public import Logging
public import OpenAI
public import Redis
public import SMS
internal import WorkQueue

/// The policy assistant: answers users' questions from the synced documents.
///
/// One value serves any number of users at once, and several processes can run side by side: threads, documents and locks
/// are in Redis, messages are upstream, and what a process keeps in memory it can read again.
///
/// ```swift
/// import HTTPClient
/// import Logging
/// import OpenAI
/// import PolicyAssistant
/// import Redis
///
/// let settings = try await Settings.read(environment: ["OPENAI_API_KEY": "sk-…"])
/// let logger = Logger(label: "example")
/// let http = try HTTPClient()
/// let assistant = Assistant(
///     settings: settings,
///     threadsRedis: RedisClient(configuration: settings.threadsDatabase, logger: logger),
///     filesRedis: RedisClient(configuration: settings.filesDatabase, logger: logger),
///     openAI: try OpenAIClient(configuration: OpenAIConfiguration(apiKey: "sk-…"), http: http),
///     logger: logger
/// )
/// for message in try await assistant.messages(of: UserID("ana"), limit: 10) { print(message.role, message.text) }
/// await http.shutdown()
/// ```
public struct Assistant: Sendable {
    /// The configuration in force.
    public let settings: Settings
    /// The documents' database.
    public let files: FilesDatabase
    /// The threads' database.
    public let threads: ThreadsDatabase
    /// The keys by which callers authenticate.
    public let keys: APIKeys
    /// Lets people sign in with a name and a password.
    public let signIn: SignIn
    /// The sessions of users whom the identity provider has signed in.
    public let providerSessions: ProviderSessions
    /// Counts questions, so that nobody asks too many.
    public let rateLimiter: RateLimiter
    /// Shows the documents themselves.
    public let library: DocumentReader
    /// Brings the documents in line with the assets folder.
    public let sync: Sync
    /// Takes over what an older deployment left in Redis.
    public let legacyImport: LegacyImport
    /// The questions and their answers.
    public let turns: Turns
    /// The roles that users may ask in.
    public let roles: Roles
    /// What users want remembered.
    public let memory: Memory
    let imitations: Imitations
    /// Text messages; nil without a provider.
    public let sms: SMSChannel?
    private let texts: TextDeletion
    let threadDeletion: ThreadDeletion
    let backend: any UpstreamAdapter
    private let history: ThreadHistory
    private let clock: any Clock<Duration>
    private let upstreamProbe: CachedProbe
    private let turnProbe: CachedProbe
    private let stateMetrics = StateMetrics()
    private let queueMetrics: QueueMetrics?

    /// Creates an assistant.
    ///
    /// - Parameters:
    ///   - settings: The configuration.
    ///   - threadsRedis: A client of the threads' database.
    ///   - filesRedis: A client of the documents' database.
    ///   - openAI: A client of the upstream.
    ///   - formerUpstream: Gives a client of an upstream that was used earlier, by its identity, where one can be had.
    ///   - smsProvider: The provider of text messages; nil for none.
    ///   - images: A client of the upstream that makes images for text messages, with the time that they take; nil for none.
    ///   - textMedia: What can be done with the files of text messages.
    ///   - textTime: Tells the time of day by which text messages are sent.
    ///   - clock: Tells the time that waits and deadlines take.
    ///   - logger: Gets what operators should know; no questions, answers or user IDs.
    public init(
        settings: Settings,
        threadsRedis: RedisClient,
        filesRedis: RedisClient,
        openAI: OpenAIClient,
        formerUpstream: @escaping @Sendable (_ identity: String) -> OpenAIClient? = { _ in nil },
        smsProvider: (any SMSProvider)? = nil,
        images: OpenAIClient? = nil,
        textMedia: TextMediaTools = TextMediaTools(),
        textTime: @escaping @Sendable () -> Date = { .now },
        clock: some Clock<Duration> = ContinuousClock(),
        logger: Logger
    ) {
        self.settings = settings
        files = FilesDatabase(redis: filesRedis)
        threads = ThreadsDatabase(redis: threadsRedis)
        keys = APIKeys(redis: threadsRedis)
        signIn = SignIn(redis: threadsRedis)
        providerSessions = ProviderSessions(redis: threadsRedis)
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
        let corpusFiles = CorpusFiles(database: files)
        threadDeletion = ThreadDeletion(threads: threads, backend: backend, settings: settings, logger: logger)
        roles = Roles(redis: threadsRedis, standard: settings.standardRole)
        memory = Memory(redis: threadsRedis)
        imitations = Imitations(redis: threadsRedis)
        history = ThreadHistory(settings: settings, files: files, corpusFiles: corpusFiles, adapter: backend)
        let dependencies = TurnDependencies(
            settings: settings,
            files: files,
            corpusFiles: corpusFiles,
            threads: threads,
            threadDeletion: threadDeletion,
            adapter: backend,
            imitations: imitations,
            clock: clock,
            logger: logger
        )
        turns = Turns(dependencies: dependencies, journal: TurnJournal(redis: threadsRedis), clock: clock)
        library = DocumentReader(files: files, corpusFiles: corpusFiles, index: upstream.index, settings: settings)
        if let smsProvider, let sms = settings.sms {
            self.sms = SMSChannel(
                settings: settings,
                sms: sms,
                provider: smsProvider,
                redis: threadsRedis,
                turns: turns,
                rateLimiter: rateLimiter,
                library: library,
                images: images,
                tools: textMedia,
                now: textTime,
                logger: logger
            )
        } else {
            sms = nil
        }
        queueMetrics = sms.map { QueueMetrics(queue: $0.queue.configuration.name) }
        texts = TextDeletion(redis: threadsRedis, queue: SMSChannel.queue(settings, redis: threadsRedis), channel: sms)
        self.clock = clock
        legacyImport = LegacyImport(
            settings: settings,
            files: files,
            threads: threads,
            upstream: LegacyUpstream(openAI: openAI)
        )
        sync = Sync(
            settings: settings,
            files: files,
            threads: threads,
            index: upstream.index,
            assistant: upstream.assistant,
            threadDeletion: threadDeletion,
            formerUpstream: formerUpstream,
            logger: logger
        )
    }

    /// Returns the newest `limit` messages of the user's thread, oldest first.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - role: The role of the thread; nil for the default one.
    ///   - limit: The number of messages.
    /// - Returns: The messages.
    /// - Throws: ``PolicyAssistantError``, with the code `threadNotFound` where there is no thread.
    public func messages(of user: UserID, in role: Role? = nil, limit: Int) async throws -> [ThreadMessage] {
        try await history.messages(of: thread(of: user, in: role), limit: limit)
    }

    /// Updates the metrics that are read on demand: how many questions wait, the revision, and the queue of text messages.
    ///
    /// The revision, and the numbers of the queue, stay as they are while Redis cannot be reached.
    public func refreshMetrics() async {
        stateMetrics.update(waiting: turns.waiting)
        if let corpus = try? await files.corpus() { stateMetrics.update(revision: corpus.revision) }
        if let status = try? await queueStatus() { queueMetrics?.update(status) }
    }

    /// Deletes a user's data, upstream and here: the threads with all their messages, the responses, the turns, and the text
    /// messages, at their provider as well.
    ///
    /// Journaled turns that run are ended, others are waited for. What upstream does not delete now is on record, and is
    /// deleted later by ``deleteOverdue()``, a flush or a sync; what an earlier upstream has, by a sync that cleans there.
    ///
    /// - Returns: What upstream still has; empty once all is gone.
    /// - Throws: ``PolicyAssistantError``, with the code `threadNotFound` where there is nothing of the user, and with
    ///   `userBusy` where the user's turns do not end in time.
    public func forget(_ user: UserID) async throws -> [PendingDeletion] {
        // First, so that no waiting text message of the user begins another turn.
        let hadTexts = try await texts.delete(of: user)
        do {
            return try await UserDeletion(turns: turns, threadDeletion: threadDeletion).delete(user)
        } catch let error as PolicyAssistantError where error.code == .threadNotFound && hadTexts {
            return []
        }
    }

    /// Tries again from time to time to delete the threads whose deletion upstream failed, until it is cancelled.
    public func deleteOverdue() async {
        await OverdueDeletions(threadDeletion: threadDeletion, clock: clock).run()
    }

    /// Returns the user's thread.
    ///
    /// - Parameters:
    ///   - user: The user.
    ///   - role: The role of the thread; nil for the default one.
    /// - Returns: The thread, which may have been created under an earlier text of the role.
    /// - Throws: ``PolicyAssistantError``, with the code `threadNotFound` where there is none.
    public func thread(of user: UserID, in role: Role? = nil) async throws -> ThreadRecord {
        let owner = ThreadOwner(user: user, role: role?.key)
        guard let thread = try await threads.thread(of: owner) else { throw PolicyAssistantError.noThread }
        return thread
    }

    /// Checks that questions can be answered: Redis does what a turn needs, upstream answers, documents are synced, and
    /// upstream still has them.
    ///
    /// The outcomes of the checks upstream, and of what a turn needs of Redis, are reused for some seconds, however often
    /// this is called. That Redis answers is checked each time.
    ///
    /// - Throws: ``PolicyAssistantError`` that says what is missing.
    public func checkReadiness() async throws {
        async let threadsReachable: Void = threads.ping()
        async let turnsPossible: Void = turnProbe.check()
        let corpus = try await files.corpus(inForceFor: settings)
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
