internal import NIOCore

/// The state machine of the connection and of the requests on it: a value that takes events and returns actions.
///
/// | state | a command comes | success | failure | the server refuses commands |
/// |---|---|---|---|---|
/// | idle | connect | | | |
/// | connecting | wait | ready | backing off; all waiting requests fail | backing off; waiting requests stay |
/// | ready | write | | idle, or connecting if requests wait | draining |
/// | draining | wait | | idle, or connecting if requests wait | |
/// | backing off | fail with the cause, or wait after a refusal; connect when the delay is over | | | |
/// | closed | fail | | | |
///
/// A server refuses commands where it is a replica or not ready. A draining connection waits for the replies to the
/// written commands, some of which may have run; then it is closed, and a new connection goes to the server that the
/// host name resolves to by then. If that refuses too, the next attempt is delayed by the backoff.
///
/// Each connection has a number, by which events of an old connection are told from those of the current one.
struct ConnectionMachine<Waiter: Sendable>: Sendable {
    private enum State {
        case idle
        /// `refusal` is the error with which the last server refused commands, if it did.
        case connecting(id: Int, failures: Int, refusal: RedisError?)
        case ready(id: Int, since: NIODeadline, failures: Int)
        case draining(id: Int, failures: Int, refusal: RedisError)
        case backingOff(until: NIODeadline, failures: Int, cause: RedisError)
        case closed
    }

    /// The action after requests were submitted.
    enum SubmitAction: Equatable {
        /// Do nothing: a flush is scheduled already.
        case wait
        /// Call `flush` on the event loop.
        case scheduleFlush
        /// Open a connection.
        case connect(Reconnection)
        /// Fail the requests, which the queue did not accept.
        case fail(RedisError)
    }

    /// A connection to open: its number, and when, unless it is at once.
    struct Reconnection: Equatable {
        let id: Int
        var time: NIODeadline?
    }

    /// The action after replies were received.
    struct ReceiveAction {
        var deliveries: [Delivery<Waiter>] = []
        /// The error to close the connection with: a reply without a request, or the server refuses commands and all
        /// replies have been received.
        var closing: RedisError?
    }

    /// The action after a connection ended.
    struct EndAction {
        var deliveries: [Delivery<Waiter>] = []
        /// The next connection, if requests wait for it.
        var reconnection: Reconnection?
    }

    private var state = State.idle
    private var queue: RequestQueue<Waiter>
    private let backoff: RedisBackoff
    /// The interval at which the server is checked for accepting writes; nil for no check.
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

    /// Returns whether a check of whether the server accepts writes is due; the caller has to make it.
    mutating func takesProbe(now: NIODeadline) -> Bool {
        guard let probeInterval, case .ready = state, now - lastProbe >= TimeAmount(probeInterval) else { return false }
        lastProbe = now
        return true
    }

    /// Appends requests to the queue: all of them or none.
    mutating func submit(_ requests: [Request<Waiter>], now: NIODeadline) -> SubmitAction {
        switch state {
        case .closed:
            return .fail(RedisError(.closed, "the client is closed"))
        case .backingOff(let until, _, let cause) where now < until && !cause.isRefusal:
            return .fail(cause)
        case .idle, .connecting, .ready, .draining, .backingOff:
            guard queue.append(requests) else {
                return .fail(RedisError(.tooManyPending, "too many commands wait for their replies"))
            }
        }
        switch state {
        case .idle:
            return .connect(Reconnection(id: connect(failures: 0)))
        case .backingOff(let until, let failures, let cause):
            let id = connect(failures: failures, after: cause)
            return .connect(Reconnection(id: id, time: now < until ? until : nil))
        case .connecting where isTimerArmed, .draining where isTimerArmed:
            return .wait
        case .ready, .connecting, .draining, .closed:
            guard !isFlushScheduled else { return .wait }
            isFlushScheduled = true
            return .scheduleFlush
        }
    }

    private mutating func connect(failures: Int, after cause: RedisError? = nil) -> Int {
        lastID += 1
        state = .connecting(id: lastID, failures: failures, refusal: cause.flatMap { $0.isRefusal ? $0 : nil })
        return lastID
    }

    /// Removes all bytes to write now from the queue; nil if there are none, or no connection is ready.
    mutating func flush(now: NIODeadline, isAbandoned: (Waiter) -> Bool) -> ByteBuffer? {
        isFlushScheduled = false
        guard case .ready = state else { return nil }
        return queue.write(now: now, isAbandoned: isAbandoned)
    }

