/// The time limits of a connection.
struct ConnectionLimits: Sendable {
    /// The time from the opening to the first request's head, and from a request's head to the end of its body.
    var request = Duration.seconds(30)
    /// The time from the end of a response to the next request's head; longer than proxies keep idle connections.
    var idle = Duration.seconds(75)
    /// The time for which a client may not read from a response.
    var stall = Duration.seconds(30)

    /// Creates limits with one time for requests and stalls.
    init(callerTimeout: Duration) {
        request = callerTimeout
        stall = callerTimeout
    }
}

/// The deadlines of a connection's client.
///
/// A deadline is set while the server waits for the client: for the rest of a request, for the next request, and for
/// the client to read a response. While the server produces a response, there is none.
struct ConnectionDeadlines {
    typealias Instant = ContinuousClock.Instant

    private let limits: ConnectionLimits
    /// The requests whose heads were received and whose responses are incomplete.
    private var requests = 0
    /// Whether the body of the last request is incomplete.
    private var isBodyOpen = false
    /// Whether the head of the current response was sent.
    private var isResponding = false
    private var requestDeadline: Instant?
    private var stallDeadline: Instant?
    /// When a server that shuts down stops waiting for clients.
    private var shutdownDeadline: Instant?

    init(limits: ConnectionLimits, openedAt now: Instant) {
        self.limits = limits
        requestDeadline = now + limits.request
    }

    /// The next deadline of the client; nil while the server does not wait for it.
    var deadline: Instant? {
        let deadlines = [requestDeadline, stallDeadline].compactMap(\.self)
        return deadlines.isEmpty ? nil : (deadlines + [shutdownDeadline].compactMap(\.self)).min()
    }

    /// Whether the incomplete request can be refused: no other response is due before, and none has begun.
    var canRefuse: Bool { requests == 1 && !isResponding }

    /// Whether the server is shutting down.
    var isShuttingDown: Bool { shutdownDeadline != nil }

    /// The server begins to shut down, and waits for clients no longer than `grace`.
    mutating func beginShutdown(at now: Instant, grace: Duration) {
        shutdownDeadline = shutdownDeadline ?? now + grace
    }

    mutating func receivedHead(at now: Instant) {
        requests += 1
        isBodyOpen = true
        // A pipelined request waits for the server, not for the client.
        requestDeadline = requests == 1 ? now + limits.request : nil
    }

    mutating func receivedEnd(at now: Instant) {
        isBodyOpen = false
        requestDeadline = requests == 0 ? now + limits.idle : nil
    }

    mutating func sentHead() {
        isResponding = true
    }

    mutating func sentEnd(at now: Instant) {
        isResponding = false
        requests = max(0, requests - 1)
        switch (requests, isBodyOpen) {
        // A response before the request's end does not extend the deadline of the request.
        case (0, true): requestDeadline = requestDeadline ?? now + limits.request
        case (0, false): requestDeadline = now + limits.idle
        case (1, true): requestDeadline = now + limits.request
        default: requestDeadline = nil
        }
    }

    /// The connection's output buffer falls below its low watermark, or exceeds the high one.
    mutating func becameWritable(_ isWritable: Bool, at now: Instant) {
        stallDeadline = isWritable ? nil : now + limits.stall
    }
}
