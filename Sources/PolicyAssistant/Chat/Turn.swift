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
        Iterator(
            reader: turn.running?.log.reader(after: number) ?? turn.turns.followed.reader(of: turn.id, after: number)
        )
    }

    /// Reads a turn's updates; a turn that runs here no longer waits for it once it is released.
    public struct Iterator: AsyncIteratorProtocol, Sendable {
        private let reader: TurnLog.Reader

        fileprivate init(reader: TurnLog.Reader) {
            self.reader = reader
        }

        /// Waits for the next update; nil after the last event.
        public mutating func next() async throws -> Turn.Update? {
            try await reader.next()
        }
    }
}
