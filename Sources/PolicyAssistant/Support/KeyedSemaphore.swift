internal import DequeModule
internal import Synchronization

/// A fair semaphore with a count of its own for each key: so many callers hold a permit at a time, and the others wait in
/// the order in which they were enqueued.
///
/// A key that nobody uses takes no memory.
package final class KeyedSemaphore<Key: Hashable & Sendable>: Sendable {
    private let capacity: Int
    private let maximumWaiting: Int
    private let fullError: PolicyAssistantError
    private let queues = Mutex<[Key: Queue]>([:])

    private struct Queue {
        var permitsInUse = 0
        var lastNumber = 0
        /// Those who wait, in order; without a continuation until the ticket's owner calls ``acquire(_:)``.
        var waiting: Deque<(number: Int, continuation: CheckedContinuation<Void, any Error>?)> = []
        /// Tickets that were admitted before their owners called ``acquire(_:)``.
        var admitted: Set<Int> = []

        func index(of number: Int) -> Int? { waiting.firstIndex { $0.number == number } }
    }

    /// A place in the queue of a key, which its owner passes to ``withPermit(_:_:)`` or ``withdraw(_:)``, once.
    struct Ticket: Sendable {
        fileprivate let key: Key
        /// Nil where a permit was free.
        fileprivate let number: Int?
    }

    /// Creates a semaphore without callers.
    ///
    /// - Parameters:
    ///   - capacity: The permits of each key.
    ///   - maximumWaiting: How many callers may wait for each key.
    ///   - fullError: The error for one caller more.
    package init(capacity: Int, maximumWaiting: Int, whenFull fullError: PolicyAssistantError) {
        self.capacity = capacity
        self.maximumWaiting = maximumWaiting
        self.fullError = fullError
    }

    /// How many callers wait, over all keys.
    var waiting: Int { queues.withLock { $0.values.reduce(0) { $0 + $1.waiting.count } } }

    /// Takes a place in the queue of a key, so that the order is settled before the waiting begins.
    ///
    /// - Throws: The error for a full queue.
    func enqueue(_ key: Key) throws(PolicyAssistantError) -> Ticket {
        try queues.withLock { queues throws(PolicyAssistantError) -> Ticket in
            var queue = queues[key] ?? Queue()
            defer { queues[key] = queue }
            if queue.permitsInUse < capacity {
                queue.permitsInUse += 1
                return Ticket(key: key, number: nil)
            }
            guard queue.waiting.count < maximumWaiting else { throw fullError }
            queue.lastNumber += 1
            queue.waiting.append((queue.lastNumber, nil))
            return Ticket(key: key, number: queue.lastNumber)
        }
    }

    /// Runs `body` with a permit of a key.
    ///
    /// - Throws: What `body` throws, the error for a full queue, or `CancellationError` where the caller is cancelled
    ///   while it waits.
    package func withPermit<Result>(_ key: Key, _ body: () async throws -> Result) async throws -> Result {
        try await withPermit(enqueue(key), body)
    }

    /// Runs `body` once the ticket is admitted.
    ///
    /// - Throws: What `body` throws, or `CancellationError` where the caller is cancelled while it waits.
    func withPermit<Result>(_ ticket: Ticket, _ body: () async throws -> Result) async throws -> Result {
        try await acquire(ticket)
        defer { release(ticket.key) }
        return try await body()
    }

    /// Waits for a permit, which the caller has to release.
    func acquire(_ key: Key) async throws {
        try await acquire(enqueue(key))
    }

    /// Returns a permit: the first in the queue gets it.
    func release(_ key: Key) {
        let next = queues.withLock { queues -> CheckedContinuation<Void, any Error>? in
            guard var queue = queues[key] else { return nil }
            let next = queue.waiting.popFirst()
            if let next {
                if next.continuation == nil { queue.admitted.insert(next.number) }
            } else {
                queue.permitsInUse -= 1
            }
            queues[key] = queue.permitsInUse == 0 ? nil : queue
            return next?.continuation
        }
        next?.resume()
    }

    /// Gives a ticket back that is not used.
    func withdraw(_ ticket: Ticket) {
        let hasPermit = queues.withLock { queues in
            guard let number = ticket.number, let index = queues[ticket.key]?.index(of: number) else {
                if let number = ticket.number { queues[ticket.key]?.admitted.remove(number) }
                return true
            }
            queues[ticket.key]?.waiting.remove(at: index)
            return false
        }
        if hasPermit { release(ticket.key) }
    }

    private func acquire(_ ticket: Ticket) async throws {
        guard let number = ticket.number else { return }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                wait(number, for: ticket.key, continuation)
            }
        } onCancel: {
            cancelWait(of: number, for: ticket.key)
        }
    }

    private enum Outcome { case waits, admitted, cancelled, cancelledWithPermit }

    private func wait(_ number: Int, for key: Key, _ continuation: CheckedContinuation<Void, any Error>) {
        let outcome = queues.withLock { queues -> Outcome in
            let isAdmitted = queues[key]?.admitted.remove(number) != nil
            let index = queues[key]?.index(of: number)
            if Task.isCancelled {
                if let index { queues[key]?.waiting.remove(at: index) }
                return isAdmitted ? .cancelledWithPermit : .cancelled
            }
            guard !isAdmitted, let index else { return .admitted }
            queues[key]?.waiting[index].continuation = continuation
            return .waits
        }
        switch outcome {
        case .waits: break
        case .admitted: continuation.resume()
        case .cancelled: continuation.resume(throwing: CancellationError())
        case .cancelledWithPermit:
            release(key)
            continuation.resume(throwing: CancellationError())
        }
    }

    /// Ends the wait of a cancelled caller; one that does not wait yet sees the cancellation when it starts to.
    private func cancelWait(of number: Int, for key: Key) {
        let continuation = queues.withLock { queues -> CheckedContinuation<Void, any Error>? in
            guard let index = queues[key]?.index(of: number) else { return nil }
            guard let continuation = queues[key]?.waiting[index].continuation else { return nil }
            queues[key]?.waiting.remove(at: index)
            return continuation
        }
        continuation?.resume(throwing: CancellationError())
    }
}
