internal import Logging
internal import OpenAI

/// The turns of this process: every question is one.
///
/// A turn runs in a task of its own. Its caller follows its events in a log here. Where the question is streamed, or has an
/// idempotency key, the turn is journaled: its events are kept in Redis as well, any replica can follow it, and it goes on
/// where its caller goes away.
///
/// ```swift
/// import PolicyAssistant
///
/// func ask(_ question: String, _ assistant: Assistant) async throws -> String {
///     let turn = try await assistant.turns.begin(Question(question, by: UserID("ana")))
///     return try await turn.answer().text
/// }
/// ```
public final class Turns: Sendable {
    let journal: TurnJournal
    let clock: any Clock<Duration>
    private let dependencies: TurnDependencies
    private let supervisor: TurnSupervisor
    private let writer: TurnJournalWriter
    /// The turns that are followed here and run elsewhere, or have ended.
    let followed: FollowedTurns
    private let metrics = TurnMetrics()

    /// The time between two heartbeats of a turn that emits nothing.
    static let heartbeatInterval = Duration.seconds(5)

    init(dependencies: TurnDependencies, journal: TurnJournal, clock: some Clock<Duration>) {
        self.dependencies = dependencies
        self.journal = journal
        self.clock = clock
        supervisor = TurnSupervisor(
            timeout: dependencies.settings.chatTimeout,
            threads: dependencies.threads,
            clock: clock
        )
        writer = TurnJournalWriter(journal: journal, clock: clock, logger: dependencies.logger)
        followed = FollowedTurns(journal: journal, clock: clock) { [supervisor] in supervisor.isClosed }
    }

    // MARK: Beginning

    /// Begins a turn, or finds the one that the question's idempotency key stands for.
    ///
    /// - Parameters:
    ///   - question: The question.
    ///   - executor: Where the turn's task runs, best the one that its caller prefers, as a turn's task inherits none; nil
    ///     for the global pool.
    /// - Returns: The turn, which may still wait for its user's earlier ones.
    /// - Throws: ``PolicyAssistantError``: nobody asks, the message is empty or too long, upstream is down, too many
    ///   questions of the user wait, the server is shutting down, or the idempotency key stands for another question.
    public func begin(_ question: Question, on executor: (any TaskExecutor)? = nil) async throws -> Turn {
        try await metrics.countingRefusal {
            var question = question
            if question.role == nil { question.role = dependencies.settings.standardRole }
            try check(question)
            if question.modelSettings.model == nil { question.modelSettings.model = question.role?.model }
            guard question.isJournaled else { return try start(question, as: TurnID(), on: executor) }
            return try await beginJournaled(question, on: executor)
        }
    }

    private func beginJournaled(_ question: Question, on executor: (any TaskExecutor)?) async throws -> Turn {
        let (id, user, key) = (TurnID(), question.user, question.idempotencyKey)
        switch try await journal.open(id, by: user, claiming: key) {
        case .granted: break
        case .taken(let other): return Turn(id: other, user: user, turns: self, running: supervisor[other])
        case .mismatched: throw PolicyAssistantError.idempotencyKeyReused
        }
        do throws(PolicyAssistantError) {
            return try start(question, as: id, on: executor)
        } catch {
            // The key must not stand for a turn that never ran.
            _ = try? await journal.append([.failed(error)], first: 1, to: id, claiming: key, of: user)
            throw error
        }
    }

