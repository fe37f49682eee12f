/// What a ``TurnLog`` knows: events, and the positions of their readers; a pure state machine.
///
/// The log of a turn that runs here has all events. An excerpt of the journal has those that some reader still needs, so
/// its readers may be before or after them: the excerpt says which events it wants.
struct TurnLogState: Sendable {
    typealias Waiter = CheckedContinuation<Void, Never>

    /// Why no event will be added.
    enum Ending: Sendable {
        /// The last event was added.
        case over
        /// The turn has no last event: each reader gets this one instead.
        case failed(PolicyAssistantError)
        /// The events cannot be read.
        case unreadable(any Error)
    }

    /// What a reader gets.
    enum Reading: Sendable {
        case update(Turn.Update)
        case nothing
        case end
        case failure(any Error)
    }

    private struct Position {
        /// The number of the last event that the reader has.
        var number: Int
        /// The size of the events that the reader does not have yet.
        var unread: Int
        var waiter: Waiter?
        /// Whether the reader gets a heartbeat next, unless there is an event.
        var isDueHeartbeat = false
    }

    private let isExcerpt: Bool
    /// The number of the last event before those that are kept.
    private var offset: Int
    private(set) var events: [TurnEvent] = []
    private(set) var ending: Ending?
    private var readers: [Int: Position] = [:]
    private var lastReader = 0
    /// How many readers of an excerpt lack events that are kept.
    private var behind = 0
    private var writer: Waiter?

    /// Creates the state of an empty log.
    ///
    /// - Parameter number: The last event that need not be read, for an excerpt of the journal; nil for a log of all events.
    init(excerptAfter number: Int? = nil) {
        isExcerpt = number != nil
        offset = number ?? 0
    }

    /// The number of the last event.
    private var last: Int { offset + events.count }

    /// The number of the event after which the journal is to be read; nil where it need not be.
    var wanted: Int? {
        guard let lowest = readers.values.lazy.map(\.number).min() else { return nil }
        if lowest < offset { return lowest }
        return ending == nil ? last : nil
    }
}

// The writer.
extension TurnLogState {
    /// Adds an event; returns the readers that wait for it.
    mutating func append(_ event: TurnEvent) -> [Waiter] {
        events.append(event)
        for id in readers.keys { readers[id]?.unread += event.size }
        if event.isLast { ending = .over }
        return takeWaitingReaders()
    }

    /// Adds the events of the journal after the number `number`, which may be known in part; returns the readers that wait.
    mutating func add(_ new: [TurnEvent], after number: Int) -> [Waiter] {
        if number < offset {
            guard number + new.count >= offset else { return [] }
            events.insert(contentsOf: new.prefix(offset - number), at: 0)
            offset = number
        }
        guard number <= last else { return [] }
        events += new.dropFirst(last - number)
        behind = readers.values.count { (offset..<last).contains($0.number) }
        return takeWaitingReaders()
    }

    /// Adds no events any more; returns the readers that wait.
    mutating func end(_ ending: Ending) -> [Waiter] {
        self.ending = self.ending ?? ending
        return takeWaitingReaders()
    }

    /// Whether a reader is too far behind for more events.
    var isWriterHeldBack: Bool { readers.values.contains { $0.unread > TurnLog.window } }

    /// Keeps the writer until the readers have caught up; false where it need not wait.
    mutating func park(writer: Waiter) -> Bool {
        guard isWriterHeldBack else { return false }
        self.writer = writer
        return true
    }

    /// Removes and returns the writer, to be resumed.
    mutating func takeWriter() -> Waiter? { writer.take() }

    private mutating func takeWriterUnlessHeldBack() -> Waiter? {
        writer == nil || isWriterHeldBack ? nil : writer.take()
    }
}

// The readers.
extension TurnLogState {
    /// Adds a reader that has the events up to a number, and returns its ID.
    mutating func addReader(after number: Int) -> Int {
        let number = max(number, 0)
        // Who claims to know more than there is of a turn that runs here gets what comes.
        let position = isExcerpt ? number : min(number, last)
        let unread = isExcerpt ? 0 : events[position...].reduce(0) { $0 + $1.size }
        lastReader += 1
        readers[lastReader] = Position(number: position, unread: unread)
        if isExcerpt, (offset..<last).contains(position) { behind += 1 }
        return lastReader
    }

    /// Removes a reader; returns the writer, where it waits for nobody else.
    mutating func removeReader(_ id: Int) -> Waiter? {
        if let position = readers.removeValue(forKey: id) { leave(position) }
        return takeWriterUnlessHeldBack()
    }

    /// Returns what a reader gets next, and the writer, where it need not wait for it any more.
    mutating func read(_ id: Int) -> (Reading, writer: Waiter?) {
        guard let position = readers[id] else { return (.end, nil) }
        if (offset..<last).contains(position.number) {
            let unread = position.number == offset ? events : Array(events[(position.number - offset)...])
            readers[id] = Position(number: last, unread: 0)
            leave(position)
            return (.update(.events(first: position.number + 1, unread)), takeWriterUnlessHeldBack())
        }
        switch ending {
        case .over where position.number >= offset:
            return (.end, nil)
        case .failed(let error) where position.number >= offset:
            readers[id] = nil
            return (.update(.events(first: position.number + 1, [.failed(error)])), nil)
        case .unreadable(let error):
            return (.failure(error), nil)
        case .over, .failed, nil:
            readers[id]?.isDueHeartbeat = false
            return (position.isDueHeartbeat ? .update(.heartbeat) : .nothing, nil)
        }
    }

    /// A reader has what was kept for it; what all have of an excerpt is dropped.
    private mutating func leave(_ position: Position) {
        guard isExcerpt, (offset..<last).contains(position.number) else { return }
        behind -= 1
        guard behind == 0 else { return }
        offset = last
        events = []
    }

    /// Keeps a reader until there is something for it; false where there is.
    mutating func park(_ waiter: Waiter, of id: Int) -> Bool {
        guard let position = readers[id], !position.isDueHeartbeat, !(offset..<last).contains(position.number) else {
            return false
        }
        switch ending {
        case .over where position.number >= offset, .failed where position.number >= offset: return false
        case .unreadable: return false
        case .over, .failed, nil: break
        }
        readers[id]?.waiter = waiter
        return true
    }

    /// Removes and returns a reader's wait, to be ended.
    mutating func takeWaiter(of id: Int) -> Waiter? { readers[id]?.waiter.take() }

    /// Has each reader get a heartbeat; returns those that wait.
    mutating func sendHeartbeat() -> [Waiter] {
        for id in readers.keys { readers[id]?.isDueHeartbeat = true }
        return takeWaitingReaders()
    }

    private mutating func takeWaitingReaders() -> [Waiter] {
        readers.keys.compactMap { readers[$0]?.waiter.take() }
    }
}
