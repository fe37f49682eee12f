internal import Logging

/// Takes users' questions to their threads and brings the answers back.
///
/// The turns of a user follow one another in the order in which they came here; users do not wait for each other, except
/// where upstream would have more to do at once than is allowed.
final class Chat: Sendable {
    let settings: Settings
    let files: FilesDatabase
    let corpusFiles: CorpusFiles
    let threads: ThreadsDatabase
    let backend: any UpstreamAdapter
    let instructions: Instructions
    let breaker: CircuitBreaker
    let sharedThread: SharedThread?
    let clock: any Clock<Duration>
    let logger: Logger

    /// What tells this replica's locks from others'.
    let replica = RandomToken.make()
    private let users = KeyedSemaphore<String>(capacity: 1, longestLine: 100)
    private let upstream: KeyedSemaphore<Upstream>
    private let watch: TurnSupervisor
    private let atWork = InFlightCounter()
    let metrics = TurnMetrics()

    /// The one key of all calls to upstream.
    ///
    /// A user has one call at a time, so that the order in which they come is fair to all users.
    private enum Upstream { case calls }

    /// How many may wait for upstream, however few it takes at a time; each waits for ``Settings/chatTimeout`` at most.
    private static let shortestLine = 1000

    /// Is told of an answer piece by piece.
    typealias Listener = @Sendable (TurnEvent) async -> Void

    init(
        settings: Settings,
        files: FilesDatabase,
        threads: ThreadsDatabase,
        backend: any UpstreamAdapter,
        clock: some Clock<Duration>,
        logger: Logger
    ) {
        self.settings = settings
        self.files = files
        self.threads = threads
        self.backend = backend
        self.clock = clock
        self.logger = logger
        corpusFiles = CorpusFiles(database: files)
        instructions = Instructions(path: settings.instructionsFile)
        breaker = CircuitBreaker(clock: clock)
        watch = TurnSupervisor(timeout: settings.chatTimeout, threads: threads, clock: clock)
        sharedThread = settings.sharedThread.map { SharedThread(id: $0, backend: backend) }
        upstream = KeyedSemaphore(
            capacity: settings.maximumConcurrentTurns,
            longestLine: max(settings.maximumConcurrentTurns, Self.shortestLine)
        )
    }

    /// How many questions wait: for earlier ones of their users, and for upstream.
    var waiting: (forUsers: Int, forUpstream: Int) { (users.waiting, upstream.waiting) }