    /// Refuses what need not even wait.
    private func check(_ question: Question) throws(PolicyAssistantError) {
        let settings = dependencies.settings
        guard question.user != .anonymous || settings.sharedThread != nil else {
            throw PolicyAssistantError(.invalidField, "user_id is missing.", field: "user_id")
        }
        guard question.message.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
            throw PolicyAssistantError(.invalidField, "message must hold a question.", field: "message")
        }
        guard question.message.unicodeScalars.count <= settings.maximumMessageCharacters else {
            throw PolicyAssistantError(
                .invalidField,
                "message must have at most \(settings.maximumMessageCharacters) characters.",
                field: "message"
            )
        }
        guard question.role?.key == nil || question.user != .anonymous else {
            throw PolicyAssistantError(.invalidField, "A question in a role has to name its user.", field: "user_id")
        }
        try settings.check(question.modelSettings, boundTo: question.role?.model)
        try dependencies.breaker.check()
    }

    private func start(
        _ question: Question,
        as id: TurnID,
        on executor: (any TaskExecutor)?
    ) throws(PolicyAssistantError) -> Turn {
        // The order of a user's turns is that in which they are enqueued here, whichever task runs first.
        let ticket = try dependencies.users.enqueue(question.user)
        let turn = RunningTurn(
            id: id,
            owner: ThreadOwner(user: question.user, role: question.role?.key),
            isJournaled: question.isJournaled,
            log: question.isJournaled ? TurnLog { [weak writer] in writer?.wake(id) } : TurnLog(),
            elapsed: supervisor.elapsed
        )
        do throws(PolicyAssistantError) {
            try supervisor.start(turn, on: executor) { await self.run(question, turn, ticket) }
        } catch {
            dependencies.users.withdraw(ticket)
            throw error
        }
        return Turn(id: id, user: question.user, turns: self, running: turn)
    }

    // MARK: Running

    private func run(_ question: Question, _ turn: RunningTurn, _ ticket: UserQueue.Ticket) async {
        guard turn.isJournaled else { return await turn.log.append(outcome(of: question, turn, ticket)) }
        writer.open(turn, question)
        await turn.log.append(outcome(of: question, turn, ticket))
        await writer.finish(turn.id)
    }

    private func outcome(of question: Question, _ turn: RunningTurn, _ ticket: UserQueue.Ticket) async -> TurnEvent {
        let measurement = metrics.begin()
        do {
            let event = try await TurnExecution.answer(request(question, turn, measurement), ticket)
            try turn.checkEnd()
            if case .done(let answer) = event { measurement.recordAnswer(by: answer.author) }
            measurement.end(.answered)
            return event
        } catch {
            return failed(supervisor.error(ending: turn, with: error), measurement)
        }
    }

    private func request(
        _ question: Question,
        _ turn: RunningTurn,
        _ measurement: TurnMeasurement
    ) -> TurnExecution.Request {
        let journal = turn.isJournaled ? writer : nil
        return TurnExecution.Request(question, in: turn, with: dependencies, journal: journal) { event in
            if case .delta = event { measurement.recordFirstToken() }
            await turn.log.append(event)
        }
    }

    private func failed(_ error: any Error, _ measurement: TurnMeasurement) -> TurnEvent {
        let failure = failure(error)
        measurement.end(failure.code == .turnCancelled ? .cancelled : TurnOutcome(of: failure))
        return .failed(failure)
    }

    /// The error that the callers of a turn see.
    private func failure(_ error: any Error) -> PolicyAssistantError {
        switch error {
        case let error as PolicyAssistantError: return error
        case let error as OpenAIError where error.code != .cancelled: return PolicyAssistantError(error)
        case is CancellationError, is OpenAIError: return .turnCancelled
        default:
            dependencies.logger.error(
                "a turn failed with an unforeseen error",
                metadata: ["error": "\(type(of: error))"]
            )
            return .unforeseen
        }
    }

    // MARK: Finding and ending

    /// Finds a turn that runs on any replica, or a journaled one that ended in the last ten minutes.
    ///
    /// - Throws: ``PolicyAssistantError``, with the code `turnNotFound` where there is none.
    public func find(_ id: TurnID) async throws -> Turn {
        if let running = supervisor[id] { return Turn(id: id, user: running.user, turns: self, running: running) }
        guard let user = try await journal.user(of: id) else { throw PolicyAssistantError.noTurn }
        return Turn(id: id, user: user, turns: self, running: nil)
    }

    /// Ends the journaled turns of a user, wherever they run or wait; returns when those here are over.
    ///
    /// Others are left to come to their end: a question in one piece that is cut off leaves a response upstream whose ID
    /// nobody knows.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`.
    func endJournaled(of user: UserID) async throws {
        try await journal.requestEnd(ofAllOf: user)
        let turns = supervisor.turns.filter { $0.user == user && $0.isJournaled }
        for turn in turns { turn.end(.cancelled) }
        for turn in turns { await turn.wait() }
    }

    /// Runs `body` as a turn of the user that asks nothing: after the earlier turns, on whatever replica, and before the
    /// later ones.
    ///
    /// - Throws: What `body` throws; ``PolicyAssistantError`` with the code `userBusy` where it has to wait too long.
    func withUserLock<Result: Sendable>(
        of user: UserID,
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        let (users, turn) = (
            dependencies.users, RunningTurn(owner: ThreadOwner(user: user), elapsed: supervisor.elapsed)
        )
        return try await supervisor.run(turn) {
            try await users.withPermit(turn, users.enqueue(user)) {
                _ = try await users.acquireLock(for: turn)
                return (try await body(), nil)
            }
        }
    }

    // MARK: Serving

    /// How many questions wait: for earlier ones of their users, and for upstream.
    var waiting: (forUsers: Int, forUpstream: Int) { (dependencies.users.waiting, dependencies.upstream.waiting) }

    /// Whether turns are ended since the program ends.
    var isClosed: Bool { supervisor.isClosed }

    /// Sends heartbeats from time to time, until it is cancelled.
    public func sendHeartbeats() async {
        while (try? await clock.sleep(for: Self.heartbeatInterval)) != nil { sendHeartbeat() }
    }

    /// Sends a heartbeat to all followers, renews the turns in the journal, and reads which of them are to end.
    func sendHeartbeat() {
        for turn in supervisor.turns { turn.log.sendHeartbeat() }
        followed.sendHeartbeat()
        writer.renewOwnership()
    }

    /// Begins no more turns, lets those that run come to their end, and ends those that take longer than `grace`.
    public func close(within grace: Duration) async {
        await supervisor.close(within: grace)
    }
}

extension Question {
    /// Whether the turn's events are kept in Redis, so that it can be followed from any replica, found by its ID for ten
    /// minutes, and outlives the connection of its caller.
    public var isJournaled: Bool { isStreamed || idempotencyKey != nil }
}
