/// A turn that was begun, to be followed from any event on.
public struct Turn: Sendable {
    /// The turn's ID.
    public let id: TurnID
    /// Whose turn it is.
    public let user: UserID
    let turns: Turns
    /// The turn itself, where it runs in this process or did when it was found.
    let running: RunningTurn?

    /// What a follower gets.
    public enum Update: Sendable {
        /// Events that follow each other, the first of them with this number.
        case events(first: Int, [TurnEvent])
        /// Nothing happened for some seconds.
        case heartbeat
    }

    /// Follows the turn to its end, wherever it runs.
    ///
    /// A turn that runs here waits for a follower that falls behind.
    ///
    /// - Parameter number: The last event that is known already; 0 for none.
    /// - Returns: The updates in order. They throw ``PolicyAssistantError`` where the journal cannot be read, and
    ///   `CancellationError`.
    public func updates(after number: Int = 0) -> TurnUpdates {
        TurnUpdates(turn: self, number: number)
    }

    /// Waits for the turn's first event, or for so long that its caller should have a sign that it is alive: between one
    /// heartbeat and two.
    ///
    /// - Throws: ``PolicyAssistantError``, that of the turn where the turn failed before it emitted anything.
    public func started() async throws {
        // The first heartbeat may come at once.
        var heartbeats = 0
        let first = try await updates().first { update in
            guard case .heartbeat = update else { return true }
            heartbeats += 1
            return heartbeats == 2
        }
        if case .events(_, let events) = first, case .failed(let error) = events.first { throw error }
    }

    /// Waits for the answer.
    ///
    /// A caller that is cancelled ends a turn that is not journaled, as nobody else can have its answer, and waits for its
    /// end. A journaled turn goes on.
    ///
    /// - Throws: ``PolicyAssistantError``, that of the turn where it failed; `CancellationError`.
    public func answer() async throws -> Answer {
        var last: TurnEvent?
        do {
            for try await case .events(_, let events) in updates() { last = events.last }
        } catch let error as CancellationError {
            if let running, !running.isJournaled {
                running.end(.cancelled)
                await running.wait()
            }
            throw error
        }
        switch last {
        case .done(let answer): return answer
        case .failed(let error): throw error
        case .delta, .citation, nil: throw PolicyAssistantError.turnLost
        }
    }

    /// Ends the turn, wherever it runs: here at once, on another replica within some seconds.
    ///
    /// Its followers get an error with the code `turnCancelled`. A turn that is over stays as it is.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func end() async throws {
        guard running == nil else { return cancel() }
        try await turns.journal.requestEnd(of: id)
    }

    /// Ends the turn, if it runs here.
    public func cancel() {
        running?.end(.cancelled)
    }
}

/// The updates of a turn: from its log where it runs in this process, from the journal in Redis where another replica runs
/// it.
public struct TurnUpdates: AsyncSequence, Sendable {
    let turn: Turn
    let number: Int

    /// Starts to follow the turn.
    public func makeAsyncIterator() -> Iterator {
        guard let running = turn.running else {
            return Iterator(source: .journal(JournalReader(turn: turn, known: number)))
        }
        return Iterator(source: .log(running.log.reader(after: number)))
    }

    /// Reads a turn's updates; a turn that runs here no longer waits for it once it is released.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        private var source: Source

        fileprivate enum Source: Sendable {
            case log(TurnLog.Reader)
            case journal(JournalReader)
        }

        fileprivate init(source: Source) {
            self.source = source
        }

        /// Waits for the next update; nil after the last event.
        public mutating func next() async throws -> Turn.Update? {
            switch source {
            case .log(let reader):
                return try await reader.next()
            case .journal(var reader):
                defer { source = .journal(reader) }
                return try await reader.next()
            }
        }
    }
}

/// Polls the journal for the events of a turn that another replica runs.
private struct JournalReader: Sendable {
    let turn: Turn
    /// How many events are known.
    var known: Int
    private var isOver = false
    private var isFirst = true
    /// The time without an event.
    private var quiet = Duration.zero

    /// How often the journal is read.
    private static let pollInterval = Duration.milliseconds(100)

    init(turn: Turn, known: Int) {
        self.turn = turn
        self.known = known
    }

    mutating func next() async throws -> Turn.Update? {
        while !isOver {
            if try await pause() { return .heartbeat }
            guard let excerpt = try await turn.turns.journal.events(of: turn.id, after: known) else {
                throw PolicyAssistantError.noTurn
            }
            isOver = excerpt.isOver
            // The caller may know more than the journal did a moment ago: its events came from the log.
            let events = Array(excerpt.events.dropFirst(known + 1 - excerpt.first))
            if !events.isEmpty { return take(events) }
            guard !isOver else { break }
            guard excerpt.isOwnerAlive, !turn.turns.isClosed else {
                isOver = true
                return take([.failed(excerpt.isOwnerAlive ? .shuttingDown : .turnLost)])
            }
        }
        return nil
    }

    private mutating func take(_ events: [TurnEvent]) -> Turn.Update {
        defer { known += events.count }
        quiet = .zero
        return .events(first: known + 1, events)
    }

    /// Pauses before every reading but the first; returns whether a heartbeat is due.
    private mutating func pause() async throws -> Bool {
        guard !isFirst else {
            isFirst = false
            return false
        }
        try await turn.turns.clock.sleep(for: Self.pollInterval)
        quiet += Self.pollInterval
        guard quiet >= Turns.heartbeatInterval else { return false }
        quiet = .zero
        return true
    }
}
