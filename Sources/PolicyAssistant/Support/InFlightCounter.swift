internal import Synchronization

/// Counts those who are at work, for whoever waits until nobody is.
final class InFlightCounter: Sendable {
    private let state = Mutex(State())

    private struct State {
        var present = 0
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// Runs `body` and counts it in for as long as it runs.
    func counting<Result>(_ body: () async throws -> Result) async rethrows -> Result {
        state.withLock { $0.present += 1 }
        defer { leave() }
        return try await body()
    }

    /// Waits until nobody is at work.
    ///
    /// It does not heed cancellation: who waits here ends those who are at work first.
    func reachesZero() async {
        await withCheckedContinuation { continuation in
            let waits = state.withLock { state in
                guard state.present > 0 else { return false }
                state.waiting.append(continuation)
                return true
            }
            if !waits { continuation.resume() }
        }
    }

    private func leave() {
        let released = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.present -= 1
            guard state.present == 0 else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in released { continuation.resume() }
    }
}
