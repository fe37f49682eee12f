/// How long a connection's caller still has for what is its turn to do.
///
/// It is the caller's turn while a request is on its way, between requests, and while an answer waits to be taken; while
/// the server works on an answer there is no limit here, however long that takes.
struct ConnectionDeadlines {
    typealias Instant = ContinuousClock.Instant

    private let limits: ConnectionLimits
    /// Requests whose heads have come and whose answers have not ended.
    private var requests = 0
    /// Whether the body of the last request is still on its way.
    private var isBodyOpen = false
    /// Whether the head of the current request's answer is out.
    private var isAnswering = false
    private var requestDeadline: Instant?
    private var stallDeadline: Instant?
    /// When the server stops waiting for callers, as it ends.
    private var endDeadline: Instant?

    init(limits: ConnectionLimits, openedAt now: Instant) {
        self.limits = limits
        requestDeadline = now + limits.request
    }

    /// When the caller's time is up; nil while it is not the caller's turn.
    var deadline: Instant? {
        let deadlines = [requestDeadline, stallDeadline].compactMap(\.self)
        return deadlines.isEmpty ? nil : (deadlines + [endDeadline].compactMap(\.self)).min()
    }

    /// Whether the caller of a request whose head has come may be told what is wrong: no answer is being made, and none
    /// has to be made before.
    var canRefuse: Bool { requests == 1 && !isAnswering }

    /// Whether the server is about to end.
    var isServerEnding: Bool { endDeadline != nil }

    /// The server takes no more connections, and waits for what callers still have to do no longer than `grace`.
    mutating func serverEnds(at now: Instant, grace: Duration) {
        endDeadline = endDeadline ?? now + grace
    }

    mutating func receivedHead(at now: Instant) {
        requests += 1
        isBodyOpen = true
        // One that came before its turn waits in the server, not for its caller.
        requestDeadline = requests == 1 ? now + limits.request : nil
    }

    mutating func receivedEnd(at now: Instant) {
        isBodyOpen = false
        requestDeadline = requests == 0 ? now + limits.idle : nil
    }

    mutating func sentHead() {
        isAnswering = true
    }

    mutating func sentEnd(at now: Instant) {
        isAnswering = false
        requests = max(0, requests - 1)
        switch (requests, isBodyOpen) {
        // An answer that did not wait for the request's end does not give its caller more time for that.
        case (0, true): requestDeadline = requestDeadline ?? now + limits.request
        case (0, false): requestDeadline = now + limits.idle
        case (1, true): requestDeadline = now + limits.request
        default: requestDeadline = nil
        }
    }

    /// The caller takes what is sent, or leaves so much lying that nothing more is sent.
    mutating func becameWritable(_ isWritable: Bool, at now: Instant) {
        stallDeadline = isWritable ? nil : now + limits.stall
    }
}
