internal import Synchronization

/// The wait of one call for its replies, which ends with the last reply or with the cancellation of the calling task.
final class ReplyWaiter: Sendable {
    typealias Outcomes = [Result<RedisValue, RedisError>]

    private struct State {
        var outcomes: [Result<RedisValue, RedisError>?]
        var missing: Int
        var continuation: CheckedContinuation<Outcomes, Never>?
        var isOver = false
    }

    private let state: Mutex<State>

    init(replyCount: Int) {
        state = Mutex(State(outcomes: Array(repeating: nil, count: replyCount), missing: replyCount))
    }

    /// Whether the wait has ended.
    var isOver: Bool {
        state.withLock { $0.isOver }
    }

    /// Begins the wait.
    ///
    /// - Returns: False if the task was cancelled before: it is resumed at once, and nothing is to be sent.
    func begin(_ continuation: CheckedContinuation<Outcomes, Never>) -> Bool {
        let cancelled: Outcomes? = state.withLock { state in
            guard state.isOver else {
                state.continuation = continuation
                return nil
            }
            return Self.cancelled(state)
        }
        guard let cancelled else { return true }
        continuation.resume(returning: cancelled)
        return false
    }

    /// Stores an outcome; the last one resumes the caller.
    ///
    /// A transaction that is sent again may deliver to a slot twice.
    func deliver(_ outcome: Result<RedisValue, RedisError>, to slot: Int) {
        let ending: (CheckedContinuation<Outcomes, Never>, Outcomes)? = state.withLock { state in
            guard !state.isOver else { return nil }
            if state.outcomes[slot] == nil { state.missing -= 1 }
            state.outcomes[slot] = outcome
            guard state.missing == 0, let continuation = state.continuation.take() else { return nil }
            state.isOver = true
            return (continuation, state.outcomes.compactMap(\.self))
        }
        ending?.0.resume(returning: ending?.1 ?? [])
    }

    /// Ends the wait because the calling task was cancelled.
    func cancel() {
        let ending: (CheckedContinuation<Outcomes, Never>?, Outcomes)? = state.withLock { state in
            guard !state.isOver else { return nil }
            state.isOver = true
            return (state.continuation.take(), Self.cancelled(state))
        }
        ending?.0?.resume(returning: ending?.1 ?? [])
    }

    private static func cancelled(_ state: borrowing State) -> Outcomes {
        let error = RedisError(.cancelled, "the calling task was cancelled")
        return Array(repeating: .failure(error), count: state.outcomes.count)
    }
}
