internal import NIOCore

/// The life of the connection and of the requests on it, as a value: it is told what happened and says what to do.
///
/// | state | a command comes | success | failure | the server refuses commands |
/// |---|---|---|---|---|
/// | idle | connect | | | |
/// | connecting | wait | ready | backing off; all who wait fail | backing off; who waits goes on waiting |
/// | ready | write | | idle, or connecting if somebody waits | draining |
/// | draining | wait | | idle, or connecting if somebody waits | |
/// | backing off | fail with the cause, or wait after a refusal; when the time is over, connect | | | |
/// | closed | fail | | | |
///
/// A server refuses commands where it is a replica or not ready. While draining, the replies to what was written are
/// awaited, for some of it may have run; then the connection is closed and another is made, to whatever server the name
/// of the host leads to then. Where that refuses as well, the backoff sets the pace.
///
/// Each connection has a number, so that news of an old one is told from news of the present one.
struct ConnectionMachine<Waiter: Sendable>: Sendable {
    private enum State {
        case idle
        /// `refusal` is why the server of the last attempt was not taken, if it refused.
        case connecting(id: Int, failures: Int, refusal: RedisError?)
        case ready(id: Int, since: NIODeadline, failures: Int)
        case draining(id: Int, failures: Int, refusal: RedisError)
        case backingOff(until: NIODeadline, failures: Int, cause: RedisError)
        case closed
    }

    /// What to do with a submission.
    enum Submission: Equatable {
        /// Nothing: a flush is under way.
        case queued
        /// Call `flush` soon, on the event loop.
        case flush
        /// Make the connection of this number, at once or at a time.
        case connect(id: Int, at: NIODeadline? = nil)
        /// Fail: the requests were not taken.
        case refuse(RedisError)
    }

    private var state = State.idle
    private var queue: RequestQueue<Waiter>
    private let backoff: RedisBackoff
    /// How long it is taken for granted that the server takes writes; nil for ever.
    private let probeInterval: Duration?
    private var lastProbe = NIODeadline.distantPast
    private var lastID = 0
    private var isFlushScheduled = false
    private var isTimerArmed = false

    init(backoff: RedisBackoff, maximumDueReplies: Int, probeInterval: Duration? = nil) {
        self.backoff = backoff
        self.probeInterval = probeInterval
        queue = RequestQueue(maximumDueReplies: maximumDueReplies)
    }

    // MARK: Requests

    /// Whether the server is to be asked again whether it takes writes; if so, whoever asks here has to do it.
    mutating func takesProbe(now: NIODeadline) -> Bool {
        guard let probeInterval, case .ready = state, now - lastProbe >= TimeAmount(probeInterval) else { return false }
        lastProbe = now
        return true
    }

    /// Takes requests that belong together.
    mutating func submit(_ requests: [Request<Waiter>], now: NIODeadline) -> Submission {
        switch state {
        case .closed:
            return .refuse(RedisError(.closed, "the client is closed"))
        case .backingOff(let until, _, let cause) where now < until && !cause.isRefusal:
            return .refuse(cause)
        case .idle, .connecting, .ready, .draining, .backingOff:
            guard queue.append(requests) else {
                return .refuse(RedisError(.tooManyPending, "too many commands wait for their replies"))
            }
        }
        switch state {
        case .idle:
            return .connect(id: connect(failures: 0))
        case .backingOff(let until, let failures, let cause):
            let id = connect(failures: failures, after: cause)
            return .connect(id: id, at: now < until ? until : nil)
        case .connecting where isTimerArmed, .draining where isTimerArmed:
            return .queued
        case .ready, .connecting, .draining, .closed:
            guard !isFlushScheduled else { return .queued }
            isFlushScheduled = true
            return .flush
        }
    }

