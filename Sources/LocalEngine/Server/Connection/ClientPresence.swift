internal import Synchronization

/// Whether the client of a connection is still there.
final class ClientPresence: Sendable {
    private enum State {
        case present(waiting: [Int: AsyncStream<Never>.Continuation], next: Int)
        case gone
    }

    private let state = Mutex(State.present(waiting: [:], next: 0))

    /// Notes that the client has gone, and ends what was done for it.
    func hangUp() {
        let waiting = state.withLock { state in
            guard case .present(let waiting, _) = state else { return [AsyncStream<Never>.Continuation]() }
            state = .gone
            return Array(waiting.values)
        }
        for continuation in waiting { continuation.finish() }
    }

    /// Runs an operation, and cancels it if the client goes.
    ///
    /// - Throws: `CancellationError` if the client went first; what the operation throws.
    func whilePresent<Value: Sendable>(
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await operation() }
            group.addTask {
                await self.absence()
                return nil
            }
            defer { group.cancelAll() }
            guard let value = try await group.next() ?? nil else { throw CancellationError() }
            return value
        }
    }

    /// Waits until the client has gone, or the task is cancelled.
    private func absence() async {
        let (stream, continuation) = AsyncStream<Never>.makeStream()
        let ticket: Int? = state.withLock { state in
            guard case .present(var waiting, let next) = state else { return nil }
            waiting[next] = continuation
            state = .present(waiting: waiting, next: next + 1)
            return next
        }
        guard let ticket else { return }
        for await _ in stream {}
        state.withLock { state in
            guard case .present(var waiting, let next) = state else { return }
            waiting[ticket] = nil
            state = .present(waiting: waiting, next: next)
        }
    }
}
