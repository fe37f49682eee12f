internal import Logging

/// What turns work with, the same for all of a process.
///
/// A class, so that each turn holds a single reference.
final class TurnDependencies: Sendable {
    let settings: Settings
    let files: FilesDatabase
    let corpusFiles: CorpusFiles
    let threads: ThreadsDatabase
    let threadDeletion: ThreadDeletion
    let adapter: any UpstreamAdapter
    let imitations: Imitations
    let instructions: Instructions
    let breaker: CircuitBreaker
    let sharedThread: SharedThread?
    let users: UserQueue
    /// A user has one question upstream at a time, so that the order of arrival is fair to all users.
    let upstream: KeyedSemaphore<Upstream>
    let clock: any Clock<Duration>
    let logger: Logger

    /// The one key of the questions upstream.
    enum Upstream { case questions }

    /// How many questions may wait for upstream, however few it answers at a time.
    ///
    /// Each waits for ``Settings/chatTimeout`` at most.
    private static let minimumQueue = 1000

    init(
        settings: Settings,
        files: FilesDatabase,
        corpusFiles: CorpusFiles,
        threads: ThreadsDatabase,
        threadDeletion: ThreadDeletion,
        adapter: any UpstreamAdapter,
        imitations: Imitations,
        clock: some Clock<Duration>,
        logger: Logger
    ) {
        self.settings = settings
        self.files = files
        self.corpusFiles = corpusFiles
        self.threads = threads
        self.threadDeletion = threadDeletion
        self.adapter = adapter
        self.imitations = imitations
        self.clock = clock
        self.logger = logger
        instructions = Instructions(path: settings.instructionsFile)
        breaker = CircuitBreaker(clock: clock)
        sharedThread = settings.sharedThread.map { SharedThread(id: $0, adapter: adapter) }
        users = UserQueue(threads: threads, clock: clock)
        upstream = KeyedSemaphore(
            capacity: settings.maximumConcurrentTurns,
            maximumWaiting: max(settings.maximumConcurrentTurns, Self.minimumQueue),
            whenFull: .tooManyQuestions
        )
    }
}
