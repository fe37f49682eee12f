internal import Synchronization

/// The events of a turn that runs in this process, for any number of readers, each at a position of its own.
///
/// A reader that is ``window`` bytes behind holds the writer back, and through it upstream. Without readers the writer goes
/// on: the longest answer bounds what is kept.
final class TurnLog: Sendable {
    /// How far a reader may be behind before the writer waits for it, in bytes of text.
    static let window = 64 * 1024

    private let onEvent: @Sendable () -> Void
    private let state = Mutex(State())

    private struct State {
        var events: [TurnEvent] = []
        /// The bytes of the events up to and including each.
        var ends: [Int] = []
        var readers: [Int: Position] = [:]
        var nextReader = 0
        var writer: CheckedContinuation<Void, Never>?

        struct Position {
            /// How many events the reader has.
            var events: Int
            var continuation: CheckedContinuation<Void, Never>?
            /// Whether the reader gets a heartbeat next, unless there is an event.
            var isDueHeartbeat = false
        }

        var isOver: Bool { events.last?.isLast == true }

        var isWriterHeldBack: Bool {
            guard let total = ends.last else { return false }
            return readers.values.contains { reader in
                total - (reader.events == 0 ? 0 : ends[reader.events - 1]) > TurnLog.window
            }
        }

        mutating func takeWaitingReaders() -> [CheckedContinuation<Void, Never>] {
            readers.keys.compactMap { readers[$0]?.continuation.take() }
        }

        mutating func takeWriter() -> CheckedContinuation<Void, Never>? {
            isWriterHeldBack ? nil : writer.take()
        }
    }

    /// Creates an empty log.
    ///
    /// - Parameter onEvent: Is called after each event that is added; must not block.
    init(onEvent: @escaping @Sendable () -> Void = {}) {
        self.onEvent = onEvent
    }

    /// The events after number `number`, as far as there are any yet.
    func events(after number: Int) -> [TurnEvent] {
        state.withLock { Array($0.events.dropFirst(number)) }
    }

    /// Adds an event, then waits for readers that are too far behind.
    ///
    /// A cancelled caller does not wait, nor does that of the last event.
    func append(_ event: TurnEvent) async {
        let readers = state.withLock { state in
            state.events.append(event)
            state.ends.append((state.ends.last ?? 0) + event.size)
            return state.takeWaitingReaders()
        }
        for reader in readers { reader.resume() }
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

    /// Lets each reader that waits have a heartbeat.
    func sendHeartbeat() {
        let readers = state.withLock { state in
            for id in state.readers.keys { state.readers[id]?.isDueHeartbeat = true }
            return state.takeWaitingReaders()
        }
        for reader in readers { reader.resume() }
    }

    // MARK: Readers

    /// Creates a reader that begins after the event of a number; 0 for the beginning.
    func reader(after number: Int) -> Reader {
        let id = state.withLock { state in
            defer { state.nextReader += 1 }
            state.readers[state.nextReader] = State.Position(events: min(max(number, 0), state.events.count))
            return state.nextReader
        }
        return Reader(log: self, id: id)
    }

    /// A reader of the log, used by one task at a time; it holds the writer back no more once it is released.
    final class Reader: Sendable {
        private let log: TurnLog
        private let id: Int

        fileprivate init(log: TurnLog, id: Int) {
            self.log = log
            self.id = id
        }

        deinit { log.remove(id) }

        /// Waits for events or a heartbeat; nil after the last event.
        ///
        /// - Throws: `CancellationError`.
        func next() async throws -> Turn.Update? {
            while true {
                try Task.checkCancellation()
                switch log.read(id) {
                case .update(let update): return update
                case .end: return nil
                case .nothing: await log.wait(id)
                }
            }
        }
    }

    private enum Reading {
        case update(Turn.Update)
        case nothing
        case end
    }

    private func read(_ id: Int) -> Reading {
        let (reading, writer) = state.withLock { state -> (Reading, CheckedContinuation<Void, Never>?) in
            guard let position = state.readers[id] else { return (.end, nil) }
            if position.events < state.events.count {
                let events = Array(state.events[position.events...])
                state.readers[id]?.events = state.events.count
                state.readers[id]?.isDueHeartbeat = false
                return (.update(.events(first: position.events + 1, events)), state.takeWriter())
            }
            if state.isOver { return (.end, nil) }
            guard position.isDueHeartbeat else { return (.nothing, nil) }
            state.readers[id]?.isDueHeartbeat = false
            return (.update(.heartbeat), nil)
        }
        writer?.resume()
        return reading
    }

    private func wait(_ id: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard let position = state.readers[id], position.events == state.events.count,
                        !position.isDueHeartbeat, !state.isOver, !Task.isCancelled
                    else { return false }
                    state.readers[id]?.continuation = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.readers[id]?.continuation.take() }?.resume()
        }
    }

    private func remove(_ id: Int) {
        let writer = state.withLock { state in
            state.readers[id] = nil
            return state.takeWriter()
        }
        writer?.resume()
    }
}
