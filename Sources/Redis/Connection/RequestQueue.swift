internal import DequeModule
internal import NIOCore

/// The requests of all callers in order: first those written and not yet answered, then those not yet written.
///
/// Redis answers in the order in which it was asked, so the oldest written request is the one that a reply belongs to.
/// All requests have the same timeout, so the oldest is also the first to expire.
///
/// Requests that the server refused without running them wait for the next connection, before all others. From the
/// first refusal on, repeatable requests are sent to the next server too, because this server's data may be old.
struct RequestQueue<Waiter: Sendable>: Sendable {
    private var written: Deque<Request<Waiter>> = []
    private var waiting: Deque<Request<Waiter>> = []
    /// The requests that were refused on this connection.
    private var refused: Deque<Request<Waiter>> = []
    /// The error with which the server refused the first of them.
    private(set) var refusal: RedisError?
    /// The number of replies due to all requests together; at most `maximumDueReplies`.
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

    /// Appends requests: all of them or, over the bound, none.
    ///
    /// - Returns: Whether there was room.
    mutating func append(_ requests: [Request<Waiter>]) -> Bool {
        let replies = requests.reduce(0) { $0 + $1.missingReplies }
        guard dueReplies + replies <= maximumDueReplies else { return false }
        dueReplies += replies
        waiting.append(contentsOf: requests)
        return true
    }

    /// Moves all waiting requests to the written ones and returns their bytes.
    ///
    /// - Parameters:
    ///   - now: The current time.
    ///   - isAbandoned: Returns whether a waiter no longer waits; its request is dropped.
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

    /// Matches a reply to the oldest written request.
    ///
    /// - Returns: The delivery, unless its request expired or is to be sent again.
    /// - Throws: ``RedisError`` with the code `protocolViolation` if no request is due a reply.
    mutating func receive(_ reply: RedisValue, now: NIODeadline) throws(RedisError) -> Delivery<Waiter>? {
        guard var request = written.popFirst() else {
            throw RedisError(.protocolViolation, "a reply arrived without a request")
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

    /// Fails the requests whose deadline has passed; written ones keep their place for the reply.
    ///
    /// - Parameters:
    ///   - now: The current time.
    ///   - cause: The error for requests that cannot be written; nil for a timeout.
    /// - Returns: The failures.
    mutating func expire(now: NIODeadline, cause: RedisError? = nil) -> Expiry<Waiter> {
        let error = RedisError(.timedOut, "no reply within the timeout")
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

    /// Removes the written requests, whose connection has ended.
    ///
    /// Repeatable requests go back to the front of the waiting ones, once, behind those that were refused. An error
    /// about a reply fails the oldest request, which that reply belongs to; for the others the connection is lost.
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

    /// Fails all requests.
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

/// The result of expiring requests.
struct Expiry<Waiter: Sendable>: Sendable {
    var deliveries: [Delivery<Waiter>] = []
    /// Whether the server has sent no reply since an expired request was written.
    var isStuck = false
}

extension Deque {
    /// Removes the requests at the front whose deadline has passed.
    fileprivate mutating func takeExpired<Waiter>(_ now: NIODeadline) -> [Request<Waiter>]
    where Element == Request<Waiter> {
        var expired: [Request<Waiter>] = []
        while let request = first, request.deadline <= now { expired.append(removeFirst()) }
        return expired
    }
}

extension RedisError {
    /// Whether the error concerns one reply and not the connection.
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
