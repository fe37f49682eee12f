internal import DequeModule
internal import NIOCore

/// The requests of all callers in order: first those written and not yet answered, then those not yet written.
///
/// Redis answers in the order in which it was asked, so the oldest written request is the one that a reply belongs to.
/// All requests have the same timeout, so the oldest is also the first to expire.
///
/// Requests that the server refused without running them wait for the next connection, before all others. From the first
/// refusal on, what may run twice is not taken from this server any more either: its data may be old.
struct RequestQueue<Waiter: Sendable>: Sendable {
    private var written: Deque<Request<Waiter>> = []
    private var waiting: Deque<Request<Waiter>> = []
    /// Those that were refused on this connection.
    private var refused: Deque<Request<Waiter>> = []
    /// Why the server of this connection refused the first of them.
    private(set) var refusal: RedisError?
    /// How many replies are due to all requests together; bounded.
    private(set) var dueReplies = 0
    private let maximumDueReplies: Int
    private var lastReply: NIODeadline?

    init(maximumDueReplies: Int) {
        self.maximumDueReplies = maximumDueReplies
    }

    var isEmpty: Bool {
        written.isEmpty && waiting.isEmpty && refused.isEmpty
    }

    var hasWaiting: Bool {
        !waiting.isEmpty
    }

    /// Whether replies are due on the connection.
    var hasWritten: Bool {
        !written.isEmpty
    }

    /// Puts requests at the end, all of them or, over the bound, none.
    ///
    /// - Returns: Whether there was room.
    mutating func append(_ requests: [Request<Waiter>]) -> Bool {
        let replies = requests.reduce(0) { $0 + $1.missingReplies }
        guard dueReplies + replies <= maximumDueReplies else { return false }
        dueReplies += replies
        waiting.append(contentsOf: requests)
        return true
    }

    /// Takes all that waits to be written, as the bytes of one write.
    ///
    /// - Parameters:
    ///   - now: The present.
    ///   - isAbandoned: Whether nobody waits any more; such a request is left out.
    /// - Returns: The bytes, or nil if there are none.
    mutating func write(now: NIODeadline, isAbandoned: (Waiter) -> Bool) -> ByteBuffer? {
        var bytes: ByteBuffer?
        while var request = waiting.popFirst() {
            if isAbandoned(request.waiter) {
                dueReplies -= request.missingReplies
                continue
            }
            bytes.append(request.commands.bytes)
            request.writtenAt = now
            written.append(request)
        }
        return bytes
    }

    /// Finds whom a reply is for.
    ///
    /// - Returns: The delivery, unless its request expired or is to be sent again.
    /// - Throws: ``RedisError`` with the code `protocolViolation` if nobody asked for the reply.
    mutating func receive(_ reply: RedisValue, now: NIODeadline) throws(RedisError) -> Delivery<Waiter>? {
        guard var request = written.popFirst() else {
            throw RedisError(.protocolViolation, "a reply came that nobody asked for")
        }
        lastReply = now
        dueReplies -= 1
        let slot = request.firstSlot + request.replies
        request.replies += 1
        note(reply.outcome, of: &request)
        if request.missingReplies > 0 {
            written.prepend(request)
        } else if request.isRefused, !request.isExpired {
            dueReplies += request.commands.replyCount
            refused.append(request.unsent)
        }
        let isWanted = !request.isExpired && !request.isRefused
        return isWanted ? Delivery(waiter: request.waiter, slot: slot, outcome: reply.outcome) : nil
    }

    private mutating func note(_ outcome: Result<RedisValue, RedisError>, of request: inout Request<Waiter>) {
        if case .failure(let error) = outcome, error.isRefusal {
            refusal = refusal ?? error
            request.isRefused = true
        } else if refusal != nil, request.commands.isRepeatable {
            request.isRefused = true
        }
    }

