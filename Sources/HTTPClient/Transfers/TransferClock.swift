/// The two deadlines of a transfer that libcurl is not asked to keep: of the whole, and of standing still.
///
/// libcurl counts a transfer as standing still that is paused because its reader is slow, hence this clock, which stops
/// for the pause. It is told what happens, and when.
struct TransferClock {
    typealias Instant = ContinuousClock.Instant

    private enum Motion {
        /// The request has not begun.
        case none
        case moving(since: Instant)
        /// The reader is behind.
        case paused
    }

    private let end: Instant?
    private let stall: Duration?
    private var motion = Motion.none

    init(_ timeouts: HTTPClientRequest.Timeouts, from begin: Instant) {
        end = timeouts.total.map { begin + $0 }
        stall = timeouts.stall
    }

    /// The connection is ready, or a byte moved; that does not end a pause.
    mutating func moved(at now: Instant) {
        if case .paused = motion { return }
        motion = .moving(since: now)
    }

    /// The reader is behind.
    mutating func paused() {
        motion = .paused
    }

    /// The reader has caught up.
    mutating func resumed(at now: Instant) {
        motion = .moving(since: now)
    }

    /// Until when nothing can run out, whatever happens meanwhile; nil: ever.
    func earliestExpiry(from now: Instant) -> Instant? {
        let stalled = stallDeadline ?? stall.map { now + $0 }
        return [end, stalled].compactMap(\.self).min()
    }

    /// What has run out, if anything.
    func expired(at now: Instant, progress: HTTPClientError.Progress) -> HTTPClientError? {
        if let end, end <= now {
            return HTTPClientError(.timedOut, "the transfer took too long", progress: progress)
        }
        if let stallDeadline, stallDeadline <= now {
            return HTTPClientError(.stalled, "the connection stood still for too long", progress: progress)
        }
        return nil
    }

    private var stallDeadline: Instant? {
        guard let stall, case .moving(let since) = motion else { return nil }
        return since + stall
    }
}
