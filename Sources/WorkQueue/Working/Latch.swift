internal import Synchronization

/// Something that happens once, and that tasks wait for.
final class Latch: Sendable {
    private enum State {
        case closed([Int: CheckedContinuation<Void, Never>], next: Int)
        case open
    }

    private let state = Mutex(State.closed([:], next: 0))

    /// Whether it has happened.
    var isOpen: Bool {
        state.withLock { state in
            if case .open = state { true } else { false }
        }
    }

    /// Lets all tasks go on that wait, now or later.
    func open() {
        let waiting = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            defer { state = .open }
            return if case .closed(let waiting, _) = state { Array(waiting.values) } else { [] }
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Waits until it has happened, or the task is cancelled.
    func wait() async {
        let number = state.withLock { state -> Int in
            guard case .closed(let waiting, let next) = state else { return 0 }
            state = .closed(waiting, next: next + 1)
            return next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state -> Bool in
                    guard case .closed(var waiting, let next) = state, !Task.isCancelled else { return true }
                    waiting[number] = continuation
                    state = .closed(waiting, next: next)
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            let continuation = state.withLock { state -> CheckedContinuation<Void, Never>? in
                guard case .closed(var waiting, let next) = state else { return nil }
                defer { state = .closed(waiting, next: next) }
                return waiting.removeValue(forKey: number)
            }
            continuation?.resume()
        }
    }

    /// Runs `body`, and cancels it when this happens.
    ///
    /// - Returns: What `body` returns; nil if it was not finished.
    func cancelling<Result: Sendable>(
        _ body: @escaping @Sendable () async throws -> Result
    ) async throws -> Result? {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                await self.wait()
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
