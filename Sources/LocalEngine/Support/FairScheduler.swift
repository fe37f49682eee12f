private import Foundation
internal import Synchronization

/// Lets a bounded number of tasks run at a time, and alternates between the keys for which they run.
///
/// The tasks of one key keep their order. A key with many waiting tasks delays another key by at most one of them for each
/// task that may run. Waiting heavy tasks run after light ones, except for one in five.
final class FairScheduler: Sendable {
    /// Too many tasks wait.
    struct QueueFull: Error {}

    /// How much work a task is.
    enum Load: Int, Sendable {
        case light, heavy
    }

    private let capacity: Int
    private let longestQueue: Int
    private let state = Mutex(State())

    private typealias Continuation = CheckedContinuation<Void, any Error>

    /// How many light tasks in a row go before a heavy one that waits.
    private static let maximumLightInARow = 4

    /// The waiting tasks of one load.
    private struct Lane {
        /// The waiting tasks, by key, the longest wait first.
        var queues: [String: [(ticket: Int, continuation: Continuation)]] = [:]
        /// The keys that have waiting tasks, in the order in which they are served.
        var order: [String] = []

        mutating func append(_ continuation: Continuation, _ ticket: Int, key: String) {
            if queues[key] == nil { order.append(key) }
            queues[key, default: []].append((ticket, continuation))
        }

        /// Removes the next waiting task; the key's following task waits until every other key has been served.
        mutating func popFirst() -> Continuation? {
            guard let key = order.first else { return nil }
            let next = take(0, of: key)
            if queues[key] != nil {
                order.removeFirst()
                order.append(key)
            }
            return next
        }

        mutating func take(_ place: Int, of key: String) -> Continuation? {
            let taken = queues[key]?.remove(at: place)
            if queues[key]?.isEmpty != false {
                queues[key] = nil
                order.removeAll { $0 == key }
            }
            return taken?.continuation
        }
    }

    private struct State {
        var running = 0
        var waiting = 0
        var lightInARow = 0
        var nextTicket = 0
        /// The waiting tasks, by their load.
        var lanes = [Lane(), Lane()]
        /// The tasks that are about to wait, each with whether it has been cancelled meanwhile.
        var arriving: [Int: Bool] = [:]
    }

    /// Creates a scheduler.
    ///
    /// - Parameters:
    ///   - capacity: How many tasks may run at a time, at least 1.
    ///   - longestQueue: How many may wait, over all keys.
    init(capacity: Int, longestQueue: Int) {
        self.capacity = capacity
        self.longestQueue = longestQueue
    }

    /// A scheduler for answers: one for each processor, 2 to 4, so that the database can still be read.
    static func forAnswers() -> FairScheduler {
        FairScheduler(capacity: min(4, max(2, ProcessInfo.processInfo.activeProcessorCount)), longestQueue: 1_000)
    }

    /// How many tasks wait.
    var waiting: Int { state.withLock(\.waiting) }

    /// Runs `body` once its key is served.
    ///
    /// - Parameters:
    ///   - key: The user or conversation for which the task runs.
    ///   - load: How much work it is.
    ///   - body: The task.
    /// - Returns: What `body` returns.
    /// - Throws: `QueueFull` if too many wait; `CancellationError` if the task was cancelled while it waited; what
    ///   `body` throws.
    func run<Result>(
        for key: String,
        _ load: Load = .light,
        _ body: () async throws -> Result
    ) async throws -> Result {
        try await enter(key, load)
        defer { leave() }
        return try await body()
    }

    private enum Entry { case admitted, refused, waits(ticket: Int) }

    private func enter(_ key: String, _ load: Load) async throws {
        let entry = state.withLock { state -> Entry in
            if state.running < capacity {
                start(load, &state)
                return .admitted
            }
            guard state.waiting < longestQueue else { return .refused }
            state.waiting += 1
            state.nextTicket += 1
            state.arriving[state.nextTicket] = false
            return .waits(ticket: state.nextTicket)
        }
        switch entry {
        case .admitted: return
        case .refused: throw QueueFull()
        case .waits(let ticket):
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { wait(for: key, load, ticket, $0) }
            } onCancel: {
                cancel(ticket, of: key, load)
            }
        }
    }

    private func start(_ load: Load, _ state: inout State) {
        state.running += 1
        state.lightInARow = load == .light ? state.lightInARow + 1 : 0
    }

    private func wait(for key: String, _ load: Load, _ ticket: Int, _ continuation: Continuation) {
        let outcome = state.withLock { state -> Result<Void, any Error>? in
            let isCancelled = state.arriving.removeValue(forKey: ticket) == true
            // A place may have become free before the task began to wait.
            guard isCancelled || state.running < capacity else {
                state.lanes[load.rawValue].append(continuation, ticket, key: key)
                return nil
            }
            state.waiting -= 1
            if isCancelled { return .failure(CancellationError()) }
            start(load, &state)
            return .success(())
        }
        if let outcome { continuation.resume(with: outcome) }
    }

    private func cancel(_ ticket: Int, of key: String, _ load: Load) {
        let continuation = state.withLock { state -> Continuation? in
            let queue = state.lanes[load.rawValue].queues[key]
            guard let place = queue?.firstIndex(where: { $0.ticket == ticket }) else {
                if state.arriving[ticket] != nil { state.arriving[ticket] = true }
                return nil
            }
            state.waiting -= 1
            return state.lanes[load.rawValue].take(place, of: key)
        }
        continuation?.resume(throwing: CancellationError())
    }

    private func leave() {
        let next = state.withLock { state -> Continuation? in
            state.running -= 1
            guard let load = nextLoad(state) else { return nil }
            state.waiting -= 1
            start(load, &state)
            return state.lanes[load.rawValue].popFirst()
        }
        next?.resume()
    }

    /// The load of the task that is to begin next; nil if none waits.
    private func nextLoad(_ state: borrowing State) -> Load? {
        let waits = state.lanes.map { !$0.order.isEmpty }
        let isHeavyDue = state.lightInARow >= Self.maximumLightInARow
        if waits[Load.heavy.rawValue], isHeavyDue || !waits[Load.light.rawValue] { return .heavy }
        return waits[Load.light.rawValue] ? .light : nil
    }
}
