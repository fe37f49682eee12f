internal import Synchronization

/// A gate that is closed at first, and that others wait at until it is opened.
public final class Gate: Sendable {
    private enum State {
        case pending([Int: CheckedContinuation<Void, Never>], next: Int)
        case opened
    }

    private let state = Mutex(State.pending([:], next: 0))

    /// Creates a closed gate.
    public init() {}

    /// Whether it has been opened.
    public var isOpen: Bool {
        state.withLock { state in
            if case .opened = state { true } else { false }
        }
    }

    /// Lets all go on that wait, now or later.
    public func open() {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            defer { state = .opened }
            return if case .pending(let waiting, _) = state { Array(waiting.values) } else { [] }
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until the gate is open, or for the task to be cancelled.
    public func wait() async {
        let id = state.withLock { state -> Int in
            guard case .pending(let waiting, let next) = state else { return 0 }
            state = .pending(waiting, next: next + 1)
            return next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state -> Bool in
                    guard case .pending(var waiting, let next) = state, !Task.isCancelled else { return true }
                    waiting[id] = continuation
                    state = .pending(waiting, next: next)
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard case .pending(var waiting, let next) = state else { return nil }
                defer { state = .pending(waiting, next: next) }
                return waiting.removeValue(forKey: id)
            }
            continuation?.resume()
        }
    }
}
