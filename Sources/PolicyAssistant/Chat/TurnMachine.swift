/// The life of a turn, as a value: it takes events and returns what to do next.
///
/// | state | event | action | next state |
/// |---|---|---|---|
/// | queued | has the user's lock | wait for a permit of upstream | admitted |
/// | admitted | has the permit, and a thread | ask | asking |
/// | admitted | has the permit, and no thread | create a thread | asking |
/// | asking | the thread is assigned | ask | asking |
/// | asking | the thread's revision is flushed | reload the corpus and create a thread, twice; then fail | asking |
/// | asking | the lock is lost | fail | asking |
/// | asking | upstream is busy with the thread | ask again after a pause, for a minute; then fail | asking |
/// | asking | upstream does not know the thread | replace the thread, once; then fail | asking |
/// | asking | the thread is too long | replace it by one with its newest messages, once; by an empty one, once; then fail | asking |
/// | asking | the vector store is lost, or another failure | fail | asking |
/// | asking | any failure after an event was emitted | fail | asking |
/// | any but ended | a reason to end, the first one | cancel the task | as before |
/// | any but ended | the outcome | release the lock | ended |
///
/// The thread that the settings name for all is never replaced: the turn fails instead. A turn has one deadline while it
/// is queued and another from its admission on; until its outcome its lock is renewed.
struct TurnMachine: Sendable {
    private enum State {
        case queued
        case admitted(ThreadsDatabase.TurnLock)
        case asking(ThreadsDatabase.TurnLock)
        case ended
    }

    /// What happened.
    enum Event: Sendable, Equatable {
        /// The turn has a permit of upstream.
        case permitted(hasThread: Bool)
        /// The thread that was created is the user's.
        case threadAssigned
        /// The thread that was created belongs to a revision whose threads are flushed.
        case threadOutdated
        /// Another turn has the user's lock.
        case lockLost
        /// The question failed.
        case failed(Failure, hasEmitted: Bool)
    }

    /// Why a question failed.
    enum Failure: Sendable, Equatable {
        case threadBusy, threadNotFound, threadTooLong, vectorStoreLost, other
    }

    /// What to do.
    enum Action: Sendable, Equatable {
        /// Ask the question in the thread.
        case ask
        /// Wait, then ask the question in the thread.
        case askAgain(after: Duration)
        /// Create a thread and assign it to the user.
        case createThread
        /// Read the corpus, then create a thread of its revision and assign it.
        case reloadCorpusAndCreateThread
        /// Delete the thread, then create another and assign it. It begins with the newest messages of the old one where
        /// that is said.
        case replaceThread(carriesHistory: Bool)
        /// End the turn with an error.
        case fail(Cause)
    }

    /// The error of a turn that fails.
    enum Cause: Sendable, Equatable {
        /// The failure of the question itself.
        case failure
        case vectorStoreLost, sharedThreadLost, sharedThreadTooLong, userBusy, lockLost
    }

    /// Why a turn ends before it has its outcome.
    enum EndReason: Sendable, Equatable {
        case cancelled, waitedTooLong, tookTooLong, lockLost, shuttingDown
    }

    /// The longest times of a turn.
    struct Limits: Sendable {
        /// How long a turn may be queued, and how long it may then take.
        let timeout: Duration
        /// How long after its last renewal a lock is renewed.
        let renewal: Duration
    }

    /// What a supervisor does for a turn.
    enum Supervision: Sendable, Equatable {
        case nothing
        case renewLock
        case end(EndReason)
    }

    private let usesSharedThread: Bool
    private var state = State.queued
    /// When the turn was queued, or admitted.
    private var since: Duration
    private var lastRenewal: Duration
    private var recoveries = RecoveryBudget()
    private(set) var endReason: EndReason?

    /// Creates the machine of a turn that is queued.
    ///
    /// - Parameters:
    ///   - usesSharedThread: Whether it asks in the thread that the settings name.
    ///   - now: The time, since any fixed moment.
    init(usesSharedThread: Bool, now: Duration) {
        self.usesSharedThread = usesSharedThread
        since = now
        lastRenewal = now
    }

    /// The lock that the turn has and still needs.
    var lock: ThreadsDatabase.TurnLock? {
        switch state {
        case .admitted(let lock), .asking(let lock): lock
        case .queued, .ended: nil
        }
    }

    // MARK: Execution

