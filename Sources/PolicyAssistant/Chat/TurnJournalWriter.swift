internal import Logging
internal import Synchronization

/// Brings the events of the turns that run here to Redis as they come.
///
/// One task does it for all of them, each time with what has come in the meantime. A turn whose events cannot be kept
/// goes on: its callers here lose nothing. Its last event is tried again for a while, as a retry with the turn's
/// idempotency key has to find how it ended.
final class TurnJournalWriter: Sendable {
    private let journal: TurnJournal
    private let logger: Logger
    private let clock: any Clock<Duration>
    private let state = Mutex(State())

    /// How many turns' events are on their way to Redis at the same time.
    private static let appendsAtOnce = 64
    /// The pause before a last event that could not be kept is tried again, and how often it is.
    private static let (retryPause, mostRetries) = (Duration.milliseconds(250), 20)

    private struct State {
        var turns: [TurnID: KeptTurn] = [:]
        /// The turns that have something to be kept, or are to give a sign of life.
        var due: Set<TurnID> = []
        var isAtWork = false
    }

    private struct KeptTurn {
        let question: Question
        let log: TurnLog
        let end: @Sendable () -> Void
        /// How many of its events are in Redis.
        var kept = 0
        /// A response that the turn has begun upstream and that is not on record yet.
        var trace: TurnTrace?
        /// How often the last event could not be kept.
        var failures = 0
        /// Who waits until the last event has been kept.
        var waiting: CheckedContinuation<Void, Never>?
    }

    init(journal: TurnJournal, clock: any Clock<Duration> = ContinuousClock(), logger: Logger) {
        self.journal = journal
        self.clock = clock
        self.logger = logger
    }

    /// Keeps a turn's events from now on, up to the last.
    ///
    /// - Parameters:
    ///   - turn: The turn.
    ///   - question: What it answers.
    ///   - end: Is called when somebody wishes, on another replica, that the turn ends.
    /// - Returns: What the events are to be added to.
    func open(_ turn: TurnID, _ question: Question, onEndWished end: @escaping @Sendable () -> Void) -> TurnLog {
        let log = TurnLog { [weak self] in self?.note(turn) }
        state.withLock { $0.turns[turn] = KeptTurn(question: question, log: log, end: end) }
        return log
    }

    /// Notes a response that a turn has begun upstream: it goes on record with the next events.
    func note(_ trace: TurnTrace, of turn: TurnID) {
        work { state in
            state.turns[turn]?.trace = trace
            state.due.insert(turn)
        }
    }

    /// Waits until a turn's last event has been kept, or could not be.
    func finish(_ turn: TurnID) async {
        await withCheckedContinuation { continuation in
            let waits = state.withLock { state in
                guard state.turns[turn] != nil else { return false }
                state.turns[turn]?.waiting = continuation
                return true
            }
            if !waits { continuation.resume() }
        }
    }

    /// Shows those who follow a turn from another replica that it still runs.
    func giveSignsOfLife() {
        work { $0.due.formUnion($0.turns.keys) }
    }

    private func note(_ turn: TurnID) {
        work { $0.due.insert(turn) }
    }

    private func work(after change: (inout State) -> Void) {
        let begins = state.withLock { state in
            change(&state)
            guard !state.due.isEmpty, !state.isAtWork else { return false }
            state.isAtWork = true
            return true
        }
        // It is no turn's child, as it works for all; it ends when there is nothing left to be kept.
        if begins { Task { await work() } }
    }

    private func work() async {
        while let due = takeDue() {
            let turns = Array(due)
            let isKept = try? await turns.mapConcurrently(limit: Self.appendsAtOnce) { await self.keep($0) }
            let unkept = zip(turns, isKept ?? []).filter { !$1 }.map(\.0)
            guard !unkept.isEmpty else { continue }
            try? await clock.sleep(for: Self.retryPause)
            state.withLock { $0.due.formUnion(unkept) }
        }
    }

    private func takeDue() -> Set<TurnID>? {
        state.withLock { state in
            guard !state.due.isEmpty else {
                state.isAtWork = false
                return nil
            }
            defer { state.due = [] }
            return state.due
        }
    }

    /// - Returns: Whether nothing is left to be done for now; false where the last event is to be tried again.
    private func keep(_ id: TurnID) async -> Bool {
        guard let turn = state.withLock({ $0.turns[id] }) else { return true }
        let events = turn.log.events(after: turn.kept)
        do {
            let isEndWished = try await journal.append(
                events,
                first: turn.kept + 1,
                to: id,
                claiming: turn.question.idempotencyKey,
                of: turn.question.user,
                noting: turn.trace
            )
            state.withLock { state in
                state.turns[id]?.kept += events.count
                if state.turns[id]?.trace == turn.trace { state.turns[id]?.trace = nil }
            }
            if isEndWished { turn.end() }
        } catch {
            logger.warning("a turn's events could not be kept yet", metadata: ["error": "\(error)"])
            if events.last?.isLast == true, turn.failures < Self.mostRetries {
                state.withLock { $0.turns[id]?.failures += 1 }
                return false
            }
        }
        guard events.last?.isLast == true else { return true }
        state.withLock { $0.turns.removeValue(forKey: id)?.waiting }?.resume()
        return true
    }
}
