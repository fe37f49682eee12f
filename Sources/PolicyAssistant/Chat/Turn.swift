/// A turn that was begun, to be followed from any place on.
public struct Turn: Sendable {
    /// The turn's name.
    public let id: TurnID
    /// Who asked.
    public let user: UserID
    let turns: Turns

    /// What a follower is told.
    public enum Update: Sendable {
        /// Events that follow each other, the first of them with this number.
        case events(first: Int, [TurnEvent])
        /// Nothing happened for some seconds.
        case nothing
    }

    /// How often the journal is read for a turn that another replica runs.
    private static let pollInterval = Duration.milliseconds(100)

    /// Follows the turn to its end, wherever it runs.
    ///
    /// - Parameters:
    ///   - number: The last event that is known already; 0 for none.
    ///   - tell: Gets the updates in order; while it takes its time with one, a turn that runs here waits for it.
    /// - Throws: What `tell` throws, and ``PolicyAssistantError``.
    public func follow(after number: Int = 0, _ tell: (Update) async throws -> Void) async throws {
        guard let log = turns.log(of: id) else { return try await followJournal(after: number, tell) }
        try await log.reading(after: number) { reader in
            while let batch = try await reader.next() {
                switch batch {
                case .events(let first, let events): try await tell(.events(first: first, events))
                case .nothing: try await tell(.nothing)
                }
            }
        }
    }

    /// Waits until the turn has something to tell, or so long that its caller should have a sign of life: between one
    /// heartbeat and two.
    ///
    /// - Throws: ``PolicyAssistantError``, that of the turn where it failed before it told anything else.
    public func begun() async throws {
        struct Begun: Error {}
        var isQuiet = false
        do {
            try await follow { update in
                if case .events(_, let events) = update, case .failed(let error) = events.first { throw error }
                // The first heartbeat may come at once.
                guard case .nothing = update, !isQuiet else {
                    throw Begun()
                }
                isQuiet = true
            }
        } catch is Begun {}
    }

    /// Waits for the answer.
    ///
    /// - Throws: ``PolicyAssistantError``, that of the turn where it failed.
    public func answer() async throws -> Answer {
        var last: TurnEvent?
        try await follow { update in
            if case .events(_, let events) = update { last = events.last }
        }
        switch last {
        case .done(let answer): return answer
        case .failed(let error): throw error
        default: throw PolicyAssistantError.turnLost
        }
    }

    /// Ends the turn, wherever it runs: here at once, on another replica within some seconds.
    ///
    /// Its followers are told with an error of the code `turnCancelled`. A turn that is over stays as it is.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    public func end() async throws {
        guard turns.log(of: id) == nil else { return cancel() }
        try await turns.journal.requestEnd(of: id)
    }

    /// Ends the turn, if it runs here and still does.
    public func cancel() {
        turns.cancel(id)
    }

    private func followJournal(after number: Int, _ tell: (Update) async throws -> Void) async throws {
        var known = number
        var quiet = Duration.zero
        while true {
            guard let excerpt = try await turns.journal.events(of: id, after: known) else {
                throw PolicyAssistantError.noTurn
            }
            // The caller may know more than the journal did a moment ago: its events came from the log.
            let news = excerpt.events.dropFirst(known + 1 - excerpt.first)
            if !news.isEmpty {
                try await tell(.events(first: known + 1, Array(news)))
                known += news.count
                quiet = .zero
            }
            if excerpt.isOver { return }
            let end: PolicyAssistantError? = !excerpt.isOwnerAlive ? .turnLost : turns.isClosed ? .shuttingDown : nil
            if let end { return try await tell(.events(first: known + 1, [.failed(end)])) }
            try await turns.clock.sleep(for: Self.pollInterval)
            quiet += Self.pollInterval
            guard quiet >= Turns.heartbeat else { continue }
            quiet = .zero
            try await tell(.nothing)
        }
    }
}