    /// Ends the wait of requests whose time is over; those written keep their place.
    ///
    /// - Parameters:
    ///   - now: The time.
    ///   - cause: Why requests are not being written, where that is known.
    /// - Returns: The requests whose time is over, with their errors.
    mutating func expire(now: NIODeadline, cause: RedisError? = nil) -> Expiry<Waiter> {
        let error = RedisError(.timedOut, "no reply came in time")
        var expiry = Expiry<Waiter>()
        for index in written.indices {
            guard written[index].deadline <= now else { break }
            guard !written[index].isExpired else { continue }
            written[index].isExpired = true
            expiry.deliveries += written[index].failures(error)
            if lastReply ?? .distantPast < written[index].writtenAt ?? now { expiry.isStuck = true }
        }
        let reason = refusal ?? cause ?? error
        for request in refused.takeExpired(now) + waiting.takeExpired(now) {
            dueReplies -= request.missingReplies
            expiry.deliveries += request.failures(reason)
        }
        return expiry
    }

    /// The time at which the next request expires.
    var nextDeadline: NIODeadline? {
        [written.first { !$0.isExpired }, refused.first, waiting.first].compactMap { $0?.deadline }.min()
    }

    /// Gives up the written requests, whose replies will not come any more.
    ///
    /// Those that may run twice go back to the front of what waits, once, behind those that were refused. An error that is about a reply is the end of
    /// the oldest request, which that reply was for; to the others it is a loss like any other.
    mutating func loseWritten(to error: RedisError, isAbandoned: (Waiter) -> Bool) -> [Delivery<Waiter>] {
        var deliveries: [Delivery<Waiter>] = []
        var error = error
        if error.isAboutReply {
            if let request = written.popFirst() { deliveries += drop(request, error, isAbandoned) }
            error = RedisError(.connectionLost, error.message)
        }
        var retries: Deque<Request<Waiter>> = []
        while let request = written.popFirst() {
            guard let retry = request.retry, !isAbandoned(request.waiter) else {
                deliveries += drop(request, error, isAbandoned)
                continue
            }
            dueReplies += retry.missingReplies - request.missingReplies
            retries.append(retry)
        }
        waiting = refused + retries + waiting
        refused = []
        refusal = nil
        return deliveries
    }

    private mutating func drop(
        _ request: Request<Waiter>,
        _ error: RedisError,
        _ isAbandoned: (Waiter) -> Bool
    ) -> [Delivery<Waiter>] {
        dueReplies -= request.missingReplies
        return request.isExpired || isAbandoned(request.waiter) ? [] : request.failures(error)
    }

    /// Gives up all requests.
    mutating func fail(with error: RedisError) -> [Delivery<Waiter>] {
        defer {
            written = []
            waiting = []
            refused = []
            refusal = nil
            dueReplies = 0
        }
        return (written + refused + waiting).filter { !$0.isExpired }.flatMap { $0.failures(error) }
    }
}

/// What came of the passing of time.
struct Expiry<Waiter: Sendable>: Sendable {
    var deliveries: [Delivery<Waiter>] = []
    /// Whether the server answered nothing at all since a request was written that has now expired.
    var isStuck = false
}

extension Deque {
    /// Takes the requests from the front whose time is over.
    fileprivate mutating func takeExpired<Waiter>(_ now: NIODeadline) -> [Request<Waiter>]
    where Element == Request<Waiter> {
        var expired: [Request<Waiter>] = []
        while let request = first, request.deadline <= now { expired.append(removeFirst()) }
        return expired
    }
}

extension RedisError {
    /// Whether it says something of one reply, not of the connection.
    fileprivate var isAboutReply: Bool {
        code == .replyTooLarge || code == .protocolViolation
    }
}

extension ByteBuffer? {
    /// Appends bytes, without a copy if they are the only ones.
    fileprivate mutating func append(_ bytes: ByteBuffer) {
        if self?.writeImmutableBuffer(bytes) == nil { self = bytes }
    }
}
