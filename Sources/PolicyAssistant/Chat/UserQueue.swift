/// Lets one turn of each user run at a time, in the order of arrival, on all replicas.
///
/// The turns of a user that arrive here wait for a permit of their user. The one that has it polls Redis for the lock that
/// the replicas share. Redis keeps the order of the replicas that wait for it.
final class UserQueue: Sendable {
    private let permits = KeyedSemaphore<String>(capacity: 1, maximumWaiting: 100, whenFull: .tooManyQuestions)
    private let threads: ThreadsDatabase
    private let clock: any Clock<Duration>
    /// Tells the locks of this replica from those of others.
    private let replica = RandomToken.make()

    /// A place in a user's queue.
    typealias Ticket = KeyedSemaphore<String>.Ticket

    /// The pauses between two attempts to take a lock.
    private static let (shortestPause, longestPause) = (Duration.milliseconds(20), Duration.milliseconds(100))

    init(threads: ThreadsDatabase, clock: any Clock<Duration>) {
        self.threads = threads
        self.clock = clock
    }

    /// How many turns wait here for earlier turns of their users.
    var waiting: Int { permits.waiting }

    /// Takes the next place in a user's queue.
    ///
    /// - Throws: ``PolicyAssistantError`` with the code `tooManyQuestions`.
    func enqueue(_ user: UserID) throws(PolicyAssistantError) -> Ticket {
        try permits.enqueue(user.value)
    }

    /// Gives a place back that is not used.
    func withdraw(_ ticket: Ticket) {
        permits.withdraw(ticket)
    }

    /// Runs `body` once the earlier turns of the user that arrived here are over, and finishes the turn.
    ///
    /// `body` takes the lock with ``acquireLock(for:)``. It is released at the end, also where the turn is cancelled. Where
    /// that fails the lock expires, which is no reason to lose an answer.
    ///
    /// - Parameters:
    ///   - turn: The turn.
    ///   - ticket: Its place.
    ///   - body: Returns a result, and the thread whose use is to be noted.
    /// - Returns: The result.
    /// - Throws: What `body` throws, or `CancellationError` where the turn is cancelled while it waits.
    func withPermit<Result>(
        _ turn: RunningTurn,
        _ ticket: Ticket,
        _ body: () async throws -> (result: Result, usedThreadID: String?)
    ) async throws -> Result {
        try await permits.withPermit(ticket) {
            do {
                let (result, usedThreadID) = try await body()
                await finish(turn, usedThreadID)
                return result
            } catch {
                await finish(turn, nil)
                throw error
            }
        }
    }

    private func finish(_ turn: RunningTurn, _ usedThreadID: String?) async {
        let (lock, trace) = turn.finish()
        if let lock { try? await threads.end(lock, used: usedThreadID, leaving: trace) }
    }

    /// Polls Redis until no other replica runs a turn of the user, and takes the user's lock for the turn.
    ///
    /// - Returns: The lock, the thread on record, and what the user wants remembered.
    /// - Throws: ``PolicyAssistantError`` with the code `storeUnavailable`; `CancellationError`.
    func acquireLock(
        for turn: RunningTurn
    ) async throws -> (lock: ThreadsDatabase.TurnLock, thread: ThreadRecord?, remembered: [RememberedMessage]) {
        var pause = Self.shortestPause
        do {
            while true {
                if case .admitted(let lock, let thread, let remembered) = try await threads.begin(
                    turn.owner,
                    in: replica
                ) {
                    turn.admit(lock)
                    return (lock, thread, remembered)
                }
                try await clock.sleep(for: pause)
                pause = min(pause * 2, Self.longestPause)
            }
        } catch {
            // The next replica in the queue need not wait for one that has left it.
            if Task.isCancelled {
                await withoutCancellation { [threads, replica] in
                    try? await threads.leaveQueue(of: turn.user, as: replica)
                }
            }
            throw error
        }
    }
}
