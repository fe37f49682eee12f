/// The two deadlines of a transfer that are not libcurl's: the total timeout, and the stall timeout.
///
/// libcurl's own stall timeout also applies to a transfer that is paused because its reader is behind; this one stops
/// during a pause. Events come with their times.
struct TransferClock {
    typealias Instant = ContinuousClock.Instant

    private enum Motion {
        /// The request was not sent yet.
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

    /// The connection is ready, or bytes were transferred, which does not end a pause.
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

    /// The earliest time at which a deadline can pass, whatever happens until then; nil for none.
    func earliestExpiry(from now: Instant) -> Instant? {
        let stalled = stallDeadline ?? stall.map { now + $0 }
        return [end, stalled].compactMap(\.self).min()
    }

    /// The error of a deadline that has passed, if any.
    func expired(at now: Instant, progress: HTTPClientError.Progress) -> HTTPClientError? {
        if let end, end <= now {
            return HTTPClientError(.timedOut, "the transfer took longer than its total timeout", progress: progress)
        }
        if let stallDeadline, stallDeadline <= now {
            return HTTPClientError(.stalled, "the connection stalled for longer than its timeout", progress: progress)
        }
        return nil
    }

    private var stallDeadline: Instant? {
        guard let stall, case .moving(let since) = motion else { return nil }
        return since + stall
    }
}