    /// Refuses what need not even wait.
    ///
    /// - Throws: ``PolicyAssistantError``: nobody asks, the message is empty or too long, or upstream is down.
    func check(_ question: Question) throws(PolicyAssistantError) {
        guard question.user != .anonymous || settings.sharedThread != nil else {
            throw PolicyAssistantError(.invalidField, "user_id is missing.", field: "user_id")
        }
        guard question.message.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw PolicyAssistantError(.invalidField, "message must hold a question.", field: "message")
        }
        guard question.message.unicodeScalars.count <= settings.maximumMessageCharacters else {
            throw PolicyAssistantError(
                .invalidField,
                "message must have at most \(settings.maximumMessageCharacters) characters.",
                field: "message"
            )
        }
        try breaker.check()
    }

    /// Returns what was said in a thread, oldest first: the newest `limit` messages of it.
    func messages(of thread: ThreadRecord, limit: Int) async throws -> [ThreadMessage] {
        let corpus = try usable(try await files.corpus())
        let assembler = AnswerAssembler(
            corpus: corpus,
            documents: try await corpusFiles.documents(ofRevision: corpus.revision)
        )
        return try await translatingUpstreamErrors {
            assembler.messages(from: try await backend.messages(of: thread.id, limit: limit))
        }
    }

    /// Deletes threads that are no longer used.
    var disposal: ThreadDeletion {
        ThreadDeletion(threads: threads, backend: backend, settings: settings, logger: logger)
    }

    /// Waits until no question is being answered, nor waits to be.
    func idle() async {
        await atWork.reachesZero()
    }

    /// Ends the turns that run, as the program is ended.
    func close() {
        watch.close()
    }

    /// A place in the line of a user's questions.
    typealias Place = KeyedSemaphore<String>.Place

    /// Takes the question's place among its user's, which is to be answered with ``answer(_:at:telling:)``.
    ///
    /// - Throws: ``PolicyAssistantError``: too many questions of the user wait already.
    func lineUp(_ question: Question) throws(PolicyAssistantError) -> Place {
        try lineUp(question.user)
    }

    private func lineUp(_ user: UserID) throws(PolicyAssistantError) -> Place {
        do throws(QueueFull) {
            return try users.draw(user.value)
        } catch {
            throw PolicyAssistantError.tooManyQuestions
        }
    }

    /// Asks a question, unless it is refused at once, and waits for the whole answer.
    ///
    /// - Throws: ``PolicyAssistantError``, and `CancellationError` where the caller was cancelled.
    func answer(_ question: Question) async throws -> Answer {
        let place = try await metrics.countingRefusal {
            try check(question)
            return try lineUp(question)
        }
        return try await answer(question, at: place) { _ in }
    }

    /// Asks a question that has its place, and waits for the whole answer.
    ///
    /// It waits for its user's earlier turns for ``Settings/chatTimeout`` at most, and the answer may take as long again.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - place: Its place among its user's.
    ///   - traces: Gets the IDs of what upstream keeps of the turn beside the thread.
    ///   - listener: Is told the text and the citations as they come, where the question is to be streamed.
    /// - Returns: The whole answer.
    /// - Throws: ``PolicyAssistantError``, and `CancellationError` where the caller was cancelled.
    func answer(
        _ question: Question,
        at place: Place,
        noting traces: TurnTraces = TurnTraces(),
        telling listener: @escaping Listener
    ) async throws -> Answer {
        try await atWork.counting {
            try await metrics.measuring { measurement in
                try await watch.watching { turn in
                    try await self.takeTurn(question, at: place, turn, noting: traces) { event in
                        if case .delta = event { measurement.recordFirstToken() }
                        await listener(event)
                    }
                }
            }
        }
    }

    private func takeTurn(
        _ question: Question,
        at place: Place,
        _ turn: SupervisedTurn,
        noting traces: TurnTraces,
        _ listener: @escaping Listener
    ) async throws -> Answer {
        try await users.pass(place) {
            let admission = try await apart { try await self.admit(question.user) }
            turn.began(admission.lock)
            do {
                let answer = try await translatingCrowds {
                    try await upstream.pass(.calls) {
                        try await TurnExecution(question, admission, in: self, noting: traces, telling: listener)
                            .answer()
                    }
                }
                turn.ends()
                await end(admission.lock, used: answer.threadID, leaving: traces.last)
                return answer
            } catch {
                turn.ends()
                await end(admission.lock, leaving: traces.last)
                throw error
            }
        }
    }

    /// Gives the lock back, also when the turn was cancelled.
    ///
    /// Where that fails the lock ends by itself, which is no reason to lose an answer that is there.
    func end(
        _ lock: ThreadsDatabase.TurnLock,
        used threadID: String? = nil,
        leaving trace: TurnTrace? = nil
    ) async {
        try? await threads.end(lock, used: threadID, leaving: trace)
    }

    /// Runs `body` when the user's turns that came before have ended, on whatever replica, and keeps others waiting.
    ///
    /// - Throws: What `body` throws; ``PolicyAssistantError`` with the code `userBusy` where that takes too long.
    func betweenTurns<Result: Sendable>(
        of user: UserID,
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let place = try lineUp(user)
        return try await atWork.counting {
            try await watch.watching { turn in
                try await self.users.pass(place) {
                    let (lock, _) = try await self.lock(user)
                    turn.began(lock)
                    let outcome: Swift.Result<Result, any Error>
                    do {
                        outcome = .success(try await body())
                    } catch {
                        outcome = .failure(error)
                    }
                    turn.ends()
                    await self.end(lock)
                    return try outcome.get()
                }
            }
        }
    }
}

/// Runs `body` and puts it into the domain's terms where too many wait already.
private func translatingCrowds<Result>(_ body: () async throws -> Result) async throws -> Result {
    do {
        return try await body()
    } catch is QueueFull {
        throw PolicyAssistantError.tooManyQuestions
    }
}
