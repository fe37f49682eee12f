internal import Synchronization

/// The events of a turn that runs in this process, for any number of readers, each at a place of its own.
///
/// A reader whose caller is slow holds the writer back, once it is ``window`` bytes behind, and through it upstream. With
/// no reader the writer goes on: what is kept is bounded by the longest answer.
final class TurnLog: Sendable {
    /// How far a reader may be behind before the writer waits for it, in bytes of text.
    static let window = 64 * 1024

    private let onEvent: @Sendable () -> Void
    private let state = Mutex(State())

    private struct State {
        var events: [TurnEvent] = []
        /// The bytes of the events up to and including each.
        var ends: [Int] = []
        var readers: [Int: Reader] = [:]
        var nextReader = 0
        var writer: CheckedContinuation<Void, Never>?

        struct Reader {
            var position: Int
            var waiting: CheckedContinuation<Void, Never>?
            /// Whether it is to be woken, or was woken, though nothing happened.
            var isPoked = false
        }

        var isWriterHeldBack: Bool {
            guard let total = ends.last else { return false }
            return readers.values.contains { reader in
                total - (reader.position == 0 ? 0 : ends[reader.position - 1]) > TurnLog.window
            }
        }
    }

    /// - Parameter onEvent: Is called after each event that is added; it must not block.
    init(onEvent: @escaping @Sendable () -> Void = {}) {
        self.onEvent = onEvent
    }

    /// The events after number `number`, as far as there are any yet.
    func events(after number: Int) -> [TurnEvent] {
        state.withLock { Array($0.events.dropFirst(number)) }
    }

    /// What a reader gets.
    enum Batch {
        /// Events that follow each other, the first of them with this number.
        case events(first: Int, [TurnEvent])
        /// Nothing happened for a while.
        case nothing
    }

    /// Adds an event, and then waits for readers that are too far behind; a cancelled caller does not wait.
    func append(_ event: TurnEvent) async {
        let awakened = state.withLock { state in
            state.events.append(event)
            state.ends.append((state.ends.last ?? 0) + event.size)
            return Self.wake(&state)
        }
        for reader in awakened { reader.resume() }
        onEvent()
        guard !event.isLast else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard state.isWriterHeldBack, !Task.isCancelled else { return false }
                    state.writer = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.writer.take() }?.resume()
        }
    }

    /// Wakes the readers that wait, so that they can show signs of life.
    func poke() {
        let awakened = state.withLock { state in
            for id in state.readers.keys { state.readers[id]?.isPoked = true }
            return Self.wake(&state)
        }
        for reader in awakened { reader.resume() }
    }

    /// Lends a reader that begins after the event of a number, 0 for the beginning.
    func reading<Result>(
        after number: Int,
        _ body: (Reader) async throws -> Result
    ) async rethrows -> Result {
        let id = state.withLock { state in
            defer { state.nextReader += 1 }
            let position = min(max(number, 0), state.events.count)
            state.readers[state.nextReader] = State.Reader(position: position)
            return state.nextReader
        }
        defer { leave(id) }
        return try await body(Reader(log: self, id: id))
    }

    /// A reader; used by one task at a time.
    struct Reader {
        fileprivate let log: TurnLog
        fileprivate let id: Int

        /// Waits for events; nil after the last.
        ///
        /// - Throws: `CancellationError`.
        func next() async throws -> Batch? {
            while true {
                try Task.checkCancellation()
                switch log.take(by: id) {
                case .some(let batch): return batch
                case nil: await log.wait(id)
                }
            }
        }
    }

    /// Returns what a reader gets now: nil where it has to wait, and nothing inside after the last event.
    private func take(by id: Int) -> Batch?? {
        let (batch, writer) = state.withLock { state -> (Batch??, CheckedContinuation<Void, Never>?) in
            guard let reader = state.readers[id] else { return (.some(nil), nil) }
            if reader.position < state.events.count {
                let events = Array(state.events[reader.position...])
                state.readers[id]?.position = state.events.count
                state.readers[id]?.isPoked = false
                let writer = state.isWriterHeldBack ? nil : state.writer.take()
                return (.events(first: reader.position + 1, events), writer)
            }
            if state.events.last?.isLast == true { return (.some(nil), nil) }
            guard reader.isPoked else { return (nil, nil) }
            state.readers[id]?.isPoked = false
            return (.some(.nothing), nil)
        }
        writer?.resume()
        return batch
    }

    private func wait(_ id: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard let reader = state.readers[id], reader.position == state.events.count, !reader.isPoked,
                        state.events.last?.isLast != true, !Task.isCancelled
                    else { return false }
                    state.readers[id]?.waiting = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.readers[id]?.waiting.take() }?.resume()
        }
    }

    private func leave(_ id: Int) {
        let writer = state.withLock { state in
            state.readers[id] = nil
            return state.isWriterHeldBack ? nil : state.writer.take()
        }
        writer?.resume()
    }

    private static func wake(_ state: inout State) -> [CheckedContinuation<Void, Never>] {
        state.readers.keys.compactMap { state.readers[$0]?.waiting.take() }
    }
}
