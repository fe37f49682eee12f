internal import DequeModule
internal import Synchronization

/// What a ``Turnstile`` throws where too many wait already.
struct LineTooLong: Error {}

/// Lets at most so many through for each key at a time; the others wait in the order in which they came.
///
/// A key that nobody uses takes no memory.
final class Turnstile<Key: Hashable & Sendable>: Sendable {
    private let capacity: Int
    private let longestLine: Int
    private let lines = Mutex<[Key: Line]>([:])

    private enum Outcome { case waits, admitted, cancelled }

    private struct Line {
        var inside = 0
        var nextTicket = 0
        var waiting: Deque<(ticket: Int, continuation: CheckedContinuation<Void, any Error>)> = []
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

    /// Runs `body` when it is the caller's turn.
    ///
    /// - Throws: What `body` throws, ``LineTooLong``, or `CancellationError` for a caller that was cancelled in the line.
    func pass<Result>(_ key: Key, _ body: () async throws -> Result) async throws -> Result {
        try await enter(key)
        defer { leave(key) }
        return try await body()
    }

    /// Waits for the caller's turn; each caller that entered has to leave.
    func enter(_ key: Key) async throws {
        let ticket = try lines.withLock { lines throws(LineTooLong) -> Int? in
            var line = lines[key] ?? Line()
            defer { lines[key] = line }
            if line.inside < capacity {
                line.inside += 1
                return nil
            }
            guard line.waiting.count < longestLine else { throw LineTooLong() }
            line.nextTicket += 1
            return line.nextTicket
        }
        guard let ticket else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                stand(in: key, with: ticket, continuation)
            }
        } onCancel: {
            give(up: ticket, in: key)
        }
    }

    /// Lets the next one through.
    func leave(_ key: Key) {
        let next = lines.withLock { lines -> CheckedContinuation<Void, any Error>? in
            guard var line = lines[key] else { return nil }
            let next = line.waiting.popFirst()
            if next == nil { line.inside -= 1 }
            lines[key] = line.inside == 0 ? nil : line
            return next?.continuation
        }
        next?.resume()
    }

    private func stand(in key: Key, with ticket: Int, _ continuation: CheckedContinuation<Void, any Error>) {
        let outcome = lines.withLock { lines -> Outcome in
            if Task.isCancelled { return .cancelled }
            var line = lines[key] ?? Line()
            defer { lines[key] = line }
            // A place may have become free since the ticket was drawn; it is this caller's only if nobody else waits.
            if line.inside < capacity {
                line.inside += 1
                return .admitted
            }
            line.waiting.append((ticket, continuation))
            return .waits
        }
        switch outcome {
        case .waits: break
        case .admitted: continuation.resume()
        case .cancelled: continuation.resume(throwing: CancellationError())
        }
    }

    private func give(up ticket: Int, in key: Key) {
        let continuation = lines.withLock { lines -> CheckedContinuation<Void, any Error>? in
            guard let place = lines[key]?.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return lines[key]?.waiting.remove(at: place).continuation
        }
        continuation?.resume(throwing: CancellationError())
    }
}
