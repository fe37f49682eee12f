internal import Logging
internal import Synchronization

/// The turns that run apart from the requests that began them, so that a caller who leaves loses nothing.
///
/// Their events are kept in Redis as they come, so that any replica can go on telling them.
public final class Turns: Sendable {
    let chat: Chat
    let journal: TurnJournal
    let clock: any Clock<Duration>
    let logger: Logger
    private let keeper: TurnJournalWriter
    private let state = Mutex(State())

    /// How often those who wait are woken to show signs of life.
    static let heartbeat = Duration.seconds(5)

    private struct State {
        var running: [TurnID: Running] = [:]
        var isClosing = false
        var isClosed = false
    }

    private struct Running {
        let log: TurnLog
        let user: UserID
        /// Nil until the turn's task is made.
        var task: Task<Void, Never>?
    }

    init(chat: Chat, journal: TurnJournal, clock: any Clock<Duration>, logger: Logger) {
        self.chat = chat
        self.journal = journal
        self.clock = clock
        self.logger = logger
        keeper = TurnJournalWriter(journal: journal, clock: clock, logger: logger)
    }

    /// Begins a turn, or finds the one that the question's idempotency key stands for.
    ///
    /// - Returns: The turn, which may still wait for its user's earlier ones.
    /// - Throws: ``PolicyAssistantError``; with the code `idempotencyKeyReused` where the key stands for another question.
    public func begin(_ question: Question) async throws -> Turn {
        try await chat.metrics.countingRefusal { try await open(question) }
    }

    private func open(_ question: Question) async throws -> Turn {
        try chat.check(question)
        let id = TurnID()
        switch try await journal.open(id, by: question.user, claiming: question.idempotencyKey) {
        case .granted: break
        case .taken(let other): return Turn(id: other, user: question.user, turns: self)
        case .mismatched: throw PolicyAssistantError.idempotencyKeyReused
        }
        do throws(PolicyAssistantError) {
            try start(question, as: id)
        } catch {
            // The key, if there is one, is not to stand for a turn that never ran.
            let key = question.idempotencyKey
            _ = try? await journal.append([.failed(error)], first: 1, to: id, claiming: key, of: question.user)
            throw error
        }
        return Turn(id: id, user: question.user, turns: self)
    }

    private func start(_ question: Question, as id: TurnID) throws(PolicyAssistantError) {
        try state.withLock { state throws(PolicyAssistantError) in
            guard !state.isClosing else { throw .shuttingDown }
            // The order of a user's turns is that of their beginnings, whichever task is the first to run.
            let place = try chat.lineUp(question)
            let log = keeper.open(id, question) { self.cancel(id) }
            state.running[id] = Running(log: log, user: question.user)
            // A turn outlives the request that began it, so no task that is there can be its parent; ``close(within:)``
            // waits for it, or ends it.
            state.running[id]?.task = Task { await self.run(question, at: place, as: id, log) }
        }
    }

    /// Finds a turn that runs on any replica, or ended in the last ten minutes.
    ///
    /// - Throws: ``PolicyAssistantError``, with the code `turnNotFound` where there is none.
    public func find(_ id: TurnID) async throws -> Turn {
        if let running = state.withLock({ $0.running[id] }) { return Turn(id: id, user: running.user, turns: self) }
        guard let excerpt = try await journal.events(of: id, after: 0) else { throw PolicyAssistantError.noTurn }
        return Turn(id: id, user: excerpt.user, turns: self)
    }

    /// Ends a user's turns, wherever they run or wait to; returns when those here are over.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func endAll(of user: UserID) async throws {
        try await journal.requestEnd(ofAllOf: user)
        let tasks = state.withLock { $0.running.values.filter { $0.user == user }.compactMap(\.task) }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    /// Wakes all that wait from time to time, until it is cancelled.
    public func beat() async {
        while (try? await clock.sleep(for: Self.heartbeat)) != nil { giveSignsOfLife() }
    }

    /// Wakes all that wait, here and, through the journal, elsewhere; and learns which turns are to end.
    func giveSignsOfLife() {
        for running in state.withLock({ Array($0.running.values) }) { running.log.poke() }
        keeper.giveSignsOfLife()
    }

    /// Begins no more turns, lets all questions that are being answered come to their end, those in one piece among
    /// them, and ends those that take longer than `grace`.
    public func close(within grace: Duration) async {
        let tasks = state.withLock { state in
            state.isClosing = true
            return state.running.values.compactMap(\.task)
        }
        await withDiscardingTaskGroup { group in
            group.addTask { [clock] in
                guard (try? await clock.sleep(for: grace)) != nil else { return }
                self.end(tasks)
            }
            for task in tasks { await task.value }
            await self.chat.idle()
            group.cancelAll()
        }
        end([])
    }

    private func end(_ tasks: [Task<Void, Never>]) {
        state.withLock { $0.isClosed = true }
        chat.close()
        for task in tasks { task.cancel() }
    }

    /// Whether turns are ended, as the program is.
    var isClosed: Bool { state.withLock(\.isClosed) }

    func log(of id: TurnID) -> TurnLog? {
        state.withLock { $0.running[id]?.log }
    }

    func cancel(_ id: TurnID) {
        state.withLock { $0.running[id]?.task }?.cancel()
    }

    private func run(_ question: Question, at place: Chat.Place, as id: TurnID, _ log: TurnLog) async {
        await log.append(await outcome(of: question, at: place, as: id, log))
        await keeper.finish(id)
        state.withLock { $0.running[id] = nil }
    }

    private func outcome(
        of question: Question,
        at place: Chat.Place,
        as id: TurnID,
        _ log: TurnLog
    ) async -> TurnEvent {
        let traces = TurnTraces { [keeper] in keeper.note($0, of: id) }
        do {
            let answer = try await chat.answer(question, at: place, noting: traces) { await log.append($0) }
            return .done(answer)
        } catch let error as PolicyAssistantError {
            return .failed(error)
        } catch is CancellationError {
            return .failed(isClosed ? .shuttingDown : .turnCancelled)
        } catch {
            logger.error("a turn failed in an unforeseen way", metadata: ["error": "\(type(of: error))"])
            return .failed(.unforeseen)
        }
    }
}