    private mutating func connect(failures: Int, after cause: RedisError? = nil) -> Int {
        lastID += 1
        state = .connecting(id: lastID, failures: failures, refusal: cause.flatMap { $0.isRefusal ? $0 : nil })
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
    /// - Returns: The deliveries, and an error if the connection is to be given up: a reply belongs to nobody, or the
    ///   server refuses commands and all replies have come.
    mutating func receive(
        _ replies: [RedisValue],
        on id: Int,
        now: NIODeadline
    ) -> (deliveries: [Delivery<Waiter>], ending: RedisError?) {
        switch state {
        case .ready(id, _, _), .draining(id, _, _): break
        case .idle, .connecting, .ready, .draining, .backingOff, .closed: return ([], nil)
        }
        var deliveries: [Delivery<Waiter>] = []
        deliveries.reserveCapacity(replies.count)
        do throws(RedisError) {
            for reply in replies {
                if let delivery = try queue.receive(reply, now: now) { deliveries.append(delivery) }
            }
        } catch {
            return (deliveries, error)
        }
        guard let refusal = queue.refusal else { return (deliveries, nil) }
        if case .ready(_, let start, let failures) = state {
            // A server that has just been found and refuses is left alone for a while.
            let isNew = now - start < TimeAmount(backoff.maximum)
            state = .draining(id: id, failures: isNew ? failures + 1 : 0, refusal: refusal)
        }
        return (deliveries, queue.hasWritten ? nil : refusal)
    }

    // MARK: The connection

    /// Whether the connection of this number is still to be made.
    func awaitsConnection(_ id: Int) -> Bool {
        if case .connecting(id, _, _) = state { true } else { false }
    }

    /// A connection is ready for use.
    ///
    /// - Returns: Whether it is wanted; otherwise it is to be closed.
    mutating func connected(_ id: Int, now: NIODeadline) -> Bool {
        guard case .connecting(id, let failures, _) = state else { return false }
        state = .ready(id: id, since: now, failures: failures)
        lastProbe = now
        return true
    }

    /// A connection could not be made, or is at its end.
    ///
    /// - Parameters:
    ///   - id: The number of the connection; nothing happens if it is not the present one.
    ///   - error: Why.
    ///   - now: The time.
    ///   - chance: A random number from 0 to 1, for the backoff.
    ///   - isAbandoned: Whether nobody waits any more.
    /// - Returns: The end of those who wait in vain; the number of the next connection if one is to be made, and when,
    ///   unless it is at once.
    mutating func ended(
        _ id: Int,
        error: RedisError,
        now: NIODeadline,
        chance: Double,
        isAbandoned: (Waiter) -> Bool
    ) -> (deliveries: [Delivery<Waiter>], next: Int?, time: NIODeadline?) {
        switch state {
        case .connecting(id, let failures, _):
            let deliveries = error.isRefusal ? [] : queue.fail(with: error)
            let (next, time) = backOff(after: error, failures: failures + 1, now, chance)
            return (deliveries, next, time)
        case .draining(id, let failures, let refusal) where failures > 0:
            let deliveries = queue.loseWritten(to: error, isAbandoned: isAbandoned)
            let (next, time) = backOff(after: refusal, failures: failures, now, chance)
            return (deliveries, next, time)
        case .ready(id, _, _), .draining(id, _, _):
            let deliveries = queue.loseWritten(to: error, isAbandoned: isAbandoned)
            guard queue.hasWaiting else {
                state = .idle
                return (deliveries, nil, nil)
            }
            return (deliveries, connect(failures: 0), nil)
        case .idle, .connecting, .ready, .draining, .backingOff, .closed:
            return ([], nil, nil)
        }
    }

    /// Leaves the server alone for a while.
    ///
    /// - Returns: The number of the next connection and its time, if somebody waits for it.
    private mutating func backOff(
        after cause: RedisError,
        failures: Int,
        _ now: NIODeadline,
        _ chance: Double
    ) -> (next: Int?, time: NIODeadline?) {
        let end = now + TimeAmount(backoff.delay(afterFailures: failures, chance: chance))
        guard queue.hasWaiting else {
            state = .backingOff(until: end, failures: failures, cause: cause)
            return (nil, nil)
        }
        return (connect(failures: failures, after: cause), end)
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
        guard case .connecting(_, _, let refusal) = state else { return queue.expire(now: now) }
        return queue.expire(now: now, cause: refusal)
    }
}
