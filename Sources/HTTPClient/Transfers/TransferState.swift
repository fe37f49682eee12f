internal import HTTPTypes

/// The state of a transfer between the client's thread and the reading task: a pure state machine.
///
/// The thread reports what arrives, and the task takes it; each call returns what its caller has to do once the lock is
/// released. `Waiter` is the continuation of a waiting task. Buffered bytes are bounded: see ``bufferLimit``.
struct TransferState<Waiter> {
    /// The maximum number of buffered bytes, beyond which none are accepted.
    static var bufferLimit: Int { 256 * 1024 }

    /// The outcome of an arrival of bytes.
    enum Arrival {
        /// They are buffered; resume the waiter.
        case accepted(wake: Waiter?)
        /// They are not buffered: offer them again when the reader has caught up.
        case pause
        /// The transfer has no reader any more.
        case refused
    }

    /// What the reading task gets.
    enum Step<Value> {
        case ready(Value)
        case failed(HTTPClientError)
        case wait
    }

    /// Bytes for the reader; nil after the last.
    struct Bytes {
        var bytes: [UInt8]?
        /// Whether the transfer was paused and has to be resumed.
        var resumes = false
    }

    private enum Phase {
        case open
        case complete
        case failed(HTTPClientError)
    }

    private var phase = Phase.open
    private var head: HTTPResponse?
    private var buffer: [UInt8] = []
    private var isPaused = false
    private var bodyIsClaimed = false
    private var waiter: Waiter?
}

// The client's thread.
extension TransferState {
    /// Records the final head.
    mutating func received(_ head: HTTPResponse) -> Waiter? {
        guard case .open = phase, self.head == nil else { return nil }
        self.head = head
        return waiter.take()
    }

    /// Buffers bytes of the body, unless the reader is behind.
    mutating func received(_ bytes: some Collection<UInt8>) -> Arrival {
        guard case .open = phase else { return .refused }
        guard buffer.isEmpty || buffer.count + bytes.count <= Self.bufferLimit else {
            isPaused = true
            return .pause
        }
        buffer.append(contentsOf: bytes)
        return .accepted(wake: waiter.take())
    }

    /// Records the end; a nil error means that the response is complete.
    mutating func ended(_ error: HTTPClientError?) -> Waiter? {
        guard case .open = phase else { return nil }
        if let error {
            phase = .failed(error)
        } else if head == nil {
            phase = .failed(HTTPClientError(.invalidResponse, "the response has no head", progress: .answered))
        } else {
            phase = .complete
        }
        return waiter.take()
    }
}

// The reading task.
extension TransferState {
    /// Returns the head once it has arrived; errors after it are the body's.
    func takeHead() -> Step<HTTPResponse> {
        if let head { return .ready(head) }
        return if case .failed(let error) = phase { .failed(error) } else { .wait }
    }

    /// Returns all buffered bytes, before an error that came after them.
    mutating func takeBytes() -> Step<Bytes> {
        if !buffer.isEmpty {
            defer { (buffer, isPaused) = ([], false) }
            return .ready(Bytes(bytes: buffer, resumes: isPaused))
        }
        switch phase {
        case .open: return .wait
        case .complete: return .ready(Bytes(bytes: nil))
        case .failed(let error): return .failed(error)
        }
    }

    /// What the reading task waits for.
    enum Need {
        case head, bytes
    }

    /// Stores the waiter until the next event; returns it instead if what it needs may have arrived already.
    mutating func park(_ waiter: Waiter, for need: Need) -> Waiter? {
        let isMissing = need == .head ? head == nil : buffer.isEmpty
        guard case .open = phase, isMissing, self.waiter == nil else { return waiter }
        self.waiter = waiter
        return nil
    }

    /// Claims the body for its one reader; false if it is claimed already.
    mutating func claimBody() -> Bool {
        defer { bodyIsClaimed = true }
        return !bodyIsClaimed
    }

    /// Abandons the transfer: buffered bytes are discarded, and the reader, if any, gets an error.
    ///
    /// - Returns: Whether the transfer has to be ended, and the waiter to resume.
    mutating func abandon() -> (stops: Bool, wake: Waiter?) {
        let wasOpen = if case .open = phase { true } else { false }
        let progress: HTTPClientError.Progress = head == nil ? .sent : .answered
        phase = .failed(HTTPClientError(.cancelled, "the transfer was cancelled", progress: progress))
        (head, buffer) = (nil, [])
        return (wasOpen, waiter.take())
    }
}

extension TransferState: Sendable where Waiter: Sendable {}
extension TransferState.Arrival: Sendable where Waiter: Sendable {}
