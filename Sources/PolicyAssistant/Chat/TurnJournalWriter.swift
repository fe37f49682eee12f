internal import Logging
internal import Synchronization

/// Writes the events of the journaled turns that run here to Redis as they come.
///
/// One task does it for all turns, each time with the events that have come in the meantime. A turn whose events cannot be
/// written goes on: its callers here lose nothing. Its last event is tried again for a while, as a retry with the turn's
/// idempotency key has to find how the turn ended.
final class TurnJournalWriter: Sendable {
    private let journal: TurnJournal
    private let logger: Logger
    private let clock: any Clock<Duration>
    private let state = Mutex(State())

    /// How many turns' events are on their way to Redis at the same time.
    private static let concurrentAppends = 64
    /// The pause before a last event that could not be written is tried again, and how often it is.
    private static let (retryPause, maximumRetries) = (Duration.milliseconds(250), 20)

    private struct State {
        var turns: [TurnID: Entry] = [:]
        /// The turns that have something to be written, or whose ownership is to be renewed.
        var due: Set<TurnID> = []
        var isWriting = false
    }

    private struct Entry {
        let turn: RunningTurn
        let question: Question
        /// How many of its events are in Redis.
        var written = 0
        /// A response that the turn has begun upstream and that is not on record yet.
        var trace: TurnTrace?
        /// How often the last event could not be written.
        var failures = 0
        /// Who waits until the last event is written.
        var continuation: CheckedContinuation<Void, Never>?
    }

    init(journal: TurnJournal, clock: any Clock<Duration> = ContinuousClock(), logger: Logger) {
        self.journal = journal
        self.clock = clock
        self.logger = logger
    }

    /// Writes a turn's events from now on, up to the last, and ends the turn where another replica asks for it.
    func open(_ turn: RunningTurn, _ question: Question) {
        state.withLock { $0.turns[turn.id] = Entry(turn: turn, question: question) }
    }

    /// Writes the events that a turn has by now, soon.
    func wake(_ turn: TurnID) {
        update { state in
            if state.turns[turn] != nil { state.due.insert(turn) }
        }
    }

    /// Writes a response that a turn has begun upstream, with the next events.
    func note(_ trace: TurnTrace, of turn: TurnID) {
        update { state in
            state.turns[turn]?.trace = trace
            state.due.insert(turn)
        }
    }

    /// Waits until a turn's last event is written, or cannot be.
    func finish(_ turn: TurnID) async {
        await withCheckedContinuation { continuation in
            let waits = state.withLock { state in
                guard state.turns[turn] != nil else { return false }
                state.turns[turn]?.continuation = continuation
                return true
            }
            if !waits { continuation.resume() }
        }
    }

    /// Renews this replica's ownership of all turns, which tells those who follow them elsewhere that they still run.
    func renewOwnership() {
        update { $0.due.formUnion($0.turns.keys) }
    }

    private func update(_ change: (inout State) -> Void) {
        let starts = state.withLock { state in
            change(&state)
            guard !state.due.isEmpty, !state.isWriting else { return false }
            state.isWriting = true
            return true
        }
        // A child of no turn, as it writes for all; it ends when nothing is left to be written.
        if starts { Task { await writeUntilIdle() } }
    }

    private func writeUntilIdle() async {
        while let due = takeDue() {
            let turns = Array(due)
            let isWritten = try? await turns.mapConcurrently(limit: Self.concurrentAppends) { await self.write($0) }
            let unwritten = zip(turns, isWritten ?? []).filter { !$1 }.map(\.0)
            guard !unwritten.isEmpty else { continue }
            try? await clock.sleep(for: Self.retryPause)
            state.withLock { $0.due.formUnion(unwritten) }
        }
    }

    private func takeDue() -> Set<TurnID>? {
        state.withLock { state in
            guard !state.due.isEmpty else {
                state.isWriting = false
                return nil
            }
            defer { state.due = [] }
            return state.due
        }
    }

    /// - Returns: Whether nothing is left to be done for now; false where the last event is to be tried again.
    private func write(_ id: TurnID) async -> Bool {
        guard let entry = state.withLock({ $0.turns[id] }) else { return true }
        let events = entry.turn.log.events(after: entry.written)
        do {
            let isEndWished = try await journal.append(
                events,
                first: entry.written + 1,
                to: id,
                claiming: entry.question.idempotencyKey,
                of: entry.question.user,
                noting: entry.trace
            )
            state.withLock { state in
                state.turns[id]?.written += events.count
                if state.turns[id]?.trace == entry.trace { state.turns[id]?.trace = nil }
            }
            if isEndWished { entry.turn.end(.cancelled) }
        } catch {
            logger.warning("a turn's events cannot be written yet", metadata: ["error": "\(error)"])
            if events.last?.isLast == true, entry.failures < Self.maximumRetries {
                state.withLock { $0.turns[id]?.failures += 1 }
                return false
            }
        }
        guard events.last?.isLast == true else { return true }
        state.withLock { $0.turns.removeValue(forKey: id)?.continuation }?.resume()
        return true
    }
}
