/// The state of a streamed body between the task that writes it and the client's thread, which sends it: a pure state machine.
///
/// `Waiter` is the continuation of a writing task. Unsent bytes are bounded: see ``bufferLimit``.
struct StreamedBodyState<Waiter> {
    /// The maximum number of unsent bytes; a larger piece is added when there are none.
    static var bufferLimit: Int { 64 * 1024 }

    typealias Resume = @Sendable () -> Void

    /// The outcome of writing.
    enum Step {
        /// The bytes are added; call this, if anything, to tell the client's thread.
        case added(Resume?)
        /// The body is finished, or the transfer has ended.
        case refused
        case wait
    }

    /// What the client's thread gets.
    enum Portion {
        /// At least one byte.
        case bytes(ArraySlice<UInt8>)
        /// No byte yet.
        case none
        /// No byte any more.
        case end
    }

    private var unsent: [UInt8] = []
    private var isFinished = false
    private var isOver = false
    /// Whether the client's thread waits for bytes.
    private var isAwaited = false
    /// Tells the client's thread that there are bytes; nil before the transfer.
    private var resume: Resume?
    private var waiters: [Waiter] = []
}

// The writing task.
extension StreamedBodyState {
    mutating func write(_ bytes: [UInt8]) -> Step {
        guard !isOver, !isFinished else { return .refused }
        guard hasRoom(for: bytes.count) else { return .wait }
        unsent += bytes
        return .added(bytes.isEmpty ? nil : takeResume())
    }

    /// Stores the waiter until there is room; false if there may be some already.
    mutating func park(_ waiter: Waiter, for count: Int) -> Bool {
        guard !isOver, !isFinished, !hasRoom(for: count) else { return false }
        waiters.append(waiter)
        return true
    }

    /// Finishes the body, and returns what tells the client's thread.
    mutating func finish() -> Resume? {
        isFinished = true
        return takeResume()
    }

    private func hasRoom(for count: Int) -> Bool { unsent.isEmpty || unsent.count + count <= Self.bufferLimit }

    private mutating func takeResume() -> Resume? {
        guard isAwaited, !isOver else { return nil }
        isAwaited = false
        return resume
    }
}

// The client.
extension StreamedBodyState {
    /// Binds the body to its transfer; false if it has one already.
    mutating func begin(resume: @escaping Resume) -> Bool {
        guard self.resume == nil, !isOver else { return false }
        self.resume = resume
        return true
    }

    /// Removes and returns unsent bytes.
    mutating func take(upTo count: Int) -> Portion {
        guard !unsent.isEmpty else {
            if isFinished { return .end }
            isAwaited = true
            return .none
        }
        defer { unsent.removeFirst(min(count, unsent.count)) }
        return .bytes(unsent.prefix(count))
    }

    /// Records the end of the transfer.
    mutating func end() {
        isOver = true
        unsent = []
    }

    /// Removes and returns the waiters, which are to be resumed.
    mutating func takeWaiters() -> [Waiter] {
        defer { waiters = [] }
        return waiters
    }
}

extension StreamedBodyState: Sendable where Waiter: Sendable {}
