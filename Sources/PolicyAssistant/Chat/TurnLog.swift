internal import Synchronization

/// The events of a turn for any number of readers, each at a position of its own.
///
/// A turn that runs here writes its events itself. A reader that is ``window`` bytes behind holds that writer back, and
/// through it upstream. Without readers the writer goes on: the longest answer bounds what is kept.
///
/// The events of a turn that runs elsewhere are copied from the journal by ``FollowedTurns``, which no reader holds back.
final class TurnLog: Sendable {
    /// How far a reader may be behind before the writer waits for it, in bytes of text.
    static let window = 64 * 1024

    private let onEvent: @Sendable () -> Void
    private let state: Mutex<TurnLogState>

    /// Creates the empty log of a turn that runs here.
    ///
    /// - Parameter onEvent: Is called after each event that is added; must not block.
    init(onEvent: @escaping @Sendable () -> Void = {}) {
        self.onEvent = onEvent
        state = Mutex(TurnLogState())
    }

    /// Creates an excerpt of the journal, to which the events after the number `number` are to be added.
    init(excerptAfter number: Int) {
        onEvent = {}
        state = Mutex(TurnLogState(excerptAfter: number))
    }

    /// Changes the state, and resumes the readers that the change returns.
    private func update(_ change: (inout TurnLogState) -> [TurnLogState.Waiter]) {
        for reader in state.withLock({ change(&$0) }) { reader.resume() }
    }

    // MARK: The turn

    /// The events after number `number`, as far as there are any yet.
    func events(after number: Int) -> [TurnEvent] {
        state.withLock { Array($0.events.dropFirst(number)) }
    }

    /// Adds an event, then waits for readers that are too far behind.
    ///
    /// A cancelled caller does not wait, nor does that of the last event.
    func append(_ event: TurnEvent) async {
        update { $0.append(event) }
        onEvent()
        guard !event.isLast, state.withLock(\.isWriterHeldBack) else { return }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { !Task.isCancelled && $0.park(writer: continuation) }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.takeWriter() }?.resume()
        }
    }

    /// Lets each reader that waits have a heartbeat.
    func sendHeartbeat() {
        update { $0.sendHeartbeat() }
    }

    // MARK: The journal

    /// The number of the event after which readers need the journal's; nil where they need none.
    var wanted: Int? { state.withLock(\.wanted) }

    /// Adds the events of the journal after the number `number`.
    func add(_ events: [TurnEvent], after number: Int) {
        update { $0.add(events, after: number) }
    }

    /// Says that no more events will come.
    func end(_ ending: TurnLogState.Ending) {
        update { $0.end(ending) }
    }

    // MARK: Readers

    /// Creates a reader that begins after the event of a number; 0 for the beginning.
    func reader(after number: Int) -> Reader {
        Reader(log: self, id: state.withLock { $0.addReader(after: number) })
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
        /// - Throws: `CancellationError`; ``PolicyAssistantError`` where the journal cannot be read.
        func next() async throws -> Turn.Update? {
            while true {
                try Task.checkCancellation()
                switch log.read(id) {
                case .update(let update): return update
                case .end: return nil
                case .failure(let error): throw error
                case .nothing: await log.wait(id)
                }
            }
        }
    }

    private func read(_ id: Int) -> TurnLogState.Reading {
        let (reading, writer) = state.withLock { $0.read(id) }
        writer?.resume()
        return reading
    }

    private func wait(_ id: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { !Task.isCancelled && $0.park(continuation, of: id) }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.takeWaiter(of: id) }?.resume()
        }
    }

    private func remove(_ id: Int) {
        state.withLock { $0.removeReader(id) }?.resume()
    }
}
