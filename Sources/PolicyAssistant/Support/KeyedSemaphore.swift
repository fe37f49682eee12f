internal import DequeModule
internal import Synchronization

/// What a ``KeyedSemaphore`` throws where too many wait already.
struct QueueFull: Error {}

/// Lets at most so many through for each key at a time; the others wait in the order in which they came.
///
/// A key that nobody uses takes no memory.
final class KeyedSemaphore<Key: Hashable & Sendable>: Sendable {
    private let capacity: Int
    private let longestLine: Int
    private let lines = Mutex<[Key: Line]>([:])

    private enum Outcome { case waits, admitted, cancelled, cancelledInside }

    private struct Line {
        var inside = 0
        var nextTicket = 0
        /// Those who wait, in order; without a continuation those who drew their place and have not come yet.
        var waiting: Deque<(ticket: Int, continuation: CheckedContinuation<Void, any Error>?)> = []
        /// Those who were let through before they came.
        var called: Set<Int> = []

        func place(of ticket: Int) -> Int? { waiting.firstIndex { $0.ticket == ticket } }
    }

    /// A place in the line of a key; whoever drew it has to enter with it, once.
    struct Place: Sendable {
        fileprivate let key: Key
        /// Nil for one who may enter at once.
        fileprivate let ticket: Int?
    }

    /// - Parameters:
    ///   - capacity: How many are let through for a key at a time.
    ///   - longestLine: How many may wait for a key.
    init(capacity: Int, longestLine: Int) {
        self.capacity = capacity
        self.longestLine = longestLine
    }

    /// How many wait, over all keys.
    var waiting: Int { lines.withLock { $0.values.reduce(0) { $0 + $1.waiting.count } } }

    /// Takes a place in the line, so that the order is settled before the waiting begins.
    func draw(_ key: Key) throws(QueueFull) -> Place {
        try lines.withLock { lines throws(QueueFull) -> Place in
            var line = lines[key] ?? Line()
            defer { lines[key] = line }
            if line.inside < capacity {
                line.inside += 1
                return Place(key: key, ticket: nil)
            }
            guard line.waiting.count < longestLine else { throw QueueFull() }
            line.nextTicket += 1
            line.waiting.append((line.nextTicket, nil))
            return Place(key: key, ticket: line.nextTicket)
        }
    }

    /// Runs `body` when it is the caller's turn.
    ///
    /// - Throws: What `body` throws, ``QueueFull``, or `CancellationError` for a caller that was cancelled in the line.
    func pass<Result>(_ key: Key, _ body: () async throws -> Result) async throws -> Result {
        try await pass(draw(key), body)
    }

    /// Runs `body` when it is the turn of a place.
    ///
    /// - Throws: What `body` throws, or `CancellationError` for a caller that was cancelled in the line.
    func pass<Result>(_ place: Place, _ body: () async throws -> Result) async throws -> Result {
        try await enter(place)
        defer { leave(place.key) }
        return try await body()
    }

    /// Waits for the caller's turn; each caller that entered has to leave.
    func enter(_ key: Key) async throws {
        try await enter(draw(key))
    }

    /// Lets the next one through.
    func leave(_ key: Key) {
        let next = lines.withLock { lines -> CheckedContinuation<Void, any Error>? in
            guard var line = lines[key] else { return nil }
            let next = line.waiting.popFirst()
            if let next {
                if next.continuation == nil { line.called.insert(next.ticket) }
            } else {
                line.inside -= 1
            }
            lines[key] = line.inside == 0 ? nil : line
            return next?.continuation
        }
        next?.resume()
    }

    private func enter(_ place: Place) async throws {
        guard let ticket = place.ticket else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                stand(in: place.key, with: ticket, continuation)
            }
        } onCancel: {
            give(up: ticket, in: place.key)
        }
    }

    private func stand(in key: Key, with ticket: Int, _ continuation: CheckedContinuation<Void, any Error>) {
        let outcome = lines.withLock { lines -> Outcome in
            let wasCalled = lines[key]?.called.remove(ticket) != nil
            if Task.isCancelled {
                if let place = lines[key]?.place(of: ticket) { lines[key]?.waiting.remove(at: place) }
                return wasCalled ? .cancelledInside : .cancelled
            }
            guard !wasCalled, let place = lines[key]?.place(of: ticket) else { return .admitted }
            lines[key]?.waiting[place].continuation = continuation
            return .waits
        }
        switch outcome {
        case .waits: break
        case .admitted: continuation.resume()
        case .cancelled: continuation.resume(throwing: CancellationError())
        case .cancelledInside:
            leave(key)
            continuation.resume(throwing: CancellationError())
        }
    }

    /// One who does not stand in the line yet learns of the cancellation when he comes.
    private func give(up ticket: Int, in key: Key) {
        let continuation = lines.withLock { lines -> CheckedContinuation<Void, any Error>? in
            guard let place = lines[key]?.place(of: ticket) else { return nil }
            guard let continuation = lines[key]?.waiting[place].continuation else { return nil }
            lines[key]?.waiting.remove(at: place)
            return continuation
        }
        continuation?.resume(throwing: CancellationError())
    }
}
