private import Foundation
internal import Synchronization

/// Lets a bounded number of tasks work at a time, and takes turns between those for whom they work.
///
/// The tasks of one key keep their order. Whoever has many waiting delays another key by one of them at most for each task
/// that may run. Heavy tasks that wait go after light ones, but for one in five.
final class FairScheduler: Sendable {
    /// How much work a task is.
    enum Load: Int, Sendable {
        case light, heavy
    }

    private let capacity: Int
    private let longestQueue: Int
    private let state = Mutex(State())

    private typealias Continuation = CheckedContinuation<Void, any Error>

    /// How many light tasks in a row go before a heavy one that waits.
    private static let mostLightInARow = 4

    /// Those who wait with tasks of one load.
    private struct Lane {
        /// Those who wait, by key, the longest wait first.
        var queues: [String: [(ticket: Int, continuation: Continuation)]] = [:]
        /// The keys for which somebody waits, in the order of their turns.
        var turns: [String] = []

        mutating func append(_ continuation: Continuation, _ ticket: Int, key: String) {
            if queues[key] == nil { turns.append(key) }
            queues[key, default: []].append((ticket, continuation))
        }

        /// Takes the next one who waits; the key's next task waits until every other key had its turn.
        mutating func popFirst() -> Continuation? {
            guard let key = turns.first else { return nil }
            let next = take(0, of: key)
            if queues[key] != nil {
                turns.removeFirst()
                turns.append(key)
            }
            return next
        }

        mutating func take(_ place: Int, of key: String) -> Continuation? {
            let taken = queues[key]?.remove(at: place)
            if queues[key]?.isEmpty != false {
                queues[key] = nil
                turns.removeAll { $0 == key }
            }
            return taken?.continuation
        }
    }

    private struct State {
        var running = 0
        var waiting = 0
        var lightInARow = 0
        var nextTicket = 0
        /// Those who wait, by the load of their tasks.
        var lanes = [Lane(), Lane()]
        /// Those who were told to wait and do not yet, each with whether it was cancelled meanwhile.
        var arriving: [Int: Bool] = [:]
    }

    /// A scheduler.
    ///
    /// - Parameters:
    ///   - capacity: How many tasks may work at a time, at least 1.
    ///   - longestQueue: How many may wait, over all keys.
    init(capacity: Int, longestQueue: Int) {
        self.capacity = capacity
        self.longestQueue = longestQueue
    }

    /// A scheduler for answers: as many at a time as there are processors, so that the database can still be read.
    static func forAnswers() -> FairScheduler {
        FairScheduler(capacity: min(4, max(2, ProcessInfo.processInfo.activeProcessorCount)), longestQueue: 1_000)
    }

    /// How many wait.
    var waiting: Int { state.withLock(\.waiting) }

    /// Runs `body` when it is the turn of its key.
    ///
    /// - Parameters:
    ///   - key: For whom the task works.
    ///   - load: How much work it is.
    ///   - body: The task.
    /// - Returns: What `body` returns.
    /// - Throws: `APIError.overloaded` if too many wait; `CancellationError` if the task was cancelled while it waited; what
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
        case .refused: throw APIError.overloaded
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
            // A place may have become free since the task was told to wait.
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
        let waits = state.lanes.map { !$0.turns.isEmpty }
        let isHeavyDue = state.lightInARow >= Self.mostLightInARow
        if waits[Load.heavy.rawValue], isHeavyDue || !waits[Load.light.rawValue] { return .heavy }
        return waits[Load.light.rawValue] ? .light : nil
    }
}
