internal import NIOCore

/// The life of the connection and of the requests on it, as a value: it is told what happened and says what to do.
///
/// | state | a command comes | success | failure |
/// |---|---|---|---|
/// | idle | connect | | |
/// | connecting | wait | ready | backing off; all who wait fail |
/// | ready | write | | idle, or connecting if somebody waits |
/// | backing off | fail with the cause; when the time is over, connect | | |
/// | closed | fail | | |
///
/// Each connection has a number, so that news of an old one is told from news of the present one.
struct ConnectionMachine<Waiter: Sendable>: Sendable {
    private enum State {
        case idle
        case connecting(id: Int, failures: Int)
        case ready(id: Int)
        case backingOff(until: NIODeadline, failures: Int, cause: RedisError)
        case closed
    }

    /// What to do with a submission.
    enum Submission: Equatable {
        /// Nothing: a flush is under way.
        case queued
        /// Call `flush` soon, on the event loop.
        case flush
        /// Make the connection of this number.
        case connect(id: Int)
        /// Fail: the requests were not taken.
        case refuse(RedisError)
    }

    private var state = State.idle
    private var queue: RequestQueue<Waiter>
    private let backoff: RedisBackoff
    private var lastID = 0
    private var isFlushScheduled = false
    private var isTimerArmed = false

    init(backoff: RedisBackoff, maximumDueReplies: Int) {
        self.backoff = backoff
        queue = RequestQueue(maximumDueReplies: maximumDueReplies)
    }

    // MARK: Requests

    /// Takes requests that belong together.
    mutating func submit(_ requests: [Request<Waiter>], now: NIODeadline) -> Submission {
        switch state {
        case .closed:
            return .refuse(RedisError(.closed, "the client is closed"))
        case .backingOff(let until, _, let cause) where now < until:
            return .refuse(cause)
        case .idle, .connecting, .ready, .backingOff:
            guard queue.append(requests) else {
                return .refuse(RedisError(.tooManyPending, "too many commands wait for their replies"))
            }
        }
        switch state {
        case .idle:
            return .connect(id: connect(failures: 0))
        case .backingOff(_, let failures, _):
            return .connect(id: connect(failures: failures))
        case .connecting where isTimerArmed:
            return .queued
        case .ready, .connecting, .closed:
            guard !isFlushScheduled else { return .queued }
            isFlushScheduled = true
            return .flush
        }
    }

    private mutating func connect(failures: Int) -> Int {
        lastID += 1
        state = .connecting(id: lastID, failures: failures)
        return lastID
    }

    /// Takes all bytes to be written now, if there is a connection to write them to.
    mutating func flush(now: NIODeadline, isAbandoned: (Waiter) -> Bool) -> ByteBuffer? {
        isFlushScheduled = false
        guard case .ready = state else { return nil }
        return queue.write(now: now, isAbandoned: isAbandoned)
    }

    /// Finds out whom the replies are for that came on a connection.
    ///
    /// - Returns: The deliveries, and an error if a reply belongs to nobody: the connection is to be given up.
    mutating func receive(
        _ replies: [RedisValue],
        on id: Int,
        now: NIODeadline
    ) -> (deliveries: [Delivery<Waiter>], violation: RedisError?) {
        guard case .ready(id) = state else { return ([], nil) }
        var deliveries: [Delivery<Waiter>] = []
        deliveries.reserveCapacity(replies.count)
        do throws(RedisError) {
            for reply in replies {
                if let delivery = try queue.receive(reply, now: now) { deliveries.append(delivery) }
            }
        } catch {
            return (deliveries, error)
        }
        return (deliveries, nil)
    }

    // MARK: The connection

    /// Whether the connection of this number is still to be made.
    func awaitsConnection(_ id: Int) -> Bool {
        if case .connecting(id, _) = state { true } else { false }
    }

    /// A connection is ready for use.
    ///
    /// - Returns: Whether it is wanted; otherwise it is to be closed.
    mutating func connected(_ id: Int) -> Bool {
        guard awaitsConnection(id) else { return false }
        state = .ready(id: id)
        return true
    }

    /// A connection could not be made, or is at its end.
    ///
    /// - Parameters:
    ///   - id: The number of the connection; nothing happens if it is not the present one.
    ///   - error: Why.
    ///   - now: The present.
    ///   - chance: A random number from 0 to 1, for the backoff.
    ///   - isAbandoned: Whether nobody waits any more.
    /// - Returns: The end of those who wait in vain, and the number of the next connection if one is to be made.
    mutating func ended(
        _ id: Int,
        error: RedisError,
        now: NIODeadline,
        chance: Double,
        isAbandoned: (Waiter) -> Bool
    ) -> (deliveries: [Delivery<Waiter>], next: Int?) {
        switch state {
        case .connecting(id, let failures):
            let delay = backoff.delay(afterFailures: failures + 1, chance: chance)
            state = .backingOff(until: now + TimeAmount(delay), failures: failures + 1, cause: error)
            return (queue.fail(with: error), nil)
        case .ready(id):
            let deliveries = queue.loseWritten(to: error, isAbandoned: isAbandoned)
            guard queue.hasWaiting else {
                state = .idle
                return (deliveries, nil)
            }
            return (deliveries, connect(failures: 0))
        case .idle, .connecting, .ready, .backingOff, .closed:
            return ([], nil)
        }
    }

    /// The client is closed, for good.
    mutating func close() -> [Delivery<Waiter>] {
        state = .closed
        return queue.fail(with: RedisError(.closed, "the client was closed"))
    }

    // MARK: Time

    /// Returns the time at which `expire` is to be called, unless a call is due already or nothing is pending.
    mutating func armTimer() -> NIODeadline? {
        guard !isTimerArmed, let deadline = queue.nextDeadline else { return nil }
        isTimerArmed = true
        return deadline
    }

    /// The time that `armTimer` asked for has come.
    mutating func expire(now: NIODeadline) -> Expiry<Waiter> {
        isTimerArmed = false
        return queue.expire(now: now)
    }
}