    /// Matches replies that a connection received to their requests.
    mutating func receive(
        _ replies: [RedisValue],
        on id: Int,
        now: NIODeadline
    ) -> ReceiveAction {
        switch state {
        case .ready(id, _, _), .draining(id, _, _): break
        case .idle, .connecting, .ready, .draining, .backingOff, .closed: return ReceiveAction()
        }
        var action = ReceiveAction()
        action.deliveries.reserveCapacity(replies.count)
        do throws(RedisError) {
            for reply in replies {
                if let delivery = try queue.receive(reply, now: now) { action.deliveries.append(delivery) }
            }
        } catch {
            action.closing = error
            return action
        }
        guard let refusal = queue.refusal else { return action }
        if case .ready(_, let start, let failures) = state {
            // A server that refuses soon after the connection was made is not asked again at once.
            let isNew = now - start < TimeAmount(backoff.maximum)
            state = .draining(id: id, failures: isNew ? failures + 1 : 0, refusal: refusal)
        }
        if !queue.hasWritten { action.closing = refusal }
        return action
    }

    // MARK: The connection

    /// Returns whether the connection of this number is still to be opened.
    func awaitsConnection(_ id: Int) -> Bool {
        if case .connecting(id, _, _) = state { true } else { false }
    }

    /// Handles a connection that is ready for use.
    ///
    /// - Returns: Whether it is the current one; any other is to be closed.
    mutating func connected(_ id: Int, now: NIODeadline) -> Bool {
        guard case .connecting(id, let failures, _) = state else { return false }
        state = .ready(id: id, since: now, failures: failures)
        lastProbe = now
        return true
    }

    /// Handles a connection that ended or could not be opened.
    ///
    /// - Parameters:
    ///   - id: The number of the connection; nothing happens if it is not the current one.
    ///   - error: The cause.
    ///   - now: The current time.
    ///   - chance: A random number from 0 to 1, for the backoff.
    ///   - isAbandoned: Returns whether a waiter no longer waits.
    /// - Returns: The failures of requests that are not sent again, and the next connection.
    mutating func ended(
        _ id: Int,
        error: RedisError,
        now: NIODeadline,
        chance: Double,
        isAbandoned: (Waiter) -> Bool
    ) -> EndAction {
        switch state {
        case .connecting(id, let failures, _):
            let deliveries = error.isRefusal ? [] : queue.fail(with: error)
            return EndAction(
                deliveries: deliveries,
                reconnection: backOff(after: error, failures: failures + 1, now, chance)
            )
        case .draining(id, let failures, let refusal) where failures > 0:
            let deliveries = queue.loseWritten(to: error, isAbandoned: isAbandoned)
            return EndAction(
                deliveries: deliveries,
                reconnection: backOff(after: refusal, failures: failures, now, chance)
            )
        case .ready(id, _, _), .draining(id, _, _):
            let deliveries = queue.loseWritten(to: error, isAbandoned: isAbandoned)
            guard queue.hasWaiting else {
                state = .idle
                return EndAction(deliveries: deliveries)
            }
            return EndAction(deliveries: deliveries, reconnection: Reconnection(id: connect(failures: 0)))
        case .idle, .connecting, .ready, .draining, .backingOff, .closed:
            return EndAction()
        }
    }

    /// Delays the next attempt to connect.
    ///
    /// - Returns: The next connection, if requests wait for it.
    private mutating func backOff(
        after cause: RedisError,
        failures: Int,
        _ now: NIODeadline,
        _ chance: Double
    ) -> Reconnection? {
        let end = now + TimeAmount(backoff.delay(afterFailures: failures, chance: chance))
        guard queue.hasWaiting else {
            state = .backingOff(until: end, failures: failures, cause: cause)
            return nil
        }
        return Reconnection(id: connect(failures: failures, after: cause), time: end)
    }

    /// Closes the machine; no event changes its state afterwards.
    mutating func close() -> [Delivery<Waiter>] {
        state = .closed
        return queue.fail(with: RedisError(.closed, "the client was closed"))
    }

    // MARK: Time

    /// Returns the time at which to call `expire`; nil if a call is scheduled already or no request is pending.
    mutating func armTimer() -> NIODeadline? {
        guard !isTimerArmed, let deadline = queue.nextDeadline else { return nil }
        isTimerArmed = true
        return deadline
    }

    /// Handles the time that `armTimer` returned.
    mutating func expire(now: NIODeadline) -> Expiry<Waiter> {
        isTimerArmed = false
        guard case .connecting(_, _, let refusal) = state else { return queue.expire(now: now) }
        return queue.expire(now: now, cause: refusal)
    }
}