    /// The turn has its user's lock.
    mutating func admit(_ lock: ThreadsDatabase.TurnLock, now: Duration) {
        guard case .queued = state else { return }
        state = .admitted(lock)
        (since, lastRenewal) = (now, now)
    }

    /// Something happened to an admitted turn.
    mutating func handle(_ event: Event) -> Action {
        switch (state, event) {
        case (.admitted(let lock), .permitted(let hasThread)):
            state = .asking(lock)
            return hasThread ? .ask : .createThread
        case (.asking, .threadAssigned):
            return .ask
        case (.asking, .threadOutdated):
            return recoveries.take(\.outdatedThreads) ? .reloadCorpusAndCreateThread : .fail(.userBusy)
        case (.asking, .lockLost):
            return .fail(.lockLost)
        case (.asking, .failed(let failure, hasEmitted: false)):
            return recover(from: failure)
        case (.asking, .failed), (.asking, .permitted), (.queued, _), (.admitted, _), (.ended, _):
            return .fail(.failure)
        }
    }

    private mutating func recover(from failure: Failure) -> Action {
        switch failure {
        case .threadBusy:
            return recoveries.takePause().map { .askAgain(after: $0) } ?? .fail(.failure)
        case .threadNotFound where usesSharedThread:
            return .fail(.sharedThreadLost)
        case .threadTooLong where usesSharedThread:
            return .fail(.sharedThreadTooLong)
        case .threadNotFound:
            return recoveries.take(\.replacements) ? .replaceThread(carriesHistory: false) : .fail(.failure)
        case .threadTooLong:
            if recoveries.take(\.continuations) { return .replaceThread(carriesHistory: true) }
            return recoveries.take(\.freshStarts) ? .replaceThread(carriesHistory: false) : .fail(.failure)
        case .vectorStoreLost:
            return .fail(.vectorStoreLost)
        case .other:
            return .fail(.failure)
        }
    }

    /// The turn has its outcome.
    ///
    /// - Returns: The lock to release, if the turn has one.
    mutating func finish() -> ThreadsDatabase.TurnLock? {
        defer { state = .ended }
        return lock
    }

    // MARK: Supervision

    /// The turn is to end; the first reason counts, and none counts after the outcome.
    ///
    /// - Returns: Whether the turn's task is to be cancelled.
    mutating func end(_ reason: EndReason) -> Bool {
        guard endReason == nil else { return false }
        if case .ended = state { return false }
        endReason = reason
        return true
    }

    /// When ``tick(now:_:)`` is due; nil once the turn has its outcome or a reason to end.
    func nextTick(_ limits: Limits) -> Duration? {
        if case .ended = state { return nil }
        guard endReason == nil else { return nil }
        // In every state, so that no turn is due before one that is looked at earlier.
        return min(since + limits.timeout, lastRenewal + limits.renewal)
    }

    /// Decides what is due at a time.
    mutating func tick(now: Duration, _ limits: Limits) -> Supervision {
        guard let due = nextTick(limits), now >= due else { return .nothing }
        guard now < since + limits.timeout else { return .end(lock == nil ? .waitedTooLong : .tookTooLong) }
        lastRenewal = now
        return lock == nil ? .nothing : .renewLock
    }
}

/// How often a turn may still recover from each failure.
private struct RecoveryBudget: Sendable {
    /// Threads that upstream does not know and that are replaced.
    var replacements = 1
    /// Threads that are too long and go on in a new one with the newest messages.
    var continuations = 1
    /// Threads that are too long even so and are replaced by an empty one.
    var freshStarts = 1
    /// Threads whose revision is flushed while they are created.
    var outdatedThreads = 2
    private var pauses = 0

    /// The pauses while upstream is busy with an earlier turn of the thread: about a minute in all.
    private static let busyPauses = [0.25, 0.5, 1, 2, 4, 8, 8, 8, 8, 8, 8].map { Duration.seconds($0) }

    /// Takes one recovery of a kind; false where none is left.
    mutating func take(_ kind: WritableKeyPath<RecoveryBudget, Int>) -> Bool {
        guard self[keyPath: kind] > 0 else { return false }
        self[keyPath: kind] -= 1
        return true
    }

    /// Takes the next pause; nil where none is left.
    mutating func takePause() -> Duration? {
        guard pauses < Self.busyPauses.count else { return nil }
        defer { pauses += 1 }
        return Self.busyPauses[pauses]
    }
}
