internal import Synchronization

/// A turn that runs in this process: its events, its state, and the task that runs it.
///
/// Its task, its supervisor and those who follow or end it share it.
final class RunningTurn: Sendable {
    let id: TurnID
    /// Whose thread it uses.
    let owner: ThreadOwner
    /// Whether the turn's events are kept in Redis, so that the turn may outlive its caller.
    let isJournaled: Bool
    /// The events.
    let log: TurnLog
    private let elapsed: @Sendable () -> Duration
    private let state: Mutex<State>

    private struct State {
        var machine: TurnMachine
        var traces = TurnTraces()
        var task: Task<Void, Never>?
    }

    /// Creates a turn that is queued.
    ///
    /// - Parameters:
    ///   - id: The turn's ID.
    ///   - owner: Whose thread it uses.
    ///   - isJournaled: Whether its events are kept in Redis.
    ///   - log: Gets its events.
    ///   - elapsed: Returns the time since any fixed moment.
    init(
        id: TurnID = TurnID(),
        owner: ThreadOwner,
        isJournaled: Bool = false,
        log: TurnLog = TurnLog(),
        elapsed: @escaping @Sendable () -> Duration
    ) {
        self.id = id
        self.owner = owner
        self.isJournaled = isJournaled
        self.log = log
        self.elapsed = elapsed
        state = Mutex(State(machine: TurnMachine(usesSharedThread: owner.user == .anonymous, now: elapsed())))
    }

    /// Whose turn it is.
    var user: UserID { owner.user }

    // MARK: The task

    /// Runs `body` in a task of the turn's own, which outlives the request that began the turn.
    ///
    /// ``TurnSupervisor/close(within:)`` waits for the task, or ends it.
    ///
    /// - Parameters:
    ///   - executor: Where the task runs; nil for the global pool.
    ///   - body: What the task does.
    func start(on executor: (any TaskExecutor)?, _ body: @escaping @Sendable () async -> Void) {
        let task = Task(executorPreference: executor, operation: body)
        let isToEnd = state.withLock { state in
            state.task = task
            return state.machine.endReason != nil
        }
        if isToEnd { task.cancel() }
    }

    /// Ends the turn, unless it has its outcome, or a reason to end, already.
    func end(_ reason: TurnMachine.EndReason) {
        state.withLock { $0.machine.end(reason) ? $0.task : nil }?.cancel()
    }

    /// Waits until the turn's task is over.
    func wait() async {
        await state.withLock(\.task)?.value
    }

    // MARK: The state

    /// The lock that the turn has and still needs.
    var lock: ThreadsDatabase.TurnLock? { state.withLock(\.machine.lock) }

    /// Why the turn ends before it has its outcome, if it does.
    var endReason: TurnMachine.EndReason? { state.withLock(\.machine.endReason) }

    /// Throws `CancellationError` where the turn was to end before it had its outcome.
    func checkEnd() throws {
        guard endReason == nil else { throw CancellationError() }
    }

    /// The turn has its user's lock.
    func admit(_ lock: ThreadsDatabase.TurnLock) {
        let now = elapsed()
        state.withLock { $0.machine.admit(lock, now: now) }
    }

    /// Returns what to do after an event.
    func handle(_ event: TurnMachine.Event) -> TurnMachine.Action {
        state.withLock { $0.machine.handle(event) }
    }

    /// The turn has its outcome.
    ///
    /// - Returns: The lock to release, if the turn has one, and the responses that it leaves upstream.
    func finish() -> (lock: ThreadsDatabase.TurnLock?, trace: TurnTrace?) {
        state.withLock { ($0.machine.finish(), $0.traces.last) }
    }

    /// When ``tick(now:_:)`` is due; nil for never.
    func nextTick(_ limits: TurnMachine.Limits) -> Duration? {
        state.withLock { $0.machine.nextTick(limits) }
    }

    /// Returns what a supervisor does at a time.
    func tick(now: Duration, _ limits: TurnMachine.Limits) -> TurnMachine.Supervision {
        state.withLock { $0.machine.tick(now: now, limits) }
    }

    // MARK: Traces

    /// Notes a response that upstream keeps beside a thread.
    ///
    /// - Returns: Whether it is new.
    func note(_ response: String, in thread: ThreadRecord) -> Bool {
        state.withLock { $0.traces.note(response, in: thread) }
    }

    /// Removes and returns the responses of a thread that the turn replaces.
    func takeResponses(of threadID: String) -> [String] {
        state.withLock { $0.traces.takeResponses(of: threadID) }
    }
}

/// The responses that a turn leaves upstream, by their threads.
private struct TurnTraces: Sendable {
    private var traces: [TurnTrace] = []

    /// The responses of the turn's last thread, if there are any.
    var last: TurnTrace? { traces.last }

    mutating func note(_ response: String, in thread: ThreadRecord) -> Bool {
        guard let index = traces.firstIndex(where: { $0.thread.id == thread.id }) else {
            traces.append(TurnTrace(thread: thread, responses: [response]))
            return true
        }
        guard !traces[index].responses.contains(response) else { return false }
        traces[index].responses.append(response)
        return true
    }

    mutating func takeResponses(of threadID: String) -> [String] {
        guard let index = traces.firstIndex(where: { $0.thread.id == threadID }) else { return [] }
        return traces.remove(at: index).responses
    }
}
