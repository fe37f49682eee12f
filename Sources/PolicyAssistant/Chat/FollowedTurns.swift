internal import Synchronization

/// The turns of other replicas, and those that have ended, that are followed here.
///
/// The events of a turn are read from the journal once, however many readers it has, and are kept only until the last of
/// them has them. One task reads for all turns: at once for a new reader, then ten times a second.
final class FollowedTurns: Sendable {
    private let journal: TurnJournal
    private let clock: any Clock<Duration>
    private let isClosed: @Sendable () -> Bool
    private let state = Mutex(State())

    /// How often the journal is read.
    private static let pollInterval = Duration.milliseconds(100)
    /// How many turns are read by one call: Redis does nothing else meanwhile.
    private static let turnsPerCall = 100

    private struct State {
        var logs: [TurnID: Followed] = [:]
        /// The turns that are to be read.
        var due: Set<TurnID> = []
        var isReading = false
        var isPolling = false
    }

    /// A log, as long as it has readers.
    private struct Followed {
        weak let log: TurnLog?
    }

    /// - Parameters:
    ///   - journal: Has the turns.
    ///   - clock: Tells the time.
    ///   - isClosed: Returns whether the program ends, and with it every reader.
    init(journal: TurnJournal, clock: any Clock<Duration>, isClosed: @escaping @Sendable () -> Bool) {
        self.journal = journal
        self.clock = clock
        self.isClosed = isClosed
    }

    /// Creates a reader of a turn that begins after the event of a number; 0 for the beginning.
    func reader(of turn: TurnID, after number: Int) -> TurnLog.Reader {
        let (reader, starts) = state.withLock { state in
            let log = state.logs[turn]?.log ?? TurnLog(excerptAfter: number)
            state.logs[turn] = Followed(log: log)
            defer { state.isPolling = true }
            return (log.reader(after: number), !state.isPolling)
        }
        read { $0.due.insert(turn) }
        // A child of no reader, as it works for all; it ends with the last of them.
        if starts { Task { await pollUntilIdle() } }
        return reader
    }

    /// Lets each reader that waits have a heartbeat.
    func sendHeartbeat() {
        for followed in state.withLock({ Array($0.logs.values) }) { followed.log?.sendHeartbeat() }
    }

    // MARK: Reading

    private func pollUntilIdle() async {
        repeat { try? await clock.sleep(for: Self.pollInterval) } while readAll()
    }

    /// - Returns: Whether any turn has readers.
    private func readAll() -> Bool {
        let isPolling = state.withLock { state in
            state.logs = state.logs.filter { $0.value.log != nil }
            state.isPolling = !state.logs.isEmpty
            return state.isPolling
        }
        if isPolling { read { $0.due.formUnion($0.logs.keys) } }
        return isPolling
    }

    private func read(_ change: (inout State) -> Void) {
        let starts = state.withLock { state in
            change(&state)
            guard !state.due.isEmpty, !state.isReading else { return false }
            state.isReading = true
            return true
        }
        if starts { Task { await readUntilIdle() } }
    }

    private func readUntilIdle() async {
        while let due = takeDue() {
            for first in stride(from: 0, to: due.count, by: Self.turnsPerCall) {
                await read(Array(due[first...].prefix(Self.turnsPerCall)))
            }
        }
    }

    private func takeDue() -> [(id: TurnID, log: TurnLog)]? {
        state.withLock { state in
            guard !state.due.isEmpty else {
                state.isReading = false
                return nil
            }
            defer { state.due = [] }
            return state.due.compactMap { id in state.logs[id]?.log.map { (id, $0) } }
        }
    }

    private func read(_ turns: [(id: TurnID, log: TurnLog)]) async {
        let wanted = turns.compactMap { turn in turn.log.wanted.map { (id: turn.id, after: $0, log: turn.log) } }
        guard !wanted.isEmpty else { return }
        do {
            let excerpts = try await journal.excerpts(of: wanted.map { ($0.id, $0.after) })
            for (turn, excerpt) in zip(wanted, excerpts) { take(excerpt, of: turn.id, into: turn.log) }
        } catch {
            for turn in wanted { fail(turn.log, of: turn.id, with: error) }
        }
    }

    private func take(_ excerpt: TurnJournal.Excerpt?, of turn: TurnID, into log: TurnLog) {
        guard let excerpt else { return fail(log, of: turn, with: PolicyAssistantError.noTurn) }
        log.add(excerpt.events, after: excerpt.number)
        if excerpt.isOver {
            log.end(.over)
        } else if !excerpt.isOwnerAlive {
            log.end(.failed(.turnLost))
        } else if isClosed() {
            log.end(.failed(.shuttingDown))
        }
    }

    /// Ends a log; later readers of its turn start anew.
    private func fail(_ log: TurnLog, of turn: TurnID, with error: any Error) {
        state.withLock { state in
            if state.logs[turn]?.log === log { state.logs[turn] = nil }
        }
        log.end(.unreadable(error))
    }
}
