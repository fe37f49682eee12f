internal import Synchronization

/// Permits for work that takes a processor; callers wait for one in the order in which they came.
final class Slots: Sendable {
    private let state: Mutex<State>
    private let maximumWaiting: Int

    private struct State {
        var free: Int
        var next = 0
        var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    /// Creates permits.
    ///
    /// - Parameters:
    ///   - count: How many callers work at a time.
    ///   - maximumWaiting: How many wait; others are refused.
    init(_ count: Int, maximumWaiting: Int) {
        state = Mutex(State(free: count))
        self.maximumWaiting = maximumWaiting
    }

    /// Runs `body` with a permit.
    ///
    /// - Throws: What `body` throws; ``VoiceError`` with code `busy` if too many wait, `cancelled` if the caller's task is
    ///   cancelled while it waits.
    func withSlot<Result: Sendable>(
        _ body: () async throws(VoiceError) -> Result
    ) async throws(VoiceError) -> Result {
        guard try await acquire() else { throw VoiceError(.cancelled, "The request was cancelled.") }
        defer { release() }
        return try await body()
    }

    private enum Place { case free, full, number(Int) }

    /// Waits for a permit; false if the task was cancelled.
    private func acquire() async throws(VoiceError) -> Bool {
        let place = state.withLock { state -> Place in
            if state.free > 0 {
                state.free -= 1
                return .free
            }
            guard state.waiting.count < maximumWaiting else { return .full }
            state.next += 1
            return .number(state.next)
        }
        switch place {
        case .free: return true
        case .full:
            throw VoiceError(.busy, "Too many recordings are being worked on. Try again.", retryAfter: .seconds(5))
        case .number(let number): return await wait(number)
        }
    }

    private func wait(_ number: Int) async -> Bool {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let outcome = state.withLock { state -> Bool? in
                    if Task.isCancelled { return false }
                    // A permit may have become free in between.
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append((number, continuation))
                    return nil
                }
                if let outcome { continuation.resume(returning: outcome) }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                state.waiting.firstIndex { $0.number == number }.map { state.waiting.remove(at: $0).continuation }
            }
            continuation?.resume(returning: false)
        }
    }

    private func release() {
        let continuation = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        continuation?.resume(returning: true)
    }
}
