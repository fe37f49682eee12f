internal import Synchronization

/// A clock on which every wait is over at once, the time having moved on by as much; it remembers the waits.
public final class SelfAdvancingClock: Clock {
    /// A moment, as the time since the clock was made.
    public struct Instant: InstantProtocol {
        fileprivate var offset: Duration

        /// The moment this much later.
        public func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }

        /// The time from here to there.
        public func duration(to other: Instant) -> Duration { other.offset - offset }

        /// Whether one moment is before the other.
        public static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private struct State {
        var now = Instant(offset: .zero)
        var waits: [Duration] = []
    }

    private let start: Gate?
    private let state = Mutex(State())

    /// Creates a clock.
    ///
    /// - Parameter start: What all waits wait for first, if anything: until it is open, time stands still.
    public init(start: Gate? = nil) {
        self.start = start
    }

    /// The present moment.
    public var now: Instant { state.withLock(\.now) }

    /// The finest step.
    public var minimumResolution: Duration { .nanoseconds(1) }

    /// How long all the waits so far were, in order.
    public var waits: [Duration] { state.withLock(\.waits) }

    /// Moves the time on by itself, as work does that takes a while.
    public func advance(by duration: Duration) {
        state.withLock { $0.now = $0.now.advanced(by: duration) }
    }

    /// Moves the time on to the deadline, and returns.
    public func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        await start?.wait()
        try Task.checkCancellation()
        state.withLock { state in
            state.waits.append(state.now.duration(to: deadline))
            state.now = max(state.now, deadline)
        }
    }
}
